import Storage
import SystemPackage

/// The end of what a command printed.
enum LogTail {
  private static let bytes = 1 << 14
  private static let count = 10
  private static let width = 300

  /// The last lines that are not empty, fit for a terminal; none if there is no such file.
  ///
  /// A carriage return ends a line, too: progress bars print little else.
  static func lines(of path: FilePath) -> [String] {
    let tail = (try? FileStore.readEnd(of: path, mostBytes: bytes)) ?? []
    return tail.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      .suffix(count).map { FilePath.printable(Array($0.suffix(width))) }
  }
}
