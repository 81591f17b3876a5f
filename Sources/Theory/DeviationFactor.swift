import Foundation

/// What a covariance estimate divides by, as theory needs to know it.
public enum VarianceDivisor: Sendable {
  /// By `n`: maximum likelihood.
  case sampleCount
  /// By `n − 1`: unbiased.
  case degreesOfFreedom

  func value(_ n: Int) -> Double {
    switch self {
    case .sampleCount: Double(n)
    case .degreesOfFreedom: Double(n - 1)
    }
  }
}

/// Returns the factor by which a fit shrinks the expected standard deviation of a one-dimensional
/// Gaussian, `√(2/m)·Γ(n/2)/Γ((n − 1)/2)`, with `m` the divisor (A6).
///
/// - Parameter n: The training samples of a fit, at least 2.
/// - Note: For `m = n − 1` it is the constant `α(n)` of Bertrand et al. 2024.
public func deviationFactor(sampleCount n: Int, divisor: VarianceDivisor) -> Double {
  precondition(n > 1, "a variance needs 2 samples, not \(n)")
  return exp(lgamma(Double(n) / 2) - lgamma(Double(n - 1) / 2))
    * (2 / divisor.value(n)).squareRoot()
}

/// Returns the expected squared Fréchet distance of a one-dimensional Gaussian of variance 1 from its
/// model after `fits` fits under replace, exact at all times (A21).
///
/// `2(1 − aᵗ)` for maximum likelihood, with a plateau of 2; `t/n + 2(1 − αᵗ)` for the unbiased
/// estimate, which grows without bound.
///
/// - Parameter n: The training samples of each fit, at least 2.
public func exactFrechetDistance(
  sampleCount n: Int, fits: Int, divisor: VarianceDivisor
) -> Double {
  let kept = pow(deviationFactor(sampleCount: n, divisor: divisor), Double(fits))
  switch divisor {
  case .sampleCount: return 2 * (1 - kept)
  case .degreesOfFreedom: return Double(fits) / Double(n) + 2 * (1 - kept)
  }
}
