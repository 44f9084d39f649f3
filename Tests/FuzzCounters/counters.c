/* Edges as Swift's compiler counts them (trace-pc-guard), handed to libFuzzer as it counts them (8-bit counters).
 *
 * libFuzzer has functions of these names too, which end the program as too old: the linker puts these in their place (--wrap). */
#include <stdint.h>
#include <stdlib.h>

void __sanitizer_cov_8bit_counters_init(uint8_t *start, uint8_t *stop);

static uint8_t *counters;

void __wrap___sanitizer_cov_trace_pc_guard_init(uint32_t *start, uint32_t *stop) {
  static uint32_t known = 0;
  static const uint32_t room = 1 << 22;
  if (start == stop || *start) return;
  if (!counters) counters = calloc(room, 1);
  uint8_t *first = counters + known + 1;
  for (uint32_t *guard = start; guard < stop && known + 1 < room; guard++) *guard = ++known;
  __sanitizer_cov_8bit_counters_init(first, counters + known + 1);
}

void __wrap___sanitizer_cov_trace_pc_guard(uint32_t *guard) { counters[*guard]++; }

/* Which edge lies where is asked by nobody; libFuzzer would count it against the counters. */
void __wrap___sanitizer_cov_pcs_init(const uintptr_t *start, const uintptr_t *stop) {
  (void)start;
  (void)stop;
}
