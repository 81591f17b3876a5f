import Foundation

/// Returns the digamma function `ψ(x)`, the derivative of `ln Γ(x)`, for positive `x`.
///
/// `ψ(x) = ψ(x + 1) − 1/x` carries the argument up to where the asymptotic series
/// `ln x − 1/(2x) − Σ B₂ₖ / (2k x²ᵏ)` is exact to rounding. The error is below `10⁻¹²`, relative to
/// `max(1, |ψ|)`.
///
/// - Note: Abramowitz and Stegun, 6.3.5 and 6.3.18.
public func digamma(_ x: Double) -> Double {
  precondition(x > 0, "digamma of \(x)")
  var (x, shift) = (x, 0.0)
  while x < seriesStart {
    shift -= 1 / x
    x += 1
  }
  let inverse = 1 / (x * x)
  var series = 0.0
  for (index, number) in bernoulli.enumerated().reversed() {
    series = (series + number / Double(2 * (index + 1))) * inverse
  }
  return shift + log(x) - 1 / (2 * x) - series
}

/// Returns the trigamma function `ψ₁(x)`, the derivative of ``digamma(_:)``, for positive `x`.
///
/// `ψ₁(x) = ψ₁(x + 1) + 1/x²` and the asymptotic series `1/x + 1/(2x²) + Σ B₂ₖ / x²ᵏ⁺¹`. The
/// relative error is below `10⁻¹²`.
///
/// - Note: Abramowitz and Stegun, 6.4.6 and 6.4.12.
public func trigamma(_ x: Double) -> Double {
  precondition(x > 0, "trigamma of \(x)")
  var (x, shift) = (x, 0.0)
  while x < seriesStart {
    shift += 1 / (x * x)
    x += 1
  }
  let inverse = 1 / (x * x)
  var series = 0.0
  for number in bernoulli.reversed() { series = (series + number) * inverse }
  return shift + 1 / x + inverse / 2 + series / x
}

/// From here on the first seven terms of both series leave an error below `10⁻¹⁵`.
private let seriesStart = 10.0

/// The Bernoulli numbers `B₂, B₄ … B₁₄`.
private let bernoulli: [Double] = [
  1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6,
]
