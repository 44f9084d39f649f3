#ifndef OUROBOROS_DIGEST_H
#define OUROBOROS_DIGEST_H
#include <stddef.h>
/* The one function we take from the system's libcrypto. */
unsigned char *SHA256(const unsigned char *data, size_t length, unsigned char *digest);
#endif
