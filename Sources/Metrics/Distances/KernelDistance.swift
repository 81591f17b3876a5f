public import LinearAlgebra

/// Returns the kernel distance between two sets (KID): the squared maximum mean discrepancy under
/// `k(x, y) = (x·y/d + 1)³`, as the U-statistic over all pairs,
/// `E k(x, x') + E k(y, y') - 2 E k(x, y)`.
///
/// It is unbiased, so that two sets of one law give 0 on average and negative values are as valid as
/// positive ones. The samples are taken as they are: the kernel is not translation-invariant, and
/// centring would make another metric of it.
///
/// What all samples have in common costs no digits: see ``CubicTerms``. Products of more than 500 features and
/// 10⁷ pairs are taken in single precision where a part of them shows that the mean is right to 1e-10 of
/// the largest value of the kernel about a centre, or of 1; all others in double precision.
///
/// - Parameters:
///   - real: The real samples, `(n, d)`, `n >= 2`.
///   - generated: The generated samples, `(m, d)`, `m >= 2`.
/// - Returns: The distance and its block-jackknife standard error, over the sampling of both sets.
/// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite or the
///   dimensions differ.
/// - Complexity: O((n + m)² d) time; memory does not grow with the pairs.
/// - Note: Bińkowski et al. 2018, <https://arxiv.org/abs/1801.01401>, with all samples in place of
///   their random subsets.
public func kernelDistance(real: Matrix, generated: Matrix) throws(MetricsError) -> Estimate {
  try real.requireComparable(with: generated)
  let sums = TwoSampleSums(
    .cubicPolynomial(about: real.middle), real: real, generated: generated)
  return Estimate(value: sums.unbiased, standardError: sums.standardError)
}
