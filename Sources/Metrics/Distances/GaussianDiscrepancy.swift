public import LinearAlgebra

/// Returns the squared maximum mean discrepancy between two sets under the Gaussian kernel
/// `k(x, y) = exp(-‖x - y‖² / 2σ²)`, as the U-statistic over all pairs.
///
/// - Parameters:
///   - real: The real samples, `(n, d)`, `n >= 2`.
///   - generated: The generated samples, `(m, d)`, `m >= 2`.
///   - sigma: The bandwidth, in feature units: ``medianDistance(of:)`` of the real feature part, kept
///     the same for all generations. (The fixed 10 of CMMD does not see a loss of spread.)
/// - Returns: A number of either sign, 0 on average between sets of one law, and its block-jackknife
///   standard error.
/// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite, the
///   dimensions differ or `sigma` is not positive.
/// - Complexity: O((n + m)² d) time; memory does not grow with the pairs.
/// - Note: Gretton et al., JMLR 13 (2012) 723–773, equation 3.
public func rbfMMD(
  real: Matrix, generated: Matrix, sigma: Double
) throws(MetricsError) -> Estimate {
  try real.requireComparable(with: generated)
  try requireBandwidth(sigma)
  let sums = TwoSampleSums(.gaussian(sigma: sigma), real: real, generated: generated)
  return Estimate(value: sums.unbiased, standardError: sums.standardError)
}

/// Throws unless a Gaussian kernel can have this bandwidth, whose square must not vanish.
func requireBandwidth(_ sigma: Double) throws(MetricsError) {
  guard sigma.isFinite, sigma > 1e-150 else { throw .invalidBandwidth(sigma) }
}

/// Returns the same as the V-statistic over all pairs, a sample with itself included: the distance
/// between the two empirical laws in the kernel's space, never negative beyond rounding.
///
/// - Throws: ``MetricsError`` as ``rbfMMD(real:generated:sigma:)``.
public func biasedRBFMMD(
  real: Matrix, generated: Matrix, sigma: Double
) throws(MetricsError) -> Double {
  try real.requireComparable(with: generated)
  try requireBandwidth(sigma)
  return TwoSampleSums(.gaussian(sigma: sigma), real: real, generated: generated)
    .biasedGaussian
}
