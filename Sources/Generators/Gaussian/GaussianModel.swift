import Foundation
public import LinearAlgebra
public import Samples

/// A Gaussian in the span of the samples it was fitted to.
///
/// Its covariance is `Vᵀ diag(e) V` with the axes `V` and the variances `e`; it is singular if there
/// were no more samples than dimensions.
public struct GaussianModel: GenerativeModel {
  let principal: PrincipalComponents

  /// Creates the Gaussian of some axes and the variances along them.
  package init(principal: PrincipalComponents) {
    self.principal = principal
  }

  /// The numbers in a sample, `D`.
  public var dimension: Int { principal.dimension }

  /// The dimensions in which the model varies, `min(n - 1, D)` or fewer.
  public var rank: Int { principal.count }

  /// The mean, of shape `(D)`.
  public var mean: [Double] { principal.mean }

  /// The covariance, of shape `(D, D)`.
  public var covariance: Matrix {
    principal.components.transposedTimes(principal.components.scalingRows(principal.eigenvalues))
      .symmetrized()
  }

  /// One component of weight 1.
  public var componentWeights: [Double] { [1] }

  /// The mean, of shape `(1, D)`.
  public var componentMeans: Matrix {
    Matrix(rowCount: 1, columnCount: dimension, elements: mean)
  }

  /// The trace of the covariance.
  public var totalVariance: Double { principal.eigenvalues.reduce(0, +) }

  /// Draws `x = m + √λ Σ^½ z` with the symmetric square root of the covariance.
  ///
  /// The symmetric root depends on the covariance alone, not on the order and signs of eigenvectors,
  /// so that the same `z` draws comparable samples from the models of successive generations.
  public func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) -> Draws {
    let deviations = principal.eigenvalues.map { (sampling.bias * $0).squareRoot() }
    return Draws.tiled(samples, dimension: dimension, tileRows: 32) { tile in
      let noise = latents.normals(
        "noise", samples: tile, count: dimension, within: sampling.truncation)
      let coordinates = noise.times(transposeOf: principal.components).scalingColumns(deviations)
      return Draws(
        rows: principal.reconstruct(coordinates),
        components: Array(repeating: 0, count: tile.count))
    }
  }

  /// The log-density under `N(m, λΣ + f I)` with the noise floor `f`; `nil` if that is singular or
  /// truncated.
  public func logDensity(
    _ rows: Matrix, sampling: Sampling, noiseFloor: Double
  ) -> [Double]? {
    let outside = dimension - rank
    guard sampling.isNormal else { return nil }
    guard noiseFloor > 0 || (outside == 0 && sampling.bias > 0) else { return nil }
    let variances = principal.eigenvalues.map { sampling.bias * $0 + noiseFloor }
    let centred = rows.subtractingFromRows(mean)
    let coordinates = centred.times(transposeOf: principal.components)
    let inside = coordinates.squaredRowNorms()
    let whitened = coordinates.scalingColumns(variances.map { 1 / $0.squareRoot() })
    let squares = whitened.squaredRowNorms()
    var constant = Double(dimension) * log(2 * .pi) + variances.reduce(0) { $0 + log($1) }
    if outside > 0 { constant += Double(outside) * log(noiseFloor) }
    return zip(zip(centred.squaredRowNorms(), inside), squares).map { norms, square in
      let complement = outside > 0 ? max(norms.0 - norms.1, 0) / noiseFloor : 0
      return -0.5 * (square + complement + constant)
    }
  }

  /// Mean, axes and variances.
  public var tensors: [Tensor] {
    [
      Tensor(name: "mean", shape: [dimension], values: .float64(mean)),
      Tensor(
        name: "axes", shape: [rank, dimension], values: .float64(principal.components.elements)),
      Tensor(name: "variances", shape: [rank], values: .float64(principal.eigenvalues)),
    ]
  }

  /// The model itself: it has one component.
  public func matched(to previous: any GenerativeModel) -> any GenerativeModel { self }
}
