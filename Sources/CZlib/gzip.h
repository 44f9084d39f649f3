#ifndef OUROBOROS_GZIP_H
#define OUROBOROS_GZIP_H
#include <zlib.h>

/* Begins to read members of gzip, headers and sums and all: inflateInit2 is a macro, which Swift does not see. */
static inline int gunzip_begin(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

/* The same for data without a header, as zip archives hold. */
static inline int inflate_raw_begin(z_stream *stream) { return inflateInit2(stream, -15); }
#endif
