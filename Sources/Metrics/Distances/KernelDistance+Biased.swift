public import LinearAlgebra

/// Returns the kernel distance as the V-statistic, over all pairs, a sample with itself included: the squared
/// distance between the two empirical laws' means in the kernel's space.
///
/// It is never negative, and above 0 on average also between sets of one law: what
/// ``kernelDistance(real:generated:)`` is free of.
///
/// - Parameters:
///   - real: The real samples, `(n, d)`, `n >= 2`.
///   - generated: The generated samples, `(m, d)`, `m >= 2`.
/// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite or the
///   dimensions differ.
/// - Complexity: O((n + m)² d) time; memory does not grow with the pairs.
public func biasedKernelDistance(
  real: Matrix, generated: Matrix
) throws(MetricsError) -> Double {
  try real.requireComparable(with: generated)
  let centre = real.middle
  return TwoSampleSums(.cubicPolynomial(about: centre), real: real, generated: generated)
    .biasedCubic(real: real, generated: generated, about: centre)
}

extension TwoSampleSums {
  /// The V-statistic of the cubic kernel about this centre, whose values of samples with themselves
  /// ``biased`` lacks.
  func biasedCubic(real: Matrix, generated: Matrix, about centre: [Double]) -> Double {
    let ofSame = [real, generated].reduce(0.0) { sum, set in
      let count = Double(set.rowCount)
      return sum + CubicTerms.ofSame(set, about: centre).reduce(0, +) / (count * count)
    }
    // It is a square: only rounding brings it below 0.
    return max(0, biased + ofSame)
  }
}
