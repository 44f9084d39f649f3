#include "build.h"

#ifdef __linux__
#include <stdlib.h>
#include <sys/random.h>

// glibc has had this function since 2.36 only, and C++'s static library asks for it: random bits of the kernel.
uint32_t arc4random(void) {
  uint32_t bits;
  if (getrandom(&bits, sizeof bits, 0) != sizeof bits) abort();
  return bits;
}
#endif
