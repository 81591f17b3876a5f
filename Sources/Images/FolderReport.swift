public import Samples
import Storage

/// A file that gave no picture.
public struct SkippedFile: Equatable, Sendable {
  /// The path below the folder, as the system stores it.
  public let path: [UInt8]

  /// Why, in one word.
  public let reason: SkipReason

  /// Why, in a sentence's part.
  public let detail: String

  /// Creates an entry.
  public init(path: [UInt8], reason: SkipReason, detail: String) {
    self.path = path
    self.reason = reason
    self.detail = detail
  }
}

/// What was found in a folder of pictures, used and skipped.
public struct FolderReport: Equatable, Sendable {
  /// A class and its pictures.
  public struct ClassCount: Equatable, Sendable {
    /// The name of the folder, printable.
    public let name: String
    /// The pictures used.
    public let count: Int
  }

  /// A size and its pictures.
  public struct SizeCount: Equatable, Sendable {
    /// The width of the upright picture.
    public let width: Int
    /// The height of the upright picture.
    public let height: Int
    /// The pictures used.
    public let count: Int
  }

  /// A kind of pixels and its pictures.
  public struct ModeCount: Equatable, Sendable {
    /// Pillow's word, such as `RGB` or `L`.
    public let mode: String
    /// The pictures used.
    public let count: Int
  }

  /// A reason and the files skipped for it.
  public struct ReasonCount: Equatable, Sendable {
    /// The reason.
    public let reason: SkipReason
    /// The files skipped.
    public let count: Int
  }

  /// Everything that was looked at: `used + skipped.count + leftOut`.
  public let found: Int

  /// The pictures used.
  public let used: Int

  /// What was skipped, in the order of the paths.
  public let skipped: [SkippedFile]

  /// The files that the limit left unread.
  public let leftOut: Int

  /// The classes, in the order of their bytes; empty without classes.
  public let classes: [ClassCount]

  /// The sizes as decoded, the most frequent first.
  public let sizes: [SizeCount]

  /// The kinds of pixels, the most frequent first.
  public let modes: [ModeCount]

  /// Groups of used files with the same bytes, hard links among them: the paths of each group.
  public let duplicates: [[[UInt8]]]

  /// The size at which the pictures are used; `nil` if none are.
  public let shape: PictureShape?

  /// The skipped files counted by reason, the most frequent first.
  public var reasons: [ReasonCount] {
    FolderReport.counted(skipped.map(\.reason)) { $0.rawValue < $1.rawValue }
      .map { ReasonCount(reason: $0.value, count: $0.count) }
  }

  /// How many of each value there are, the most frequent first, ties in the given order.
  static func counted<Value: Hashable>(
    _ values: some Sequence<Value>, by precedes: (Value, Value) -> Bool
  ) -> [(value: Value, count: Int)] {
    var counts: [Value: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    return counts.map { (value: $0.key, count: $0.value) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : precedes($0.value, $1.value) }
  }
}

extension FolderReport {
  /// Returns the skipped files as CSV: `path,reason,detail`.
  ///
  /// Paths are written byte for byte, so that the text may not be UTF-8.
  public func skippedCSV() -> [UInt8] {
    CSV.table(
      columns: ["path", "reason", "detail"],
      rows: skipped.map {
        [.bytes($0.path), .text($0.reason.rawValue), .text($0.detail)]
      })
  }
}
