/// A run that cannot be done as asked.
public enum RecursionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No strategy has this name.
  case unknownStrategy(name: String, suggestion: String?)

  /// A strategy's settings cannot be used; `place` holds the keys that lead to what is wrong in one
  /// that is written out.
  case invalidStrategy(text: String, place: [String], reason: String)

  /// Two settings that were both given say different things.
  case contradiction(String, String)

  /// The strategy asks for more fresh real samples than there are.
  case freshDataRunsOut(
    strategy: String, needed: Int, available: Int, generations: Int, largestSampleCount: Int)

  /// A setting has a value that cannot be used.
  case invalidSetting(name: String, value: String, reason: String)

  /// The data is too small for what was asked.
  case tooFewSamples(found: Int, needed: Int, purpose: String)

  /// The data cannot be used.
  case unusableData(name: String, reason: String)

  /// The run needs more memory than it may take of what there is, both in bytes.
  case tooLittleMemory(needed: Double, available: Double)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .unknownStrategy(let name, let suggestion):
      "There is no strategy \"\(name)\"."
        + (suggestion.map { " Did you mean \"\($0)\"?" } ?? "")
        + " `genloss list strategies` shows them all."
    case .invalidStrategy(let text, let place, let reason):
      "--strategy \(text.first == "{" ? place.joined(separator: ".") : text) cannot be used: \(reason)"
    case .contradiction(let first, let second):
      "\(first) and \(second) contradict each other. Leave one of them out."
    case .freshDataRunsOut(
      let strategy, let needed, let available, let generations, let largestSampleCount):
      "\(strategy) needs \(needed) fresh real samples for \(generations) generations, and "
        + "\(available) are left beside generation 0's training set. "
        + (largestSampleCount > 0 ? "Use --samples \(largestSampleCount) or fewer, f" : "F")
        + "ewer --generations, an endless law such as sprites:size=64, or --reuse-real to draw the "
        + "same pictures again."
    case .invalidSetting(let name, let value, let reason):
      "--\(name) \(value) cannot be used: \(reason)"
    case .tooFewSamples(let found, let needed, let purpose):
      "\(purpose) needs at least \(needed) samples; found \(found). Add data or ask for less."
    case .unusableData(let name, let reason):
      "\(name) cannot be used: \(reason)"
    case .tooLittleMemory(let needed, let available):
      "this run would take about \(Int((needed / 1e9).rounded(.up))) GB of memory, and it may take "
        + "80 % of the \(Int((available / 1e9).rounded(.down))) GB that there are. Lower --samples, "
        + "--size, --limit or --generations."
    }
  }
}
