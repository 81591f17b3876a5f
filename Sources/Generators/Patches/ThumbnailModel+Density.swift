import Foundation
import LinearAlgebra

extension ThumbnailModel {
  /// Returns the log-density (nats) of rows of shape `(n, D)` under the law that is drawn, with noise
  /// of variance `noiseFloor` added in every direction of model coordinates.
  ///
  /// In the principal coordinates `z = scales ∘ w` component `k` has the covariance
  /// `λ diag(scales) FᵀF diag(scales) + diag(λ s scales² + noise)`: factors and a diagonal, scored
  /// without approximation. The Jacobian of the scales is in the diagonal.
  ///
  /// - Returns: `nil` if neither bias nor noise leaves the law a variance, or its noise is truncated.
  func logDensity(_ rows: Matrix, sampling: Sampling, noiseFloor: Double) -> [Double]? {
    guard sampling.isNormal, sampling.bias > 0 || noiseFloor > 0 else { return nil }
    let scale = sampling.bias.squareRoot()
    let shaped = scales.map { sampling.bias * $0 * $0 }
    let densities = LowRankGaussians(
      weights: sampling.weights(mixture.weights),
      means: sampledMeans(sampling).scalingColumns(scales),
      factors: mixture.factors.scalingColumns(scales.map { $0 * scale }),
      noise: .diagonal(
        Matrix(
          rowCount: mixture.count, columnCount: principal.count,
          elements: mixture.residualVariances.flatMap { s in
            shaped.map { $0 * s + noiseFloor }
          })))
    let outsideVariance = sampling.bias * principal.residualVariance + noiseFloor
    let outsideConstant =
      outsideCount > 0 ? -0.5 * Double(outsideCount) * log(2 * Double.pi * outsideVariance) : 0
    let tiles = Parallelism.blocks(of: rows.rowCount, size: LowRankGaussians.tileRows)
    return Parallelism.map(tiles.count) { index -> [Double] in
      let centred = rows.rows(tiles[index], minus: principal.mean)
      let coordinates = centred.times(transposeOf: principal.components)
      let logJoint = densities.logJoint(coordinates)
      let norms = zip(centred.squaredRowNorms(), coordinates.squaredRowNorms())
      return zip(0..<logJoint.rowCount, norms).map { row, norms in
        let inside = logSumExp(logJoint.row(row))
        guard outsideCount > 0 else { return inside }
        return inside + outsideConstant - 0.5 * max(0, norms.0 - norms.1) / outsideVariance
      }
    }.flatMap { $0 }
  }
}
