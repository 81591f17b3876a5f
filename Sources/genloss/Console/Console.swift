import Storage
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Results to standard output, messages to standard error.
enum Console {
  /// The lines at the end of the terminal that the next message replaces.
  private static let liveLines = Mutex(0)

  /// Makes the standard streams safe to write to, whatever the caller did to them.
  ///
  /// A closed one gets a descriptor that refuses writing: otherwise the first file that a run opens
  /// takes its number, and messages end up in that file. A reader that goes away, and a file that may
  /// not grow any further, are errors of the write, not the end of the process.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
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
      Self.error("the results could not be written to standard output: \(error).")
      throw .inputOutput
    }
  }

  /// Writes a message that stays; nobody may be listening, and that harms nothing.
  ///
  /// It may repeat what was typed or found: whatever commands a terminal is written as `\xNN`.
  ///
  /// - Parameter label: What stands before it, in our own colours.
  static func message(_ text: String, label: String = "") {
    liveLines.withLock { count in
      write(erasure(of: count) + label + printable(text) + "\n")
      count = 0
    }
  }

  /// Lines as a terminal may be shown them: with all but the ends of lines escaped that commands it.
  static func printable(_ text: String) -> String {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { FilePath.printable(Array($0)) }.joined(separator: "\n")
  }

  /// Tells what went wrong.
  static func error(_ text: String) {
    message(text, label: StyledStream.errors(.red, "genloss:") + " ")
  }

  /// Shows a line, cut to the terminal's width, that the next message replaces.
  static func live(_ text: String) { live([text]) }

  /// Shows lines, each cut to the terminal's width, that the next message replaces.
  static func live(_ lines: [String]) {
    let width = max(20, columns - 1)
    liveLines.withLock { count in
      write(erasure(of: count) + lines.map { $0.prefix(width) }.joined(separator: "\n"))
      count = lines.count
    }
  }

  /// Takes the live lines away.
  static func clear() {
    liveLines.withLock { count in
      if count > 0 { write(erasure(of: count)) }
      count = 0
    }
  }

  /// Whether standard error is a terminal that understands cursor movements.
  static var errorIsTerminal: Bool {
    isatty(2) == 1 && Environment.value("TERM") != "dumb"
  }

  /// What goes back to the beginning of so many lines and empties them.
  private static func erasure(of lines: Int) -> String {
    lines == 0
      ? "" : "\r\u{1B}[K" + String(repeating: "\u{1B}[1A\u{1B}[2K", count: lines - 1)
  }

  private static func write(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll(text.utf8)
  }

  /// The width of the terminal; 80 where it does not say.
  private static var columns: Int {
    var size = winsize()
    let status = unsafe ioctl(2, UInt(TIOCGWINSZ), &size)
    return status == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}
