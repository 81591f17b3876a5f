import LinearAlgebra

extension GaussianModel: ExtrapolatingModel {
  /// Moves mean and covariance, within the span of this model's own axes.
  ///
  /// - Throws: ``GeneratorError``.
  public func extrapolated(
    awayFrom other: any GenerativeModel, weight: Double, of quantity: Extrapolated
  ) throws(GeneratorError) -> any GenerativeModel {
    guard let other = other as? GaussianModel, other.dimension == dimension else {
      throw .unusableModel(reason: "it is of another family or dimension")
    }
    return try GeneratorError.converting("gaussian") { () throws(LinearAlgebraError) in
      let overlap = other.principal.components.times(transposeOf: principal.components)
      let others = overlap.transposedTimes(overlap.scalingRows(other.principal.eigenvalues))
      let covariance = try Matrix.diagonal(principal.eigenvalues)
        .extrapolated(awayFrom: others.symmetrized(), weight: weight, of: quantity)
      let eigen = try covariance.symmetricEigen()
      return GaussianModel(
        principal: PrincipalComponents(
          mean: Generators.extrapolated(mean, awayFrom: other.mean, weight: weight),
          components: eigen.vectors.times(principal.components), eigenvalues: eigen.values,
          residualVariance: 0))
    }
  }
}
