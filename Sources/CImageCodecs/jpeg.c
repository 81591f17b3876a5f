#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
/* The numbers of the messages depend on how the library was built: jpeglib.h comes first. */
#include <jerror.h>

#include "message.h"

/* ---- errors and warnings ---- */

/* `manager` is first: libjpeg hands back a pointer to it. */
struct errors {
  struct jpeg_error_mgr manager;
  jmp_buf jump;
  CodecStatus status;
  bool ended; /* libjpeg made up an end of image, because the bytes had run out */
  bool allow_truncated;
  int scan_limit;
  CodecMessage message;
};

static _Noreturn void refuse(struct errors *errors, CodecStatus status, const char *text) {
  codec_say(errors->message, text);
  errors->status = status;
  longjmp(errors->jump, 1);
}

/* Gives up with libjpeg's own words. */
static _Noreturn void fail(j_common_ptr common, CodecStatus status) {
  char text[JMSG_LENGTH_MAX];
  common->err->format_message(common, text);
  refuse((struct errors *)common->err, status, text);
}

static void on_error(j_common_ptr common) {
  struct errors *errors = (struct errors *)common->err;
  switch (common->err->msg_code) {
  case JERR_OUT_OF_MEMORY:
    fail(common, CodecStatusOutOfMemory);
  case JERR_IMAGE_TOO_BIG:
  case JERR_WIDTH_OVERFLOW:
    fail(common, CodecStatusTooLarge);
  case JERR_SOF_UNSUPPORTED:
  case JERR_BAD_PRECISION:
  case JERR_CONVERSION_NOTIMPL:
  case JERR_FRACT_SAMPLE_NOTIMPL:
  case JERR_CCIR601_NOTIMPL:
  case JERR_ARITH_NOTIMPL:
  case JERR_NOT_COMPILED:
    fail(common, CodecStatusUnsupported);
  case JERR_INPUT_EMPTY:
  case JERR_INPUT_EOF:
    fail(common, CodecStatusTruncated);
  default:
    fail(common, errors->ended ? CodecStatusTruncated : CodecStatusCorrupt);
  }
}

/* Damage reaches libjpeg's caller only as a warning, while it paints the rest grey. A warning ends
 * the decoding, unless it is known not to touch the pixels. */
static void on_message(j_common_ptr common, int level) {
  if (level >= 0) return;
  struct errors *errors = (struct errors *)common->err;
  switch (common->err->msg_code) {
  case JWRN_JPEG_EOF:
    errors->ended = true;
    if (!errors->allow_truncated) fail(common, CodecStatusTruncated);
    return;
  case JWRN_HIT_MARKER:
    if (!errors->allow_truncated) fail(common, CodecStatusTruncated);
    return;
  case JWRN_EXTRANEOUS_DATA:
    /* Stray bytes between the header's segments do no harm; within the scans they are lost data. */
    if (common->is_decompressor && ((j_decompress_ptr)common)->input_scan_number == 0) return;
    fail(common, CodecStatusCorrupt);
  case JWRN_ADOBE_XFORM:
  case JWRN_BOGUS_ICC:
  case JWRN_JFIF_MAJOR:
  case JWRN_TOO_MUCH_DATA:
    return;
  default:
    fail(common, CodecStatusCorrupt);
  }
}

static void say_nothing(j_common_ptr common) { (void)common; }

static struct jpeg_error_mgr *prepare(struct errors *errors, CodecMessage message) {
  jpeg_std_error(&errors->manager);
  errors->manager.error_exit = on_error;
  errors->manager.emit_message = on_message;
  errors->manager.output_message = say_nothing;
  errors->status = CodecStatusCorrupt;
  errors->message = message;
  return &errors->manager;
}

/* ---- reading ---- */

/* A small file can ask for thousands of passes over a large picture. */
static void watch_scans(j_common_ptr common) {
  struct errors *errors = (struct errors *)common->err;
  if (!common->is_decompressor) return;
  int scan = ((j_decompress_ptr)common)->input_scan_number;
  if (scan <= errors->scan_limit) return;
  char text[80];
  snprintf(text, sizeof text, "more than %d scans", errors->scan_limit);
  refuse(errors, CodecStatusTooManyScans, text);
}

/* a b / 255, rounded, for bytes. */
static inline unsigned product(unsigned a, unsigned b) {
  unsigned value = a * b + 128;
  return ((value >> 8) + value) >> 8;
}

/* Inks to light, by Pillow's formula: nk - c nk / 255 with nk = 255 - k. The levels in the file are
 * inverted inks (255 is no ink), as Adobe writes them and as all CMYK files in the wild are. */
static void light_from_inks(const uint8_t *inks, uint8_t *rgb, uint32_t width) {
  for (uint32_t x = 0; x < width; x++) {
    unsigned nk = inks[4 * x + 3];
    for (int channel = 0; channel < 3; channel++) {
      rgb[3 * x + channel] = (uint8_t)(nk - product(255u - inks[4 * x + channel], nk));
    }
  }
}

static CodecStatus read_picture(struct jpeg_decompress_struct *jpeg, struct errors *errors,
                                struct jpeg_progress_mgr *progress, const uint8_t *data,
                                size_t length, CodecShape shape, uint8_t *pixels) {
  if (setjmp(errors->jump) != 0) return errors->status;
  jpeg_create_decompress(jpeg);
  jpeg->progress = progress;
  jpeg_mem_src(jpeg, data, length);
  jpeg_read_header(jpeg, TRUE);
  bool inks = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
  uint32_t components = inks ? 4 : shape.channels;
  jpeg->out_color_space = inks ? JCS_CMYK : shape.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_start_decompress(jpeg);
  if (jpeg->output_width != shape.width || jpeg->output_height != shape.height ||
      (uint32_t)jpeg->output_components != components || (inks && shape.channels != 3)) {
    refuse(errors, CodecStatusCorrupt, "two headers that differ");
  }
  size_t stride = (size_t)shape.width * shape.channels;
  JSAMPARRAY line = NULL;
  if (inks) {
    line = jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, shape.width * 4, 1);
  }
  while (jpeg->output_scanline < shape.height) {
    uint8_t *row = pixels + jpeg->output_scanline * stride;
    JSAMPROW target = inks ? line[0] : row;
    if (jpeg_read_scanlines(jpeg, &target, 1) != 1) ERREXIT(jpeg, JERR_INPUT_EOF);
    if (inks) light_from_inks(target, row, shape.width);
  }
  jpeg_finish_decompress(jpeg); /* reads on to the end of the image, and says if there is none */
  return CodecStatusDone;
}

CodecStatus codec_jpeg_decode(const uint8_t *data, size_t length, CodecShape shape,
                              CodecLimits limits, uint8_t *pixels, size_t capacity,
                              CodecMessage message) {
  if (pixels == NULL || capacity < (size_t)shape.width * shape.height * shape.channels) {
    codec_say(message, "the buffer is too small");
    return CodecStatusTooLarge;
  }
  struct errors errors = {0};
  struct jpeg_decompress_struct jpeg;
  struct jpeg_progress_mgr progress = {.progress_monitor = watch_scans};
  memset(&jpeg, 0, sizeof jpeg);
  jpeg.err = prepare(&errors, message);
  errors.allow_truncated = limits.allow_truncated;
  errors.scan_limit = limits.scans;
  CodecStatus status = read_picture(&jpeg, &errors, &progress, data, length, shape, pixels);
  jpeg_destroy_decompress(&jpeg);
  return status;
}

/* ---- writing ---- */

static CodecStatus write_picture(struct jpeg_compress_struct *jpeg, struct errors *errors,
                                 uint8_t **output, unsigned long *output_length,
                                 const uint8_t *pixels, CodecShape shape, int quality) {
  if (setjmp(errors->jump) != 0) return errors->status;
  jpeg_create_compress(jpeg);
  jpeg_mem_dest(jpeg, output, output_length);
  jpeg->image_width = shape.width;
  jpeg->image_height = shape.height;
  jpeg->input_components = (int)shape.channels;
  jpeg->in_color_space = shape.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(jpeg);
  jpeg_set_quality(jpeg, quality, TRUE);
  jpeg_start_compress(jpeg, TRUE);
  size_t stride = (size_t)shape.width * shape.channels;
  while (jpeg->next_scanline < jpeg->image_height) {
    JSAMPROW row = (JSAMPROW)(pixels + jpeg->next_scanline * stride);
    jpeg_write_scanlines(jpeg, &row, 1);
  }
  jpeg_finish_compress(jpeg);
  return CodecStatusDone;
}

CodecStatus codec_jpeg_encode(const uint8_t *pixels, CodecShape shape, int quality,
                              uint8_t **output, size_t *output_length, CodecMessage message) {
  /* No JPEG of these sizes is longer (TurboJPEG's bound for full-size chroma). libjpeg would grow
   * a buffer of its own, but then nobody could free it after an error. */
  size_t bound = (((size_t)shape.width + 15) & ~(size_t)15) *
                     (((size_t)shape.height + 15) & ~(size_t)15) * 6 + 4096;
  uint8_t *buffer = malloc(bound);
  if (buffer == NULL) return CodecStatusOutOfMemory;
  uint8_t *bytes = buffer;
  unsigned long length = bound;
  struct errors errors = {0};
  struct jpeg_compress_struct jpeg;
  memset(&jpeg, 0, sizeof jpeg);
  jpeg.err = prepare(&errors, message);
  CodecStatus status = write_picture(&jpeg, &errors, &bytes, &length, pixels, shape, quality);
  jpeg_destroy_compress(&jpeg);
  if (status != CodecStatusDone || bytes != buffer) {
    free(buffer);
    return status == CodecStatusDone ? CodecStatusTooLarge : status;
  }
  *output = buffer;
  *output_length = length;
  return CodecStatusDone;
}
