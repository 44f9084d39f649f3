#include "build.h"

// The manifest defines it where the environment names a commit.
#ifndef OURO_COMMIT
#define OURO_COMMIT ""
#endif

const char *build_commit(void) { return OURO_COMMIT; }
