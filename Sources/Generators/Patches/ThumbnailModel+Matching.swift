import LinearAlgebra

extension ThumbnailModel {
  /// The same law with its components in the order of another model's and the factors of each turned
  /// towards those of its partner, so that the same latents draw samples that can be compared.
  ///
  /// See ``ComponentMatching`` for who is whose partner.
  func matched(to previous: ThumbnailModel) -> ThumbnailModel {
    guard previous.dimension == dimension else { return self }
    let overlap = principal.components.times(transposeOf: previous.principal.components)
    let order = ComponentMatching.order(
      squaredDistances: squaredDistances(to: previous, overlap: overlap),
      weights: mixture.weights, previousWeights: previous.mixture.weights)
    let reordered = mixture.reordered(order)
    guard mixture.count == previous.mixture.count else {
      return ThumbnailModel(principal: principal, scales: scales, mixture: reordered)
    }
    let targets = previous.mixture.factors.scalingColumns(previous.scales)
      .times(transposeOf: overlap)
    return ThumbnailModel(
      principal: principal, scales: scales,
      mixture: reordered.turningFactors(towards: targets, scales: scales))
  }

  /// The squared distances between the means of the components of two models in model coordinates, of
  /// shape `(K, K′)`, without leaving the coordinates along their principal components:
  /// `‖m + aC - m′ - bC′‖²` for orthonormal `C` and `C′`.
  ///
  /// - Parameter overlap: `C C′ᵀ`, of shape `(d, d′)`.
  private func squaredDistances(to previous: ThumbnailModel, overlap: Matrix) -> Matrix {
    let means = mixture.means.scalingColumns(scales)
    let previousMeans = previous.mixture.means.scalingColumns(previous.scales)
    let offset = Matrix(
      rowCount: 1, columnCount: dimension,
      elements: zip(principal.mean, previous.principal.mean).map { $0 - $1 })
    let along = means.times(transposeOf: offset.times(transposeOf: principal.components))
    let previousAlong = previousMeans.times(
      transposeOf: offset.times(transposeOf: previous.principal.components))
    let length = offset.squaredRowNorms()[0]
    let norms = means.squaredRowNorms()
    let previousNorms = previousMeans.squaredRowNorms()
    var distances = means.times(overlap).times(transposeOf: previousMeans)
    for i in 0..<distances.rowCount {
      let own = norms[i] + length + 2 * along[i, 0]
      for j in 0..<distances.columnCount {
        distances[i, j] = own + previousNorms[j] - 2 * previousAlong[j, 0] - 2 * distances[i, j]
      }
    }
    return distances
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
