/* The doors to libpng and libjpeg-turbo.
 *
 * Both libraries report errors by longjmp, which must never cross a Swift frame: every setjmp lives
 * in this module, every function returns a status, and the library's own words go to the caller's
 * buffer. Memory for pixels is the caller's; its size is passed in and checked before it is used.
 */
#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum __attribute__((enum_extensibility(closed))) CodecStatus : int {
  CodecStatusDone,
  CodecStatusTruncated,    /* the file ends before the picture does */
  CodecStatusCorrupt,      /* the bytes contradict the format */
  CodecStatusUnsupported,  /* a legal kind of file that the library cannot decode */
  CodecStatusTooLarge,     /* larger than the library can hold */
  CodecStatusTooManyScans, /* more progressive scans than allowed */
  CodecStatusOutOfMemory,
} CodecStatus;

/* Where the library's own words go: a caller's buffer, always ended by a zero byte. */
typedef struct CodecMessage {
  char *text;
  size_t capacity;
} CodecMessage;

/* What a picture is known to be: channels are 1 (grey) or 3 (RGB), side by side, 8 bits each. */
typedef struct CodecShape {
  uint32_t width;
  uint32_t height;
  uint32_t channels;
} CodecShape;

/* What decoding may cost. */
typedef struct CodecLimits {
  int scans;             /* progressive scans of a JPEG */
  size_t chunk_bytes;    /* memory for one chunk of a PNG */
  bool allow_truncated;  /* a file cut short gives what there is, the rest black (PNG) or grey */
} CodecLimits;

/* Decodes a PNG into `pixels`, which must hold width x height x channels bytes. Samples of 16 bits
 * keep their high byte; alpha, gamma and colour profiles are left out. */
CodecStatus codec_png_decode(const uint8_t *data, size_t length, CodecShape shape,
                             CodecLimits limits, uint8_t *pixels, size_t capacity,
                             CodecMessage message);

/* Decodes a JPEG into `pixels`, as above. CMYK and YCCK become RGB. */
CodecStatus codec_jpeg_decode(const uint8_t *data, size_t length, CodecShape shape,
                              CodecLimits limits, uint8_t *pixels, size_t capacity,
                              CodecMessage message);

/* Encodes a picture as PNG into memory of its own: to be given to codec_release. */
CodecStatus codec_png_encode(const uint8_t *pixels, CodecShape shape, bool fast, uint8_t **output,
                             size_t *output_length, CodecMessage message);

/* Encodes a picture as baseline JPEG of a quality from 1 to 100 into memory of its own. */
CodecStatus codec_jpeg_encode(const uint8_t *pixels, CodecShape shape, int quality,
                              uint8_t **output, size_t *output_length, CodecMessage message);

/* Gives back the memory of an encoder. */
void codec_release(uint8_t *output);

/* The version of the libpng that is linked. */
const char *codec_png_version(void);

/* The interface and date that the linked libjpeg gives itself; libjpeg-turbo does not tell its own
 * version at run time. */
const char *codec_jpeg_interface(void);

/* The version of the libjpeg-turbo that the headers came from. */
const char *codec_jpeg_headers(void);

#endif
