// zstd is not part of the page: a table packed with it is refused before it comes here (open_view.js).
#pragma once

#include <stddef.h>

typedef struct { const void* src; size_t size, pos; } ZSTD_inBuffer;
typedef struct { void* dst; size_t size, pos; } ZSTD_outBuffer;
typedef struct ZSTD_DStream ZSTD_DStream;

static inline ZSTD_DStream* ZSTD_createDStream(void) { return NULL; }
static inline size_t ZSTD_freeDStream(ZSTD_DStream* stream) { (void)stream; return 0; }
static inline size_t ZSTD_decompressStream(ZSTD_DStream* s, ZSTD_outBuffer* out, ZSTD_inBuffer* in) {
  (void)s, (void)out, (void)in;
  return (size_t)-1;
}
static inline unsigned ZSTD_isError(size_t code) { return code == (size_t)-1; }

typedef struct ZSTD_CStream ZSTD_CStream;
typedef enum { ZSTD_e_continue = 0, ZSTD_e_flush = 1, ZSTD_e_end = 2 } ZSTD_EndDirective;

static inline ZSTD_CStream* ZSTD_createCStream(void) { return NULL; }
static inline size_t ZSTD_freeCStream(ZSTD_CStream* stream) { (void)stream; return 0; }
static inline size_t ZSTD_compressStream2(ZSTD_CStream* s, ZSTD_outBuffer* out, ZSTD_inBuffer* in,
                                          ZSTD_EndDirective how) {
  (void)s, (void)out, (void)how;
  in->pos = in->size;
  return 0;
}
