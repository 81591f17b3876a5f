import Storage
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Results to standard output, messages to standard error.
enum Console {
  /// Writes a result. A full disk is an error, not a shrug: the command must not exit with 0.
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
  static func message(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll((text + "\n").utf8)
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
