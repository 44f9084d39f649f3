#include "build.h"

// Builtins, so that the compiler takes no definition below for the one that it knows.
double build_hypotenuse(double a, double b) {
  if (__builtin_isinf(a) || __builtin_isinf(b)) return __builtin_inf();
  long double x = a, y = b;
  return (double)__builtin_sqrtl(x * x + y * y);
}

#ifdef __linux__
double hypot(double a, double b) { return build_hypotenuse(a, b); }

float hypotf(float a, float b) {
  if (__builtin_isinf(a) || __builtin_isinf(b)) return __builtin_inff();
  double x = a, y = b;
  return (float)__builtin_sqrt(x * x + y * y);
}
#endif
