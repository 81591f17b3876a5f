import Storage
public import SystemPackage

/// A generation that cannot be written as asked.
public enum ExportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder is that of a study; some of its runs.
  case study(FilePath, runs: [FilePath])

  /// The samples are vectors, and the format is for pictures.
  case notPictures(ExportFormat)

  /// Samples with fractional levels would be rounded by a format of pictures.
  case fractionalLevels(ExportFormat)

  /// The folder to be written holds something.
  case occupied(FilePath)

  /// The archive library refuses, in its words.
  case archive(FilePath, String)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .study(let path, let runs):
      "\(path.printable) is the folder of a study, not of a run. "
        + (runs.isEmpty
          ? "It has no runs yet."
          : "Name one of its runs, such as \(runs.map(\.printable).joined(separator: ", ")).")
    case .notPictures(let format):
      "The run's samples are vectors, which \(format.rawValue) cannot hold. Use --format npy."
    case .fractionalLevels(let format):
      """
      The run kept fractional levels (--carry float), which PNG files would round. Use --format npy, \
      or --round with --format \(format.rawValue).
      """
    case .occupied(let path):
      "\(path.printable) is there already. Choose another --out, or remove it first."
    case .archive(let path, let words):
      "The archive \(path.printable) cannot be written: \(words)."
    }
  }
}
