#define _GNU_SOURCE
#include "CChildProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// After a fork only functions that are safe in a signal handler are called: another thread may have held
// any lock. `_Fork` calls none of the handlers that libraries register for a fork: that of the linear
// algebra would stop its threads.

static void noted(int number) { (void)number; }

// Becomes the program. Does not return.
static void become(const char *path, char **argv, pid_t supervisor, int log) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != supervisor) _exit(127);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  int input = open("/dev/null", O_RDONLY);
  if (input < 0 || dup2(input, 0) < 0 || dup2(log, 1) < 0 || dup2(log, 2) < 0) _exit(127);
  close_range(3, ~0U, 0);
  execv(path, argv);
  _exit(127);
}

// Whether the program has ended; it is not reaped, so that its group keeps its number.
static int has_ended(pid_t program) {
  siginfo_t info;
  info.si_pid = 0;
  return waitid(P_PID, (id_t)program, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || info.si_pid != 0;
}

// Closes every descriptor from 3 on but two.
static void close_all_but(int a, int b) {
  unsigned low = (unsigned)(a < b ? a : b), high = (unsigned)(a < b ? b : a);
  if (low > 3) close_range(3, low - 1, 0);
  if (high > low + 1) close_range(low + 1, high - 1, 0);
  close_range(high + 1, ~0U, 0);
}

// Says how the program ended and what it took. Does not return.
static void tell(int report, int result) {
  cchild_end end = {.result = result};
  struct rusage usage;
  if (getrusage(RUSAGE_CHILDREN, &usage) == 0) {
    end.processor_microseconds =
        (int64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
        usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
  }
  _exit(write(report, &end, sizeof end) != sizeof end);
}

// Starts the program, waits until it has ended or the lifeline is closed, and reports. Does not return.
static void supervise(const char *path, char **argv, int lifeline, int report, int log) {
  setpgid(0, 0);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = noted;
  sigaction(SIGCHLD, &action, NULL);
  pid_t supervisor = getpid();
  pid_t program = _Fork();
  if (program == 0) become(path, argv, supervisor, log);
  if (program < 0) tell(report, -errno);
  setpgid(program, program);
  // Other lifelines were copied with the rest: holding one would keep its program alive.
  close_all_but(lifeline, report);
  // All signals stay blocked except, while it waits, the one that tells of the program's end.
  sigset_t waiting;
  sigfillset(&waiting);
  sigdelset(&waiting, SIGCHLD);
  while (!has_ended(program)) {
    struct pollfd end = {.fd = lifeline, .events = POLLIN};
    if (ppoll(&end, 1, NULL, &waiting) <= 0) continue;
    kill(-program, SIGTERM);
    kill(-program, SIGCONT);
    struct timespec moment = {.tv_nsec = 20 * 1000 * 1000};
    for (int i = 0; i < 50 && !has_ended(program); i++) nanosleep(&moment, NULL);
    break;
  }
  // The program itself where it has not ended, and whatever it started and left behind.
  kill(-program, SIGKILL);
  int status = 0;
  while (waitpid(program, &status, 0) < 0 && errno == EINTR) {}
  tell(report, WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status));
}

int cchild_start(
    const char *path, const char *words, size_t length, const char *log, cchild *child) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++) count += words[i] == 0;
  if (count == 0 || words[length - 1] != 0) return -EINVAL;
  char **argv = calloc(count + 1, sizeof *argv);
  if (!argv) return -ENOMEM;
  const char *word = words;
  for (size_t i = 0; i < count; i++) {
    argv[i] = (char *)word;
    word += strlen(word) + 1;
  }
  int lifeline[2], report[2];
  int result;
  int output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (output < 0) {
    result = -errno;
  } else if (pipe2(lifeline, O_CLOEXEC) < 0) {
    result = -errno;
    close(output);
  } else if (pipe2(report, O_CLOEXEC) < 0) {
    result = -errno;
    close(output);
    close(lifeline[0]);
    close(lifeline[1]);
  } else {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t supervisor = _Fork();
    if (supervisor == 0) supervise(path, argv, lifeline[0], report[1], output);
    result = supervisor < 0 ? -errno : 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(output);
    close(lifeline[0]);
    close(report[1]);
    if (supervisor < 0) {
      close(lifeline[1]);
      close(report[0]);
    } else {
      *child = (cchild){.supervisor = supervisor, .lifeline = lifeline[1], .report = report[0]};
    }
  }
  free(argv);
  return result;
}

void cchild_await_any(const int32_t *reports, size_t count, int milliseconds) {
  struct pollfd *ends = calloc(count + 1, sizeof *ends);
  if (!ends) count = 0;
  for (size_t i = 0; i < count; i++) ends[i] = (struct pollfd){.fd = reports[i], .events = POLLIN};
  poll(ends, count, milliseconds);
  free(ends);
}

int cchild_has_ended(const cchild *child) {
  struct pollfd end = {.fd = child->report, .events = POLLIN};
  return poll(&end, 1, 0) > 0;
}

void cchild_stop(cchild *child) {
  if (child->lifeline >= 0) close(child->lifeline);
  child->lifeline = -1;
}

void cchild_finish(cchild *child, cchild_end *end) {
  ssize_t got;
  do {
    got = read(child->report, end, sizeof *end);
  } while (got < 0 && errno == EINTR);
  if (got != sizeof *end) *end = (cchild_end){.result = -ECHILD};
  while (waitpid(child->supervisor, NULL, 0) < 0 && errno == EINTR) {}
  cchild_stop(child);
  close(child->report);
  child->supervisor = 0;
}

int cchild_run(const char *words, size_t length, const char *log) {
  cchild child;
  int failure = cchild_start(words, words, length, log, &child);
  if (failure < 0) return failure;
  cchild_end end;
  cchild_finish(&child, &end);
  return end.result;
}
