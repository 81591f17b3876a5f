#ifndef CCHILDPROCESS_H
#define CCHILDPROCESS_H

#include <stddef.h>
#include <stdint.h>

/// A program that was started.
typedef struct {
  /// The supervisor's number; 0 after `cchild_finish`.
  int32_t supervisor;
  /// The end of a pipe that keeps the program alive while it is open; -1 where it was closed.
  int32_t lifeline;
  /// A descriptor that can be read as soon as the program has ended.
  int32_t report;
} cchild;

/// How a program ended.
typedef struct {
  /// The exit status, 0 to 255; 256 plus the number of the signal that ended it; or the negated `errno`
  /// of why it could not be started.
  int32_t result;
  /// The processor time that it and what it started took, in microseconds.
  int64_t processor_microseconds;
} cchild_end;

/// Starts a program; it cannot outlive this process.
///
/// Between the two stands a supervisor, a copy of this process that does nothing but wait: for the
/// program, or for a pipe that closes when this process ends, however it ends (SIGKILL too). In both
/// cases it ends the program's process group, with SIGTERM first and SIGKILL a second later where the
/// program is still running. The program has /dev/null for standard input, and the default action of
/// every signal; a group of its own keeps a terminal's Ctrl-C from it.
///
/// May be called by several threads at a time.
///
/// @param path The path of the program.
/// @param words Its name and its arguments, each ended by a zero byte.
/// @param length The number of bytes, zeros included.
/// @param log The path of a file to append standard output and standard error to.
/// @param child What to hand to the other functions.
/// @return 0, or the negated `errno` of why nothing was started.
int cchild_start(
    const char *path, const char *words, size_t length, const char *log, cchild *child);

/// Waits until any of several programs has ended, or for so many milliseconds.
///
/// @param reports The `report` of each.
/// @param count The number of them.
void cchild_await_any(const int32_t *reports, size_t count, int milliseconds);

/// Whether a program has ended, so that `cchild_finish` does not wait.
int cchild_has_ended(const cchild *child);

/// Lets a program be ended, with SIGTERM first and SIGKILL a second later, and does not wait.
void cchild_stop(cchild *child);

/// Waits for a program to end, once for each that was started.
void cchild_finish(cchild *child, cchild_end *end);

/// Starts a program, whose path is the first of the words, and waits for it to end.
///
/// @return The result as in `cchild_end`.
int cchild_run(const char *words, size_t length, const char *log);

#endif
