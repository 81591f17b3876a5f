import LinearAlgebra

/// Returns the sliced 2-Wasserstein distance as if all projections were normal, from the first two moments
/// alone: `√(‖m₁ - m₂‖²/d + (√(t₁/d) - √(t₂/d))²)`, `t` being the mean squared distance from the mean.
///
/// It is here for comparison with programs that print it in place of the distance: it sees shift and the total
/// spread, and nothing else. ``slicedWasserstein(real:generated:directions:)`` is the distance.
///
/// - Parameters:
///   - real: The moments of the real samples.
///   - generated: The moments of the generated samples, with the same number of features.
/// - Returns: A number in feature units.
/// - Note: Nadjahi et al. 2021, <https://arxiv.org/abs/2106.15427>.
public func approximateSlicedWasserstein(
  real: SampleStatistics, generated: SampleStatistics
) -> Double {
  precondition(
    real.dimension == generated.dimension,
    "no distance from \(real.dimension) to \(generated.dimension) features")
  let d = Double(real.dimension)
  /// The root of the mean squared distance from the mean, per feature.
  func spread(_ statistics: SampleStatistics) -> Double {
    let n = Double(statistics.count)
    return (statistics.covariance.trace * (n - 1) / n / d).squareRoot()
  }
  let shift = zip(real.mean, generated.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  let difference = spread(real) - spread(generated)
  return (shift / d + difference * difference).squareRoot()
}
