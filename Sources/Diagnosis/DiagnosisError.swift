import Storage
public import SystemPackage

/// Runs that cannot be diagnosed together, or at all.
public enum DiagnosisError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder is not there.
  case missing(FilePath)

  /// The folder holds no run.
  case noRun(FilePath)

  /// Two runs differ in more than their seed and sample size; each difference in words.
  case configurationsDiffer(FilePath, FilePath, [String])

  /// Two runs have the same seed and size: the second says nothing new.
  case sameSeed(FilePath, FilePath, seed: String)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path.printable) does not exist. Name the folder that `genloss run` wrote."
    case .noRun(let path):
      "\(path.printable) holds no run: there is no run.json. Name the folder that `genloss run` wrote."
    case .configurationsDiffer(let first, let second, let differences):
      """
      \(first.printable) and \(second.printable) are not runs of one setting: \
      \(differences.joined(separator: "; ")). Diagnose runs together that differ in --seed and \
      --samples alone.
      """
    case .sameSeed(let first, let second, let seed):
      """
      \(first.printable) and \(second.printable) both have the seed \(seed) and the same size: they are one \
      run twice. Leave one out, or use another --seed.
      """
    }
  }
}
