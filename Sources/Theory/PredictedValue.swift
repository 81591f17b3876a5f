import Foundation

/// What theory expects of one number, and how far chance carries it in one run.
public struct PredictedValue: Equatable, Sendable {
  /// The expectation.
  public let value: Double

  /// Where 95 % of all runs are, to first order; `nil` where that is not known.
  public let range: ClosedRange<Double>?

  /// Creates a prediction.
  public init(_ value: Double, range: ClosedRange<Double>? = nil) {
    self.value = value
    self.range = range
  }

  /// The quantile of the normal law at the end of a 95 % range.
  private static let quantile = 1.96

  /// A number that is a sum of squares of normal errors: a scaled chi-square of the same mean and
  /// variance, by the approximation of Wilson and Hilferty.
  ///
  /// - Parameter degrees: Twice the squared mean over the variance.
  init(_ value: Double, chiSquareDegrees degrees: Double) {
    func end(_ sign: Double) -> Double {
      let h = 2 / (9 * degrees)
      return value * pow(max(0, 1 - h + sign * Self.quantile * h.squareRoot()), 3)
    }
    let isCertain = !(value > 0 && degrees > 0)
    self.init(
      value, range: Self.range(isCertain ? value : end(-1), isCertain ? value : end(1)))
  }

  /// A positive number whose logarithm is normal with this variance.
  ///
  /// - Parameter bounds: What the number cannot leave.
  init(_ value: Double, logVariance: Double, within bounds: ClosedRange<Double> = 0...(.infinity)) {
    let deviation = max(0, logVariance).squareRoot()
    let median = value * exp(-max(0, logVariance) / 2)
    let range = Self.range(
      median * exp(-Self.quantile * deviation), median * exp(Self.quantile * deviation))
    self.init(value, range: range?.clamped(to: bounds))
  }

  /// A range between numbers that are finite and in order, as long loops do not leave them.
  private static func range(_ lower: Double, _ upper: Double) -> ClosedRange<Double>? {
    lower.isFinite && upper.isFinite && lower <= upper ? lower...upper : nil
  }
}
