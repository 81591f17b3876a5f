import LinearAlgebra

/// The squared Fréchet distance between two Gaussians, in its four parts.
public struct FrechetDistance: Equatable, Sendable {
  /// `meanTerm + traceReal + traceGenerated - 2 cross`, what papers report as FID.
  public let value: Double

  /// `‖μ₁ - μ₂‖²`.
  public let meanTerm: Double

  /// `tr Σ₁`, the total variance of the real samples.
  public let traceReal: Double

  /// `tr Σ₂`, the total variance of the generated samples.
  public let traceGenerated: Double

  /// `tr (Σ₁ Σ₂)^½`, the sum of the square roots of the eigenvalues of the product.
  public let cross: Double
}

/// Returns the squared Fréchet distance between Gaussians with the moments of two sets of samples,
/// `‖μ₁ - μ₂‖² + tr Σ₁ + tr Σ₂ - 2 tr (Σ₁ Σ₂)^½`, covariances divided by `n - 1`.
///
/// Nothing is added to a diagonal and no matrix root is taken, so that singular covariances, of fewer
/// samples than features or of collapsed sets, are as exact as others; see ``GaussianTransport``.
/// Rounding may leave a negative value, which is set to 0 if it is within 1e-10 of the traces.
///
/// - Returns: The distance in squared feature units, 0 when the moments agree, symmetric in its
///   arguments up to the names of its parts. Never take it without its floor: two sets of `n` samples
///   of one isotropic law with unit variance are `2d/n + d(d+1)/(2n)` apart.
/// - Throws: ``MetricsError`` if the dimensions differ.
/// - Complexity: O(d³), or O(n²d) for fewer samples than features.
/// - Note: Dowson and Landau, J. Multivariate Anal. 12 (1982) 450–455; Heusel et al. 2017,
///   <https://arxiv.org/abs/1706.08500>.
public func frechetDistance(
  real: SampleStatistics, generated: SampleStatistics
) throws(MetricsError) -> FrechetDistance {
  try GaussianTransport(real: real, generated: generated).distance
}
