/// Returns the mean and the variance of the squared Fréchet distance between a one-dimensional Gaussian
/// of variance 1 and its last model under replace, to first order (A8).
///
/// With `T = Σ 1/Mᵢ` the mean is `(3/2) T` and the variance `(5/2) T²`.
///
/// - Parameter sampleCounts: The training samples `M` of each fit; they may differ.
/// - Note: Shumailov et al. 2024, <https://doi.org/10.1038/s41586-024-07566-y>.
public func firstOrderError(sampleCounts: [Int]) -> (mean: Double, variance: Double) {
  let total = sampleCounts.reduce(0) { $0 + 1 / Double($1) }
  return (1.5 * total, 2.5 * total * total)
}
