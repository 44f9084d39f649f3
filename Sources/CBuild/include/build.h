#ifndef OUROBOROS_BUILD_H
#define OUROBOROS_BUILD_H

#include <stdint.h>

/// The commit that the program was built from, as `make` names it; empty where nobody said.
const char *build_commit(void);

/// The length of the hypotenuse over `a` and `b`, as `hypot` of the C library gives it.
///
/// Swift's static libraries ask for `hypot` and `hypotf`, which glibc 2.35 gave a new version, so that a program linked
/// with them would start on no older one; so does C++'s static library for `arc4random`, which came with 2.36. This target
/// answers for them by these names instead, and glibc 2.34 is enough. The square root is taken
/// in the widest numbers that the processor has: the error stays below one unit in the last place, without overflow.
double build_hypotenuse(double a, double b);

#endif
