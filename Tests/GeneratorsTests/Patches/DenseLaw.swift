import Foundation
import LinearAlgebra

@testable import Generators

/// The law of a ``ThumbnailModel`` written out with dense means and covariances in model coordinates:
/// the reference for what is drawn and scored.
struct DenseLaw {
  let weights: [Double]
  let means: Matrix
  let covariances: [Matrix]

  init(_ model: ThumbnailModel, sampling: Sampling = Sampling(), noiseFloor: Double = 0) {
    let axes = model.principal.components
    let mixture = model.mixture
    let d = model.principal.count
    weights = mixture.weights
    var means = model.componentMeans
    if sampling.biasScope == .global {
      let mean = Matrix(rowCount: 1, columnCount: weights.count, elements: weights).times(means)
      for k in 0..<means.rowCount {
        for j in 0..<means.columnCount {
          means[k, j] = mean[0, j] + sampling.bias.squareRoot() * (means[k, j] - mean[0, j])
        }
      }
    }
    self.means = means
    covariances = weights.indices.map { k in
      let factors = mixture.factors(of: k).scalingColumns(model.scales)
      var inside = factors.gram()
      for j in 0..<d {
        inside[j, j] += mixture.residualVariances[k] * model.scales[j] * model.scales[j]
      }
      let outside = Matrix.identity(model.dimension).adding(-1, times: axes.gram())
      return axes.transposedTimes(inside.times(axes)).scaled(by: sampling.bias)
        .adding(sampling.bias * model.principal.residualVariance, times: outside)
        .addingToDiagonal(Array(repeating: noiseFloor, count: model.dimension))
    }
  }

  /// The log-density of each row by Cholesky factors.
  func logDensity(_ rows: Matrix) throws -> [Double] {
    var logJoint: [[Double]] = []
    for (k, covariance) in covariances.enumerated() {
      let factor = try covariance.cholesky()
      let whitened = rows.subtractingFromRows(Array(means.row(k)))
        .times(transposeOf: try factor.lowerTriangularInverse())
      var constant = log(weights[k]) - 0.5 * Double(rows.columnCount) * log(2 * Double.pi)
      for index in 0..<factor.rowCount { constant -= log(factor[index, index]) }
      logJoint.append(whitened.squaredRowNorms().map { constant - 0.5 * $0 })
    }
    return (0..<rows.rowCount).map { row in logSumExp(logJoint.map { $0[row] }) }
  }

  var mean: [Double] {
    Matrix(rowCount: 1, columnCount: weights.count, elements: weights).times(means).elements
  }

  var covariance: Matrix {
    let centred = means.subtractingFromRows(mean)
    var total = centred.transposedTimes(centred.scalingRows(weights))
    for (weight, covariance) in zip(weights, covariances) {
      total = total.adding(weight, times: covariance)
    }
    return total
  }
}
