import CChildProcess
import Storage
import SystemPackage

/// The process that runs a cell: this program again, started as `genloss run`.
///
/// A process of its own has its own memory, threads and end: whatever ends one cell ends no other. It
/// cannot outlive this process (see `CChildProcess`).
final class CellProcess {
  /// How a process ended.
  enum End: Equatable {
    case exit(status: Int)
    case signal(number: Int)
  }

  private var child = cchild()

  /// Starts the program that this process is an instance of.
  ///
  /// It is found by the system's own link, so that all cells of a study are run by the same program, even
  /// where another was put into its place in the meantime.
  ///
  /// - Parameters:
  ///   - words: The command line, its first word the program's name.
  ///   - log: The file to append both outputs to.
  /// - Throws: `Errno`.
  init(_ words: [String], log: FilePath, program: FilePath = "/proc/self/exe") throws(Errno) {
    let bytes = words.flatMap { word in word.utf8.map { CChar(bitPattern: $0) } + [0 as CChar] }
    let failure = unsafe program.withPlatformString { program in
      unsafe log.withPlatformString { log in
        unsafe cchild_start(program, bytes, bytes.count, log, &child)
      }
    }
    if failure < 0 { throw Errno(rawValue: -failure) }
  }

  /// Whether it has ended.
  var hasEnded: Bool { unsafe cchild_has_ended(&child) != 0 }

  /// Asks it to end, at the latest in a second.
  func stop() { unsafe cchild_stop(&child) }

  /// Waits for its end, once.
  func finish() -> (end: End, processorSeconds: Double) {
    var end = cchild_end()
    unsafe cchild_finish(&child, &end)
    let result = Int(end.result)
    return (
      // Where nothing is known of its end, it was killed together with who should have told.
      result > 255
        ? .signal(number: result - 256) : result < 0 ? .signal(number: 9) : .exit(status: result),
      Double(end.processor_microseconds) / 1e6
    )
  }

  /// Waits until any of some processes has ended, or for so many milliseconds.
  static func awaitAny(of processes: [CellProcess], milliseconds: Int32) {
    let reports = processes.map(\.child.report)
    unsafe cchild_await_any(reports, reports.count, milliseconds)
  }
}
