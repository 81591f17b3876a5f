/// A user's command that did not do what a generator must.
public enum ExternalGeneratorError: Error, Equatable, Sendable, CustomStringConvertible {
  /// It ended with another status than 0, by a signal, or could not be started.
  case failed(call: String, end: String, lastLines: [String])

  /// It ended well, and what it wrote is not what was asked for.
  case wrongOutput(call: String, reason: String)

  /// What it wrote at MODEL, or what is left of it in a run folder, is no model.
  case unusableModel(reason: String)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .failed(let call, let end, let lastLines):
      """
      \(call) \(end)\(Self.told(lastLines))
      Mend the command and run again: whole generations are kept.
      """
    case .wrongOutput(let call, let reason):
      """
      \(call) ended well, but \(Self.clause(reason)). Mend the command and run again: whole generations are kept.
      """
    case .unusableModel(let reason):
      "The command's model cannot be used: \(Self.clause(reason))."
    }
  }

  /// A reason without the full stop that it may bring along.
  private static func clause(_ reason: String) -> String {
    reason.hasSuffix(".") ? String(reason.dropLast()) : reason
  }

  private static func told(_ lastLines: [String]) -> String {
    guard !lastLines.isEmpty else { return " and printed nothing." }
    return ". Its last lines:" + lastLines.map { "\n  \($0)" }.joined()
  }
}
