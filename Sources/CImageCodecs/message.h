/* Writing a library's words into a caller's buffer. */
#ifndef CODEC_MESSAGE_H
#define CODEC_MESSAGE_H

#include <string.h>

#include "CImageCodecs.h"

static inline void codec_say(CodecMessage message, const char *text) {
  if (message.text == NULL || message.capacity == 0) return;
  size_t length = strnlen(text, message.capacity - 1);
  memcpy(message.text, text, length);
  message.text[length] = 0;
}

#endif
