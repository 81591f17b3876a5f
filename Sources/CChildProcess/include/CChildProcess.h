#ifndef CCHILDPROCESS_H
#define CCHILDPROCESS_H

#include <stddef.h>

/// Runs a program and waits for it to end; it cannot outlive this process.
///
/// Between the two stands a supervisor, a copy of this process that does nothing but wait: for the
/// program, or for a pipe that closes when this process ends, however it ends (SIGKILL too). In both
/// cases it ends the program's process group, with SIGTERM first and SIGKILL a second later where the
/// program is still running. The program has /dev/null for standard input, and the default action of
/// every signal; a group of its own keeps a terminal's Ctrl-C from it.
///
/// May be called by several threads at a time.
///
/// @param words The path of the program and its arguments, each ended by a zero byte.
/// @param length The number of bytes, zeros included.
/// @param log The path of a file to append standard output and standard error to.
/// @return The exit status, 0 to 255; 256 plus the number of the signal that ended it; or the negated
///   `errno` of why it could not be started.
int cchild_run(const char *words, size_t length, const char *log);

#endif
