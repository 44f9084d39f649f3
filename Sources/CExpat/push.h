#ifndef OUROBOROS_EXPAT_H
#define OUROBOROS_EXPAT_H
#include <expat.h>
#endif
