import LinearAlgebra

extension ThumbnailModel {
  /// The same law with its components in the order of another model's and the factors of each turned
  /// towards those of its partner, so that the same latents draw samples that can be compared.
  ///
  /// See ``ComponentMatching`` for who is whose partner.
  func matched(to previous: ThumbnailModel) -> ThumbnailModel {
    guard previous.dimension == dimension else { return self }
    let order = ComponentMatching.order(
      means: componentMeans, weights: mixture.weights, previousMeans: previous.componentMeans,
      previousWeights: previous.mixture.weights)
    let reordered = mixture.reordered(order)
    guard mixture.count == previous.mixture.count else {
      return ThumbnailModel(principal: principal, scales: scales, mixture: reordered)
    }
    return ThumbnailModel(
      principal: principal, scales: scales,
      mixture: reordered.turningFactors(
        towards: previous.factors(in: principal), scales: scales))
  }

  /// The factors of all components in model coordinates, as coordinates along other principal
  /// components.
  private func factors(in other: PrincipalComponents) -> Matrix {
    mixture.factors.scalingColumns(scales)
      .times(principal.components.times(transposeOf: other.components))
  }
}

extension PPCAMixture {
  /// The same law with the factors of each component rotated among themselves to lie as near to
  /// given ones, of shape `(K q', d)` in unscaled coordinates, as they can (orthogonal Procrustes).
  ///
  /// It aligns the signs of the eigenvectors, and their order where eigenvalues have changed places.
  fileprivate func turningFactors(towards targets: Matrix, scales: [Double]) -> PPCAMixture {
    guard rank > 0, targets.rowCount == factors.rowCount else { return self }
    let unscaled = factors.scalingColumns(scales)
    let turned = Parallelism.map(count) { k -> [Double] in
      let rows = k * rank..<(k + 1) * rank
      let own = factors.rows(rows)
      let overlap = targets.rows(rows).times(transposeOf: unscaled.rows(rows))
      // The rotation U Vᵀ of the overlap U Σ Vᵀ; a failed decomposition leaves the factors alone.
      guard let (u, _, vT) = try? overlap.singularValueDecomposition() else { return own.elements }
      return u.times(vT).times(own).elements
    }
    return PPCAMixture(
      weights: weights, means: means,
      factors: Matrix(
        rowCount: factors.rowCount, columnCount: dimension, elements: turned.flatMap { $0 }),
      residualVariances: residualVariances)
  }
}
