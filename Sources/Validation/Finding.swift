/// What one experiment found: one row of the table.
public struct Finding: Equatable, Sendable {
  /// How a measurement is held against its prediction.
  public enum Kind: String, Sendable {
    /// A mean over independent chains, whose prediction is exact: within 4 standard errors.
    case exact
    /// The same where the formula leaves terms out: beyond their bound, within 4 standard errors.
    case firstOrder = "first-order"
    /// The same for an inequality: as large as the prediction, or less by at most 4 standard errors.
    case atLeast = "at-least"
    /// A residual that nothing but rounding makes differ from 0.
    case identity
  }

  /// The quantity, and what it was measured under.
  public let quantity: String

  /// How the measurement is judged.
  public let kind: Kind

  /// What theory says; 0 for an identity.
  public let prediction: Double

  /// The mean over chains, or the largest residual.
  public let measured: Double

  /// The standard error of the mean; 0 for an identity.
  public let standardError: Double

  /// How far an exact mean may lie from the prediction: the bound of the terms that a first-order
  /// formula leaves out, or of rounding; 0 for an exact formula.
  public let allowance: Double

  /// The chains, each one independent of the others.
  public let chains: Int

  /// The distance from the prediction beyond the allowance in standard errors; `nil` for an identity.
  public var z: Double? {
    guard kind != .identity else { return nil }
    let distance = measured - prediction
    if kind == .atLeast, distance >= 0 { return 0 }
    let excess = max(0, abs(distance) - allowance)
    guard excess > 0 else { return 0 }
    return (distance < 0 ? -1 : 1) * excess / standardError
  }

  /// The largest magnitude of ``z`` that passes.
  ///
  /// Among a hundred true predictions one exceeds it by chance in one of 160 validations.
  public static let limit = 4.0

  /// Whether the measurement agrees with the prediction.
  public var agrees: Bool {
    guard measured.isFinite else { return false }
    return z.map { abs($0) <= Self.limit } ?? (measured <= allowance)
  }

  /// A measurement of what is predicted exactly.
  static func exact(_ quantity: String, _ prediction: Double, _ measured: Average) -> Finding {
    Finding(
      quantity: quantity, kind: .exact, prediction: prediction, measured: measured.mean,
      standardError: measured.standardError, allowance: 0, chains: measured.count)
  }

  /// A measurement of what is predicted up to terms of a known bound.
  static func firstOrder(
    _ quantity: String, _ prediction: Double, within allowance: Double, _ measured: Average
  ) -> Finding {
    Finding(
      quantity: quantity, kind: .firstOrder, prediction: prediction, measured: measured.mean,
      standardError: measured.standardError, allowance: allowance, chains: measured.count)
  }

  /// A measurement of what is predicted to be no smaller than a bound.
  static func atLeast(_ quantity: String, _ bound: Double, _ measured: Average) -> Finding {
    Finding(
      quantity: quantity, kind: .atLeast, prediction: bound, measured: measured.mean,
      standardError: measured.standardError, allowance: 0, chains: measured.count)
  }

  /// The largest of the residuals of an identity, which rounding alone may make differ from 0.
  static func identity(_ quantity: String, residuals: [Double], bound: Double) -> Finding {
    // A residual that is no number must not lose a comparison.
    let worst = residuals.reduce(0) { $1.isFinite ? max($0, abs($1)) : .infinity }
    return Finding(
      quantity: quantity, kind: .identity, prediction: 0, measured: worst, standardError: 0,
      allowance: bound, chains: residuals.count)
  }
}
