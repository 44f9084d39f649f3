#ifndef OUROBOROS_BZIP2_H
#define OUROBOROS_BZIP2_H
/* The bzlib header names FILE of its own accord. */
#include <stdio.h>
#include <bzlib.h>
#endif
