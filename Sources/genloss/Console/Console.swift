import Storage
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Results to standard output, messages to standard error.
enum Console {
  /// Makes the standard streams safe to write to, whatever the caller did to them.
  ///
  /// A closed one gets a descriptor that refuses writing: otherwise the first file that a run opens
  /// takes its number, and messages end up in that file. A reader that goes away is an error of the
  /// write, not the end of the process.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    for number: Int32 in 0...2 where fcntl(number, F_GETFD) == -1 {
      _ = try? FileDescriptor.open(FilePath("/dev/null"), .readOnly)
    }
  }

  /// Writes a result.
  ///
  /// A full disk is an error, not a shrug: the command must not exit with 0.
  static func out(_ text: String) throws(ExitStatus) {
    do {
      _ = try FileDescriptor.standardOutput.writeAll(text.utf8)
    } catch {
      // A reader that went away (`genloss … | head`) has what it wanted.
      if let errno = error as? Errno, errno == .brokenPipe { throw .brokenPipe }
      throw .inputOutput
    }
  }

  /// Writes a message; nobody may be listening, and that harms nothing.
  ///
  /// It may repeat what was typed or found: whatever commands a terminal is written as `\xNN`.
  static func message(_ text: String) {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let shown = lines.map { FilePath.printable(Array($0)) }.joined(separator: "\n")
    _ = try? FileDescriptor.standardError.writeAll((shown + "\n").utf8)
  }

  /// Writes to standard error without ending the line.
  static func rewrite(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll(text.utf8)
  }

  /// Whether standard error is a terminal that understands cursor movements.
  static var errorIsTerminal: Bool {
    isatty(2) == 1 && Environment.value("TERM") != "dumb"
  }
}
