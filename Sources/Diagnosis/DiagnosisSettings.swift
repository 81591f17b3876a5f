/// What a diagnosis takes for enough.
public struct DiagnosisSettings: Equatable, Sendable {
  /// The probability of any wrong alarm among all tests.
  public var alpha = 0.05

  /// The share of generation 0's value below which variance and tails count as lost.
  public var threshold = 0.5

  /// Creates the default settings.
  public init() {}
}
