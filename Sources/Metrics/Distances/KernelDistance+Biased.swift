public import LinearAlgebra

/// Returns the kernel distance as the V-statistic, over all pairs, a sample with itself included: the squared
/// distance between the two empirical laws' means in the kernel's space.
///
/// It is never negative beyond rounding, and above 0 on average also between sets of one law: what
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
  return TwoSampleSums(.cubicPolynomial, real: real, generated: generated)
    .biasedCubic(real: real, generated: generated)
}

extension TwoSampleSums {
  /// The V-statistic of the cubic kernel, whose values of samples with themselves ``biased`` lacks.
  func biasedCubic(real: Matrix, generated: Matrix) -> Double {
    biased + real.meanCubicSelfTerm() / Double(real.rowCount)
      + generated.meanCubicSelfTerm() / Double(generated.rowCount)
  }
}

extension Matrix {
  /// The mean of `(|x|²/d + 1)³` over the rows.
  fileprivate func meanCubicSelfTerm() -> Double {
    let share = 1 / Double(columnCount)
    return squaredRowNorms().reduce(0) { sum, square in
      let base = square * share + 1
      return sum + base * base * base
    } / Double(rowCount)
  }
}
