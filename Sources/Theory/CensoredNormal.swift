import Foundation

/// A normal law whose values outside a range are moved to its ends: levels that are clipped (F4).
public struct CensoredNormal: Equatable, Sendable {
  /// The mean after the clipping.
  public let mean: Double

  /// The variance after the clipping.
  public let variance: Double

  /// Clips `N(mean, variance)` to a range.
  public init(mean: Double, variance: Double, clippedTo range: ClosedRange<Double>) {
    let deviation = variance.squareRoot()
    let low = (range.lowerBound - mean) / deviation
    let high = (range.upperBound - mean) / deviation
    // Moments of the standard normal number z moved into [low, high].
    let (below, above) = (normalProbability(low), normalProbability(-high))
    let inside = 1 - below - above
    let first = normalDensity(low) - normalDensity(high) + low * below + high * above
    let second =
      inside + low * normalDensity(low) - high * normalDensity(high) + low * low * below
      + high * high * above
    self.mean = mean + deviation * first
    self.variance = variance * (second - first * first)
  }
}

/// The density of the standard normal law.
func normalDensity(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }

/// The probability that a standard normal number is at most `x`.
func normalProbability(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }
