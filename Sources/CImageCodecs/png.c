#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

#include "message.h"

/* ---- reading ---- */

/* All that changes between setjmp and longjmp lives here, outside the frame that calls setjmp. */
struct reader {
  png_structp png;
  png_infop info;
  jmp_buf jump;
  const uint8_t *data;
  size_t length;
  size_t position;
  bool ended;   /* libpng asked for more bytes than there are */
  bool lacking; /* the compressed data ended before the last row */
  uint32_t rows;
  CodecMessage message;
};

static void on_read_error(png_structp png, png_const_charp text) {
  struct reader *reader = png_get_error_ptr(png);
  codec_say(reader->message, reader->ended ? "the file ends too early" : text);
  if (strstr(text, "Not enough image data") != NULL) reader->lacking = true;
  longjmp(reader->jump, 1);
}

/* libpng finishes the rows first and checks the data's checksum after them, as a mere warning. A
 * picture whose checksum is wrong is not the picture that was written. */
static void on_read_warning(png_structp png, png_const_charp text) {
  if (strstr(text, "incorrect data check") != NULL) on_read_error(png, text);
}

static void read_bytes(png_structp png, png_bytep destination, size_t count) {
  struct reader *reader = png_get_io_ptr(png);
  if (count > reader->length - reader->position) {
    reader->ended = true;
    png_error(png, "the file ends too early");
  }
  memcpy(destination, reader->data + reader->position, count);
  reader->position += count;
}

static CodecStatus read_picture(struct reader *reader, CodecShape shape, CodecLimits limits,
                                uint8_t *pixels) {
  if (setjmp(reader->jump) != 0) {
    if (!reader->ended && !reader->lacking) return CodecStatusCorrupt;
    return limits.allow_truncated && reader->rows > 0 ? CodecStatusDone : CodecStatusTruncated;
  }
  png_structp png = reader->png;
  png_infop info = reader->info;
  png_set_read_fn(png, reader, read_bytes);
  png_set_user_limits(png, shape.width, shape.height);
  png_set_chunk_malloc_max(png, limits.chunk_bytes);
  /* libpng inflates what it could read as a whole: a file cut short, in small pieces. */
  if (limits.allow_truncated) png_set_compression_buffer_size(png, 64);
  /* Nothing is inflated but the picture: not a text, not a profile. tRNS is left out by name. */
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, (png_const_bytep) "tRNS", 1);

  png_read_info(png, info);
  png_byte kind = png_get_color_type(png, info);
  if (png_get_image_width(png, info) != shape.width ||
      png_get_image_height(png, info) != shape.height ||
      ((kind & PNG_COLOR_MASK_COLOR) != 0 ? 3u : 1u) != shape.channels) {
    png_error(png, "two headers that differ");
  }
  if (kind == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (kind == PNG_COLOR_TYPE_GRAY) png_set_expand_gray_1_2_4_to_8(png);
  png_set_strip_16(png);
  png_set_strip_alpha(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t stride = (size_t)shape.width * shape.channels;
  if (png_get_rowbytes(png, info) != stride) png_error(png, "rows of an unexpected length");

  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t row = 0; row < shape.height; row++) {
      png_read_row(png, pixels + row * stride, NULL);
      reader->rows++;
    }
  }
  png_read_end(png, NULL);
  return CodecStatusDone;
}

CodecStatus codec_png_decode(const uint8_t *data, size_t length, CodecShape shape,
                             CodecLimits limits, uint8_t *pixels, size_t capacity,
                             CodecMessage message) {
  size_t needed = (size_t)shape.width * shape.height * shape.channels;
  if (pixels == NULL || capacity < needed) {
    codec_say(message, "the buffer is too small");
    return CodecStatusTooLarge;
  }
  struct reader reader = {.data = data, .length = length, .message = message};
  reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, on_read_error,
                                      on_read_warning);
  if (reader.png == NULL) return CodecStatusOutOfMemory;
  reader.info = png_create_info_struct(reader.png);
  CodecStatus status = CodecStatusOutOfMemory;
  if (reader.info != NULL) {
    if (limits.allow_truncated) memset(pixels, 0, needed);
    status = read_picture(&reader, shape, limits, pixels);
  }
  png_destroy_read_struct(&reader.png, &reader.info, NULL);
  return status;
}

/* ---- writing ---- */

struct writer {
  png_structp png;
  png_infop info;
  jmp_buf jump;
  uint8_t *bytes;
  size_t length;
  size_t capacity;
  bool exhausted;
  CodecMessage message;
};

static void on_write_error(png_structp png, png_const_charp text) {
  struct writer *writer = png_get_error_ptr(png);
  codec_say(writer->message, text);
  longjmp(writer->jump, 1);
}

static void on_write_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void write_bytes(png_structp png, png_bytep source, size_t count) {
  struct writer *writer = png_get_io_ptr(png);
  if (count > writer->capacity - writer->length) {
    size_t capacity = (writer->capacity + count) * 2;
    uint8_t *bytes = realloc(writer->bytes, capacity);
    if (bytes == NULL) {
      writer->exhausted = true;
      png_error(png, "out of memory");
    }
    writer->bytes = bytes;
    writer->capacity = capacity;
  }
  memcpy(writer->bytes + writer->length, source, count);
  writer->length += count;
}

static void flush_nothing(png_structp png) { (void)png; }

static CodecStatus write_picture(struct writer *writer, const uint8_t *pixels, CodecShape shape,
                                 bool fast) {
  if (setjmp(writer->jump) != 0) {
    return writer->exhausted ? CodecStatusOutOfMemory : CodecStatusTooLarge;
  }
  png_structp png = writer->png;
  png_set_write_fn(png, writer, write_bytes, flush_nothing);
  png_set_IHDR(png, writer->info, shape.width, shape.height, 8,
               shape.channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, fast ? PNG_FILTER_NONE : PNG_ALL_FILTERS);
  png_set_compression_level(png, fast ? 3 : 9);
  png_write_info(png, writer->info);
  size_t stride = (size_t)shape.width * shape.channels;
  for (uint32_t row = 0; row < shape.height; row++) png_write_row(png, pixels + row * stride);
  png_write_end(png, writer->info);
  return CodecStatusDone;
}

CodecStatus codec_png_encode(const uint8_t *pixels, CodecShape shape, bool fast, uint8_t **output,
                             size_t *output_length, CodecMessage message) {
  struct writer writer = {.message = message};
  writer.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writer, on_write_error,
                                       on_write_warning);
  if (writer.png == NULL) return CodecStatusOutOfMemory;
  writer.info = png_create_info_struct(writer.png);
  CodecStatus status = CodecStatusOutOfMemory;
  if (writer.info != NULL) status = write_picture(&writer, pixels, shape, fast);
  png_destroy_write_struct(&writer.png, &writer.info);
  if (status != CodecStatusDone) {
    free(writer.bytes);
    return status;
  }
  *output = writer.bytes;
  *output_length = writer.length;
  return CodecStatusDone;
}

void codec_release(uint8_t *output) { free(output); }
