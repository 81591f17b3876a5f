#include <png.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
/* The numbers of the messages depend on how the library was built: jpeglib.h comes first. */
#include <jerror.h>

#include "CImageCodecs.h"

#define WORD(text) #text
#define WORDS(text) WORD(text)

const char *codec_png_version(void) { return png_get_libpng_ver(NULL); }

const char *codec_jpeg_interface(void) {
  struct jpeg_error_mgr manager;
  return jpeg_std_error(&manager)->jpeg_message_table[JMSG_VERSION];
}

const char *codec_jpeg_headers(void) { return WORDS(LIBJPEG_TURBO_VERSION); }
