import Storage
public import SystemPackage

/// Runs that cannot be compared.
public enum ComparisonError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is nothing at the path.
  case missing(FilePath)

  /// The folder holds neither a run nor a study.
  case neither(FilePath)

  /// None of the folders holds a finished run.
  case nothing(left: Int, damaged: [String])

  /// No run has a number by this name.
  case unknownMetric(String, suggestion: String)

  /// The metric has no better and no worse.
  case unranked(String)

  /// Two runs of one setting have the same seed.
  case sameSeed(FilePath, FilePath, seed: String)

  /// Two runs of one law and one seed were given different samples.
  case otherSamples(FilePath, FilePath, data: String)

  /// No strategy has this name.
  case unknownBaseline(String, known: [String])

  /// Not all runs have this generation.
  case noGeneration(Int, last: Int)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .missing(let path): "\(path.printable): there is no such folder."
    case .neither(let path):
      "\(path.printable) holds neither a run nor a study. Name a folder that `genloss run` or "
        + "`genloss study` made."
    case .nothing(let left, let damaged):
      "there is no finished run to compare"
        + (left > 0 ? "; \(left) are not finished. Run the study to its end." : ".")
        + damaged.map { "\n\($0)" }.joined()
    case .unknownMetric(let name, let suggestion):
      "no run has a metric \"\(name)\".\(suggestion) `genloss list metrics` shows them all."
    case .unranked(let name):
      "\(name) has no better and no worse, so that nothing can be ranked by it. Choose another "
        + "--metric."
    case .sameSeed(let first, let second, let seed):
      "\(first.printable) and \(second.printable) are runs of one setting with the same seed, \(seed). "
        + "Name one of them."
    case .otherSamples(let first, let second, let data):
      "\(first.printable) and \(second.printable) draw different samples from \(data) with one seed: it is "
        + "not the same law. Run one of them anew, or compare them apart."
    case .unknownBaseline(let name, let known):
      "there is no strategy \"\(name)\" to compare with. There are \(known.joined(separator: ", "))."
    case .noGeneration(let generation, let last):
      "not all runs have a generation \(generation). The last that all have is \(last)."
    }
  }
}
