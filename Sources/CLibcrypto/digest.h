#ifndef OUROBOROS_DIGEST_H
#define OUROBOROS_DIGEST_H
#include <stddef.h>
#include <stdint.h>
/* The one hash we take from the system's libcrypto: of bytes that are there, and of bytes as they come. */
unsigned char *SHA256(const unsigned char *data, size_t length, unsigned char *digest);
typedef struct SHA256state_st {
  uint32_t h[8];
  uint32_t length_low, length_high;
  uint32_t data[16];
  unsigned int count, digest_length;
} SHA256_CTX;
int SHA256_Init(SHA256_CTX *state);
int SHA256_Update(SHA256_CTX *state, const void *data, size_t length);
int SHA256_Final(unsigned char *digest, SHA256_CTX *state);
#endif
