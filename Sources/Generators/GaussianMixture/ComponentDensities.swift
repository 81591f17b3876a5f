import Foundation
import LinearAlgebra

/// The log-densities of rows under each of several Gaussians, plus a constant of each: the joint
/// log-densities `log πₖ + log N(y; μₖ, Cₖ)` of a mixture, or the conditional ones of part of a row
/// given the rest.
///
/// Each Gaussian is whitened by one product with its inverse Cholesky factor. A mean is subtracted
/// after the product, where its rounding error is relative to the whitened distance; forms that expand
/// the square lose a component that is far narrower than its distance from the origin, which is where
/// collapse goes.
struct ComponentDensities: Sendable {
  /// For each Gaussian the map from a row to its whitened coordinates: the negative whitened gain, if
  /// there is one, above an upper triangle.
  private var maps: [Matrix] = []

  /// For each Gaussian the whitened coordinates of its mean.
  private var offsets: [[Double]] = []

  /// For each Gaussian the log-density at its mean, plus its constant.
  private var constants: [Double] = []

  /// The rows of a tile: a tile, its whitened copy and a map stay in the second-level cache.
  private static let tileRows = 256

  /// The columns of a map that one product covers: few enough to skip most of the triangle of zeros,
  /// enough for the peak rate.
  private static let blockColumns = 32

  /// Prepares the joint densities of a mixture; `added` is a variance added to each coordinate.
  ///
  /// - Throws: ``LinearAlgebraError`` if a covariance is not positive definite.
  init(
    _ mixture: FullCovarianceMixture, adding added: [Double]? = nil
  ) throws(LinearAlgebraError) {
    for k in 0..<mixture.count {
      let covariance = mixture.covariances[k]
      try append(
        covariance: added.map { covariance.addingToDiagonal($0) } ?? covariance, gain: nil,
        mean: Array(mixture.means.row(k)), constant: log(mixture.weights[k]))
    }
  }

  /// Prepares the conditional densities of `t` in rows `(z, t)`: `N(t; mₖ + z Gₖ, Cₖ)` with gains `G`
  /// of shape `(numbers of z, numbers of t)`.
  ///
  /// - Throws: ``LinearAlgebraError`` if a covariance is not positive definite.
  init(
    means: [[Double]], gains: [Matrix], covariances: [Matrix]
  ) throws(LinearAlgebraError) {
    for (mean, (gain, covariance)) in zip(means, zip(gains, covariances)) {
      try append(covariance: covariance, gain: gain, mean: mean, constant: 0)
    }
  }

  private mutating func append(
    covariance: Matrix, gain: Matrix?, mean: [Double], constant: Double
  ) throws(LinearAlgebraError) {
    let factor = try covariance.cholesky()
    let whitening = try factor.lowerTriangularInverse().transposed()
    var logDensity = constant - 0.5 * Double(mean.count) * log(2 * .pi)
    for index in 0..<factor.rowCount { logDensity -= log(factor[index, index]) }
    constants.append(logDensity)
    offsets.append(
      Matrix(rowCount: 1, columnCount: mean.count, elements: mean).times(whitening).elements)
    maps.append(
      gain.map { $0.scaled(by: -1).times(whitening).appendingRows(of: whitening) } ?? whitening)
  }

  /// The log-density of each row with each Gaussian, of shape `(n, K)`; minus infinity for a
  /// component of weight 0.
  func callAsFunction(_ rows: Matrix) -> Matrix {
    let count = constants.count
    return Matrix(rowCount: rows.rowCount, columnCount: count, tileRows: Self.tileRows) {
      tile, out in
      var whitened: [Double] = []
      for k in 0..<count {
        whiten(rows, tile, k, into: &whitened)
        let offset = offsets[k]
        for row in 0..<tile.count {
          let square = Self.squaredDistance(whitened, from: row * offset.count, to: offset)
          out[row * count + k] = constants[k] - 0.5 * square
        }
      }
    }
  }

  /// Overwrites `whitened` with the whitened coordinates of some rows, those of the mean not yet taken
  /// away.
  private func whiten(
    _ rows: Matrix, _ range: Range<Int>, _ k: Int, into whitened: inout [Double]
  ) {
    let dimension = offsets[k].count
    let gainRows = maps[k].rowCount - dimension
    if whitened.count < range.count * dimension {
      whitened = Array(repeating: 0, count: range.count * dimension)
    }
    for columns in Parallelism.blocks(of: dimension, size: Self.blockColumns) {
      // Below the diagonal the columns are zero.
      rows.multiply(
        rows: range, by: columns, of: maps[k], inner: gainRows + columns.upperBound,
        into: &whitened)
    }
  }

  /// The squared distance of part of an array to a point.
  ///
  /// Four sums side by side: one alone would wait for each addition to finish before the next.
  @inline(__always)
  private static func squaredDistance(
    _ values: [Double], from start: Int, to point: [Double]
  ) -> Double {
    let whole = point.count & ~3
    var sums = SIMD4<Double>()
    for column in stride(from: 0, to: whole, by: 4) {
      let place = start + column
      let distance =
        SIMD4(values[place], values[place + 1], values[place + 2], values[place + 3])
        - SIMD4(point[column], point[column + 1], point[column + 2], point[column + 3])
      sums += distance * distance
    }
    var square = sums.sum()
    for column in whole..<point.count {
      let distance = values[start + column] - point[column]
      square += distance * distance
    }
    return square
  }
}

/// Returns `log Σ exp(values)`, of which at least one is finite.
func logSumExp(_ values: some Collection<Double>) -> Double {
  let largest = values.max() ?? -.infinity
  var sum = 0.0
  for value in values { sum += exp(value - largest) }
  return largest + log(sum)
}
