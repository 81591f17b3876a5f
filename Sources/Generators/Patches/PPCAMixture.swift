import LinearAlgebra

/// A mixture of probabilistic principal component analysers,
/// `p(y) = Σₖ πₖ N(y; mₖ, FₖᵀFₖ + sₖ I)`.
///
/// A fit has `F = diag(√(e - s)) Vᵀ`, with the `q` leading eigenvalues `e` of a component's covariance,
/// its eigenvectors `V` and the mean `s` of its other eigenvalues. Any rotation of the rows of `Fₖ`
/// among themselves leaves the law as it is; matching generations uses that.
///
/// - Note: Tipping and Bishop, Neural Computation 11 (1999) 443–482.
struct PPCAMixture: Equatable, Sendable {
  /// The weights `π`, of shape `(K)`: positive, summing to 1.
  let weights: [Double]

  /// The means, of shape `(K, d)`.
  let means: Matrix

  /// The factors, `q` rows for each component, of shape `(K q, d)`.
  let factors: Matrix

  /// The residual variances `s`, of shape `(K)`: positive.
  let residualVariances: [Double]

  /// The number of components, `K`.
  var count: Int { weights.count }

  /// The number of coordinates, `d`.
  var dimension: Int { means.columnCount }

  /// The number of factors of a component, `q`.
  var rank: Int { factors.rowCount / count }

  /// The factors of one component, of shape `(q, d)`.
  func factors(of component: Int) -> Matrix {
    factors.rows(component * rank..<(component + 1) * rank)
  }

  /// The mean of the mixture, of shape `(d)`.
  var mean: [Double] {
    Matrix(rowCount: 1, columnCount: count, elements: weights).times(means).elements
  }

  /// The variance of the mixture along each coordinate, within and between components, each times
  /// the coordinate's factor, summed.
  func totalVariance(coordinateFactors factors: [Double]) -> Double {
    let mean = mean
    var total = 0.0
    for k in 0..<count {
      var sum = 0.0
      for j in 0..<dimension {
        let offset = means[k, j] - mean[j]
        var variance = offset * offset + residualVariances[k]
        for factor in k * rank..<(k + 1) * rank {
          variance += self.factors[factor, j] * self.factors[factor, j]
        }
        sum += variance * factors[j]
      }
      total += weights[k] * sum
    }
    return total
  }

  /// The same mixture with its components in another order.
  func reordered(_ order: [Int]) -> PPCAMixture {
    PPCAMixture(
      weights: order.map { weights[$0] }, means: means.gatheringRows(order),
      factors: factors.gatheringRows(order.flatMap { $0 * rank..<($0 + 1) * rank }),
      residualVariances: order.map { residualVariances[$0] })
  }

  /// Prepares the densities of the components.
  var densities: LowRankGaussians {
    LowRankGaussians(
      weights: weights, means: means, factors: factors, noise: .isotropic(residualVariances))
  }
}
