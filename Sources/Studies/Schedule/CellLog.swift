import Storage
import SystemPackage

/// What the process of a cell said.
struct CellLog {
  private let text: String

  /// The most bytes that are looked at: the end tells why.
  private static let mostBytes = 1 << 20

  init(_ path: FilePath) {
    let bytes = (try? FileStore.readEnd(of: path, mostBytes: Self.mostBytes)) ?? []
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// Why it failed: its own words, or the last that it said.
  func reason(status: Int) -> String {
    let prefix = "genloss: "
    let lines = text.utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)) }
    // What a user's own command printed last stands beneath the error, set in.
    if let start = lines.lastIndex(where: { $0.utf8.starts(with: prefix.utf8) }) {
      let told = lines[(start + 1)...].prefix { $0.utf8.starts(with: "  ".utf8) }
      return ([String(lines[start].dropFirst(prefix.count))] + told).joined(separator: "\n")
    }
    let last = lines.suffix(3).joined(separator: " / ")
    return "it ended with status \(status)" + (last.isEmpty ? "." : ": \(last)")
  }

  /// The end by a signal in words.
  static func words(ofSignal number: Int) -> String {
    switch number {
    case 9: "it was killed (signal 9), perhaps for want of memory."
    case 4, 5, 6, 11: "it crashed (signal \(number))."
    default: "it was ended by signal \(number)."
    }
  }
}
