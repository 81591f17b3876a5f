public import LinearAlgebra

/// Returns the discrepancy between the directions of two sets' rows (CMMD): 1000 times the squared maximum
/// mean discrepancy under `exp(-‖x - y‖² / 2σ²)`, `σ = 10`, of rows divided by their norms, as the
/// V-statistic over all pairs.
///
/// It is made for embeddings such as CLIP's. On unit rows so wide a kernel is all but linear: it sees little
/// more than the difference of the means, and no loss of spread about them. Rows of zeros stay as they are.
///
/// - Parameters:
///   - real: The real samples, `(n, d)`, `n >= 2`.
///   - generated: The generated samples, `(m, d)`, `m >= 2`.
/// - Returns: A number that is not negative, and a block-jackknife standard error over the sampling of both
///   sets.
/// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite or the
///   dimensions differ.
/// - Complexity: O((n + m)² d) time; memory does not grow with the pairs.
/// - Note: Jayasumana et al. 2024, <https://arxiv.org/abs/2401.09603>.
public func unitRowDiscrepancy(
  real: Matrix, generated: Matrix
) throws(MetricsError) -> Estimate {
  try real.requireComparable(with: generated)
  return TwoSampleSums(.wideGaussianOfDirections, real: real, generated: generated)
    .discrepancyOfDirections
}

extension TwoSampleSums {
  /// The discrepancy between directions, from the sums of their kernel.
  var discrepancyOfDirections: Estimate {
    // The three means agree to about 1e-15 of their size between equal sets.
    let value = biased < 1e-13 * abs(crossMean) ? 0 : 1000 * biased
    return Estimate(value: value, standardError: standardError.map { 1000 * $0 })
  }
}
