import LinearAlgebra

extension GaussianMixtureModel: ExtrapolatingModel {
  /// The smallest variance of a component in whitened coordinates.
  private static let floor = 1e-9

  /// Moves the weights, means and covariances of all components, in this model's whitened coordinates.
  ///
  /// A weight that would be negative is 0; weights are scaled to sum to 1.
  ///
  /// - Throws: ``GeneratorError``.
  public func extrapolated(
    awayFrom other: any GenerativeModel, weight: Double, of quantity: Extrapolated
  ) throws(GeneratorError) -> any GenerativeModel {
    guard let other = other as? GaussianMixtureModel, other.dimension == dimension,
      other.mixture.count == mixture.count
    else { throw .unusableModel(reason: "it is of another family, dimension or size") }
    return try GeneratorError.converting("gmm") { () throws(LinearAlgebraError) in
      let others = try other.whitenedMixture(in: principal, floor: Self.floor)
      var covariances: [Matrix] = []
      for (own, synthetic) in zip(mixture.covariances, others.covariances) {
        covariances.append(
          try own.extrapolated(awayFrom: synthetic, weight: weight, of: quantity))
      }
      let weights = Generators.extrapolated(
        mixture.weights, awayFrom: others.weights, weight: weight
      ).map { max(0, $0) }
      let sum = weights.reduce(0, +)
      let outside =
        (1 + weight) * principal.residualVariance - weight * other.principal.residualVariance
      return try GaussianMixtureModel(
        principal: PrincipalComponents(
          mean: principal.mean, components: principal.components,
          eigenvalues: principal.eigenvalues, residualVariance: max(0, outside)),
        mixture: FullCovarianceMixture(
          weights: weights.map { $0 / sum },
          means: mixture.means.scaled(by: 1 + weight).adding(-weight, times: others.means),
          covariances: covariances),
        logLikelihoods: logLikelihoods)
    }
  }
}
