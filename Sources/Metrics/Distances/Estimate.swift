/// A number estimated from samples.
public struct Estimate: Equatable, Sendable {
  /// The value.
  public let value: Double

  /// One standard error of ``value``; `nil` where the samples are too few to tell.
  public let standardError: Double?

  /// Creates an estimate.
  public init(value: Double, standardError: Double?) {
    self.value = value
    self.standardError = standardError
  }
}
