#define _GNU_SOURCE
#include "spawn_apart.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

static void limit(int what, uint64_t most) {
  struct rlimit both = {most, most};
  if (setrlimit(what, &both) != 0) _exit(126);
}

/// Closes all but standard input, output and errors.
static void close_others(void) {
#ifdef __linux__
  if (close_range(3, ~0U, 0) == 0) return;
#endif
  for (int other = 3; other < 65536; other++) close(other);
}

/// What the new process does before it becomes the program; it never returns.
static void become(const char *program, char *const arguments[], char *const environment[], const char *folder,
                   const struct apart_limits *limits, int input, int output, int errors) {
#ifdef __linux__
  // It ends with the server, however that ends.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0 || chdir(folder) != 0) _exit(126);
  close_others();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, 0);
  signal(SIGPIPE, SIG_DFL);
  limit(RLIMIT_AS, limits->memory);
  limit(RLIMIT_CPU, limits->seconds);
  limit(RLIMIT_FSIZE, limits->file);
  limit(RLIMIT_CORE, 0);
  execve(program, arguments, environment);
  _exit(127);
}

/// Two ends of a pipe that no other program started meanwhile gets, both above the first three.
static int pipe_apart(int ends[2]) {
#ifdef __linux__
  return pipe2(ends, O_CLOEXEC);
#else
  return pipe(ends);
#endif
}

pid_t apart_start(const char *program, char *const arguments[], char *const environment[], const char *folder,
                  const struct apart_limits *limits, int *output, int *errors) {
  int out[2], err[2];
  int input = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (input < 0) return -1;
  if (pipe_apart(out) != 0) {
    close(input);
    return -1;
  }
  if (pipe_apart(err) != 0) {
    close(input), close(out[0]), close(out[1]);
    return -1;
  }
  pid_t child = fork();
  if (child == 0) become(program, arguments, environment, folder, limits, input, out[1], err[1]);
  int reason = errno;
  close(input), close(out[1]), close(err[1]);
  if (child < 0) {
    close(out[0]), close(err[0]);
    errno = reason;
    return -1;
  }
  *output = out[0];
  *errors = err[0];
  return child;
}
