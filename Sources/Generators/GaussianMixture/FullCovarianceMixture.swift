import LinearAlgebra

/// A Gaussian mixture with full covariances, `p(y) = Σₖ πₖ N(y; μₖ, Cₖ)`.
struct FullCovarianceMixture: Equatable, Sendable {
  /// The mixture weights `π`, of shape `(K)`: non-negative, summing to 1.
  ///
  /// A component that starved keeps its place with weight 0.
  let weights: [Double]

  /// The component means `μ`, of shape `(K, d)`.
  let means: Matrix

  /// The component covariances `C`: `K` symmetric matrices of shape `(d, d)`.
  let covariances: [Matrix]

  /// The number of components, `K`.
  var count: Int { weights.count }

  /// The numbers in a sample, `d`.
  var dimension: Int { means.columnCount }

  /// The mean of the mixture, `Σ πₖ μₖ`.
  var mean: [Double] {
    var mean = [Double](repeating: 0, count: dimension)
    for k in 0..<count {
      for j in 0..<dimension { mean[j] += weights[k] * means[k, j] }
    }
    return mean
  }

  /// The standard deviation of each coordinate, the square root of the diagonal of
  /// ``totalCovariance``.
  var deviations: [Double] {
    let mean = mean
    return (0..<dimension).map { j in
      var variance = 0.0
      for k in 0..<count {
        let distance = means[k, j] - mean[j]
        variance += weights[k] * (covariances[k][j, j] + distance * distance)
      }
      return variance.squareRoot()
    }
  }

  /// The covariance of the mixture, `Σ πₖ (Cₖ + (μₖ - m)(μₖ - m)ᵀ)`.
  var totalCovariance: Matrix {
    let spread = means.subtractingFromRows(mean)
    var total = spread.transposedTimes(spread.scalingRows(weights))
    for k in 0..<count {
      for index in total.elements.indices {
        total.elements[index] += weights[k] * covariances[k].elements[index]
      }
    }
    return total.symmetrized()
  }

  /// The law of the first `size` coordinates.
  func leadingMarginal(_ size: Int) -> FullCovarianceMixture {
    FullCovarianceMixture(
      weights: weights, means: means.leadingColumns(size),
      covariances: covariances.map { $0.block(rows: 0..<size, columns: 0..<size) })
  }

  /// The same law with its components in another order.
  func reordered(_ order: [Int]) -> FullCovarianceMixture {
    FullCovarianceMixture(
      weights: order.map { weights[$0] }, means: means.gatheringRows(order),
      covariances: order.map { covariances[$0] })
  }

  /// The mixture with every distance from `centre` contracted to `√scale` of itself.
  func contracted(towards centre: [Double], scale: Double) -> FullCovarianceMixture {
    let factors = Array(repeating: scale.squareRoot(), count: dimension)
    return FullCovarianceMixture(
      weights: weights,
      means: means.subtractingFromRows(centre).scalingColumns(factors)
        .subtractingFromRows(centre.map { -$0 }),
      covariances: covariances.map { $0.scaled(by: scale) })
  }
}
