public import LinearAlgebra

/// The energy distance between two sets.
public struct EnergyDistance: Equatable, Sendable {
  /// `2 E‖x - y‖ - E‖x - x'‖ - E‖y - y'‖` over all pairs, a sample with itself included: the distance
  /// between the two empirical laws, never negative, 0 only between equal ones.
  public let v: Double

  /// The same over pairs of different samples: unbiased, and of either sign near 0.
  public let u: Double

  /// The block-jackknife standard error of ``u``, and to first order of ``v``, over the sampling of
  /// both sets; `nil` for fewer than six samples in a set.
  public let standardError: Double?
}

/// Returns the energy distance between two sets, in feature units: no constant has to be chosen, and
/// few metrics see a loss of spread sooner.
///
/// - Parameters:
///   - real: The real samples, `(n, d)`, `n >= 2`.
///   - generated: The generated samples, `(m, d)`, `m >= 2`.
/// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite or the
///   dimensions differ.
/// - Complexity: O((n + m)² d) time; memory does not grow with the pairs.
/// - Note: Székely and Rizzo, J. Statistical Planning and Inference 143 (2013) 1249–1272.
public func energyDistance(real: Matrix, generated: Matrix) throws(MetricsError) -> EnergyDistance {
  try real.requireComparable(with: generated)
  return EnergyDistance(TwoSampleSums(.distance, real: real, generated: generated))
}

extension EnergyDistance {
  /// From the sums of distances.
  init(_ sums: TwoSampleSums) {
    // The three means agree to about 1e-15 of their size between equal sets, where the V form is 0.
    let v = -sums.biased
    self.v = v < 1e-13 * sums.crossMean ? 0 : v
    u = -sums.unbiased
    standardError = sums.standardError
  }
}
