#ifndef OUROBOROS_GZIP_H
#define OUROBOROS_GZIP_H
/* The few functions we take from the system's zlib. */
typedef struct gzFile_s *gzFile;
gzFile gzdopen(int descriptor, const char *mode);
int gzbuffer(gzFile file, unsigned size);
int gzread(gzFile file, void *buffer, unsigned length);
const char *gzerror(gzFile file, int *code);
int gzclose(gzFile file);
#endif
