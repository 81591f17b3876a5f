import Foundation

/// Returns the expected change of the logarithm of a one-dimensional Gaussian's variance with every
/// fit under replace, `ψ((n − 1)/2) − ln(n/2)`, about `−2/n` (A4).
///
/// The variance of a typical run halves after about `0.35 n` fits, though its mean over runs takes
/// `0.69 n`: the mean lives on a few runs.
///
/// - Parameter n: The training samples of a fit (maximum likelihood), at least 2.
public func expectedLogVarianceStep(sampleCount n: Int) -> Double {
  precondition(n > 1, "a variance needs 2 samples, not \(n)")
  return digamma(Double(n - 1) / 2) - log(Double(n) / 2)
}

/// Returns the variance, over runs, of that change: `ψ₁((n − 1)/2)`, about `2/n` (A5).
///
/// - Parameter n: The training samples of a fit, at least 2.
public func logVarianceStepVariance(sampleCount n: Int) -> Double {
  precondition(n > 1, "a variance needs 2 samples, not \(n)")
  return trigamma(Double(n - 1) / 2)
}
