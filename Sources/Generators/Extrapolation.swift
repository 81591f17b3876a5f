/// What is extrapolated when a model is moved away from another.
public enum Extrapolated: String, CaseIterable, Sendable {
  /// Covariances: `(1 + w) Σ - w Σ′`.
  case covariance
  /// Their inverses: `(1 + w) Σ⁻¹ - w Σ′⁻¹`.
  case precision
}

/// A model whose parameters can be moved away from those of another of its family.
public protocol ExtrapolatingModel: GenerativeModel {
  /// Returns the model at `(1 + w) θ - w θ′` with the parameters θ of this model and θ′ of another:
  /// means, weights, and covariances or precisions.
  ///
  /// What would leave the covariances positive no more is held at a bound, see ``ExtrapolationBounds``.
  ///
  /// - Parameters:
  ///   - other: A model of the same family and dimension, its components in the order of this one's.
  ///   - weight: The weight `w`, not negative.
  /// - Throws: ``GeneratorError`` if the linear algebra fails or the models do not fit.
  /// - Note: Alemohammad et al. 2025 (Neon), <https://arxiv.org/abs/2510.03597>.
  func extrapolated(
    awayFrom other: any GenerativeModel, weight: Double, of quantity: Extrapolated
  ) throws(GeneratorError) -> any GenerativeModel
}
