#ifndef OUROBOROS_SPAWN_APART_H
#define OUROBOROS_SPAWN_APART_H

#include <stdint.h>
#include <sys/types.h>

/// What a program that runs apart may take.
struct apart_limits {
  /// Bytes of address space.
  uint64_t memory;
  /// Seconds of a processor.
  uint64_t seconds;
  /// Bytes of any file that it writes.
  uint64_t file;
};

/// Starts a program in a folder, with limits that hold before its first instruction, and nothing open but its own output.
///
/// Swift's Foundation starts programs without limits, and glibc's `posix_spawn` has none to give: they must be set between
/// `fork` and `exec`, where only functions are allowed that are safe after a signal. That is a few lines of C.
///
/// `output` and `errors` become the ends from which what it writes is read. Gives its id, or -1 with `errno` set.
pid_t apart_start(const char *program, char *const arguments[], char *const environment[], const char *folder,
                  const struct apart_limits *limits, int *output, int *errors);

#endif
