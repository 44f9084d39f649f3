#ifndef OUROBOROS_ZSTD_H
#define OUROBOROS_ZSTD_H
#include <zstd.h>
#endif
