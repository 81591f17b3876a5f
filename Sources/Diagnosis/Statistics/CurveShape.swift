import Foundation

/// A family of curves `y = a + b g(x; θ)`, of which `a` and `b` are found by least squares and `θ` by
/// trial.
enum CurveShape: String, CaseIterable, Sendable {
  /// `x`.
  case line
  /// `x^θ`, `θ` from 0.1, which is nearly a logarithm, to 3: grows without bound.
  case power
  /// `1 − exp(−x/θ)`: settles, and soon.
  case exponentialApproach
  /// `x / (x + θ)`: settles as `1/x`, as `Σ 1/s²` does.
  case hyperbolicApproach
  /// `x^−θ`, `θ` from 0.05 to 3: the law of scaling with the size of the data.
  case inversePower

  /// The value of `g`.
  func value(_ x: Double, _ parameter: Double) -> Double {
    switch self {
    case .line: x
    case .power: pow(max(0, x), parameter)
    case .exponentialApproach: -expm1(-x / parameter)
    case .hyperbolicApproach: x / (x + parameter)
    case .inversePower: pow(x, -parameter)
    }
  }

  /// The numbers that are fitted, the variance of the residuals not among them.
  var parameterCount: Int { self == .line ? 2 : 3 }

  /// The range of `θ` for data that reach from 0 or 1 to `last`; `nil` without `θ`.
  ///
  /// Scales stay between a fraction of a generation and four times what was seen: beyond, a curve that
  /// settles cannot be told from a line.
  func range(last: Double) -> ClosedRange<Double>? {
    switch self {
    case .line: nil
    case .power: 0.1...3
    case .exponentialApproach, .hyperbolicApproach: 0.3...max(1, 4 * last)
    case .inversePower: 0.05...3
    }
  }
}
