// The inner loops that gain from wider lanes than those every processor has. Swift cannot build a
// function for a processor other than that of the whole program without unsafe flags; C can. No products
// are fused with sums, which would change bits from one processor to the next.

#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

// How many rows of B are used before the next columns: they stay in the nearest cache.
enum { DEPTH = 128 };

// The columns of C that are held in registers while rows are added to them: so many vectors.
enum { HELD = 4 };

#define PARAMETERS                                                                               \
  double *c, int64_t c_stride, const double *a, int64_t a_stride, const double *b,               \
      int64_t b_stride, int64_t rows, int64_t columns, int64_t depth

#define ROW_PARAMETERS                                                                           \
  double *c, const double *a, const int32_t *rows, int64_t count, const double *b,               \
      int64_t b_stride, int64_t columns

// Adds to R rows and W vectors of C, which are held in registers meanwhile.
#define TILE(VECTOR, R, W)                                                                       \
  {                                                                                              \
    VECTOR sum[R][W];                                                                            \
    for (int r = 0; r < R; r++)                                                                  \
      for (int w = 0; w < W; w++) sum[r][w] = *((VECTOR *)(c + (i + r) * c_stride + j) + w);     \
    for (int64_t k = 0; k < depth; k++)                                                          \
      for (int r = 0; r < R; r++)                                                                \
        for (int w = 0; w < W; w++)                                                              \
          sum[r][w] += *((const VECTOR *)(b + k * b_stride + j) + w) * a[(i + r) * a_stride + k]; \
    for (int r = 0; r < R; r++)                                                                  \
      for (int w = 0; w < W; w++) *((VECTOR *)(c + (i + r) * c_stride + j) + w) = sum[r][w];     \
  }

// Adds to W vectors of C.
#define ROW_TILE(VECTOR, W)                                                                      \
  {                                                                                              \
    VECTOR sum[W];                                                                               \
    for (int w = 0; w < W; w++) sum[w] = *((VECTOR *)(c + j) + w);                               \
    for (int64_t k = 0; k < count; k++)                                                          \
      for (int w = 0; w < W; w++)                                                                \
        sum[w] += *((const VECTOR *)(b + rows[k] * b_stride + j) + w) * a[k];                    \
    for (int w = 0; w < W; w++) *((VECTOR *)(c + j) + w) = sum[w];                               \
  }

// A build for vectors of LANES numbers; what is left over at the end of rows goes to the one below.
#define BUILD(NAME, TARGET, LANES, BELOW)                                                        \
  typedef double NAME##_vector __attribute__((vector_size(LANES * 8), aligned(8)));              \
  TARGET static void NAME(PARAMETERS) {                                                          \
    int64_t j = 0;                                                                               \
    for (; j + 2 * LANES <= columns; j += 2 * LANES) {                                           \
      int64_t i = 0;                                                                             \
      for (; i + 4 <= rows; i += 4) TILE(NAME##_vector, 4, 2)                                    \
      for (; i < rows; i++) TILE(NAME##_vector, 1, 2)                                            \
    }                                                                                            \
    for (; j + LANES <= columns; j += LANES) {                                                   \
      int64_t i = 0;                                                                             \
      for (; i + 4 <= rows; i += 4) TILE(NAME##_vector, 4, 1)                                    \
      for (; i < rows; i++) TILE(NAME##_vector, 1, 1)                                            \
    }                                                                                            \
    if (j < columns)                                                                             \
      BELOW(c + j, c_stride, a, a_stride, b + j, b_stride, rows, columns - j, depth);            \
  }                                                                                              \
  TARGET static void NAME##_rows(ROW_PARAMETERS) {                                               \
    int64_t j = 0;                                                                               \
    for (; j + HELD * LANES <= columns; j += HELD * LANES) ROW_TILE(NAME##_vector, HELD)         \
    for (; j + LANES <= columns; j += LANES) ROW_TILE(NAME##_vector, 1)                          \
    if (j < columns) BELOW##_rows(c + j, a, rows, count, b + j, b_stride, columns - j);          \
  }

static void one_by_one(PARAMETERS) {
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = 0; j < columns; j++) {
      double sum = c[i * c_stride + j];
      for (int64_t k = 0; k < depth; k++) sum += b[k * b_stride + j] * a[i * a_stride + k];
      c[i * c_stride + j] = sum;
    }
}

static void one_by_one_rows(ROW_PARAMETERS) {
  for (int64_t j = 0; j < columns; j++)
    for (int64_t k = 0; k < count; k++) c[j] += b[rows[k] * b_stride + j] * a[k];
}

BUILD(two_lanes, , 2, one_by_one)

#if defined(__x86_64__)
BUILD(four_lanes, __attribute__((target("avx2"))), 4, two_lanes)
BUILD(eight_lanes, __attribute__((target("avx512f,avx512vl"))), 8, four_lanes)

int lanes_level(void) {
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) return 4;
  return __builtin_cpu_supports("avx2") ? 3 : 2;
}
#else
int lanes_level(void) { return 2; }
#endif

static void pick(int level, PARAMETERS) {
#if defined(__x86_64__)
  if (level >= 4) {
    eight_lanes(c, c_stride, a, a_stride, b, b_stride, rows, columns, depth);
    return;
  }
  if (level == 3) {
    four_lanes(c, c_stride, a, a_stride, b, b_stride, rows, columns, depth);
    return;
  }
#endif
  two_lanes(c, c_stride, a, a_stride, b, b_stride, rows, columns, depth);
}

void lanes_add_product_at(int level, PARAMETERS) {
  int most = lanes_level();
  if (level > most) level = most;
  for (int64_t k = 0; k < depth; k += DEPTH) {
    int64_t part = depth - k < DEPTH ? depth - k : DEPTH;
    pick(level, c, c_stride, a + k, a_stride, b + k * b_stride, b_stride, rows, columns, part);
  }
}

void lanes_add_product(PARAMETERS) {
  lanes_add_product_at(4, c, c_stride, a, a_stride, b, b_stride, rows, columns, depth);
}

void lanes_add_rows_at(int level, ROW_PARAMETERS) {
#if defined(__x86_64__)
  int most = lanes_level();
  if (level > most) level = most;
  if (level >= 4) {
    eight_lanes_rows(c, a, rows, count, b, b_stride, columns);
    return;
  }
  if (level == 3) {
    four_lanes_rows(c, a, rows, count, b, b_stride, columns);
    return;
  }
#endif
  two_lanes_rows(c, a, rows, count, b, b_stride, columns);
}

void lanes_add_rows(ROW_PARAMETERS) { lanes_add_rows_at(4, c, a, rows, count, b, b_stride, columns); }
