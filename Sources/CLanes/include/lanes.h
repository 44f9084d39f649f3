#ifndef LANES_H
#define LANES_H

#include <stdint.h>

/// Adds the product of two matrices to a third: C += A·B.
///
/// C is `rows` × `columns`, A `rows` × `depth`, B `depth` × `columns`, each by rows that begin a stride
/// apart; C lies apart from the others. Every element of C adds its products one by one in the order of
/// the depth, each rounded before it is added, so the answer has the same bits on any processor. Picks the
/// build for the widest lanes that this one has.
void lanes_add_product(double *c, int64_t c_stride, const double *a, int64_t a_stride,
                       const double *b, int64_t b_stride, int64_t rows, int64_t columns,
                       int64_t depth);

/// The same by the build for x86-64-v`level` (2, 3 or 4): the next lower one that this processor can run.
void lanes_add_product_at(int level, double *c, int64_t c_stride, const double *a, int64_t a_stride,
                          const double *b, int64_t b_stride, int64_t rows, int64_t columns,
                          int64_t depth);

/// Adds some rows of a matrix, each times a number, to one row: C += Σ A[k]·B[rows[k]].
///
/// In the order of `rows`, with the same bits on any processor as above.
void lanes_add_rows(double *c, const double *a, const int32_t *rows, int64_t count, const double *b,
                    int64_t b_stride, int64_t columns);

/// The same by the build for a level, as above.
void lanes_add_rows_at(int level, double *c, const double *a, const int32_t *rows, int64_t count,
                       const double *b, int64_t b_stride, int64_t columns);

/// The level of the build that is picked; 2 where the processor is another.
int lanes_level(void);

/// Asks for the memory at `place` to be brought near, without waiting for it; any address will do.
static inline void lanes_fetch(const void *place) { __builtin_prefetch(place); }

#endif
