import Foundation
import LinearAlgebra

/// The log-densities of rows under each of several Gaussians, plus a constant of each: the joint
/// log-densities `log πₖ + log N(y; μₖ, Cₖ)` of a mixture, or the conditional ones of part of a row
/// given the rest.
///
/// Rows are whitened by products with the inverse Cholesky factors. A mean is subtracted after the
/// product, where its rounding error is relative to the whitened distance; forms that expand the square
/// lose a component that is far narrower than its distance from the origin, which is where collapse
/// goes. In single precision the error of a whitened coordinate is 10⁻⁷ of the row's size in units of the
/// component's deviations: ``GuardedDensities`` says when that serves.
struct ComponentDensities<Scalar: BLASScalar>: Sendable {
  /// Some of the whitened coordinates, of all Gaussians side by side.
  private struct Panel: Sendable {
    /// The whitened coordinates of a Gaussian.
    let columns: Range<Int>

    /// The numbers of a row that they depend on: the factors are triangular.
    let inner: Int

    /// The map from a row to its whitened coordinates, of shape `(inner, K · columns)`.
    let map: [Scalar]

    /// The whitened coordinates of the means, of shape `(K · columns)`.
    let offsets: [Scalar]
  }

  /// All whitened coordinates.
  private let panels: [Panel]

  /// For each Gaussian the log-density at its mean, plus its constant.
  private let constants: [Double]

  /// The rows of a task.
  private static var tileRows: Int { 256 }

  /// The most coordinates in a panel: few enough to skip most of the triangle of zeros, enough for the
  /// peak rate of a product.
  private static var panelWidth: Int { 24 }

  /// The Gaussians of one product: its operands and its result stay in the second-level cache.
  private static var groupSize: Int { 8 }

  /// Prepares the joint densities of a mixture; `added` is a variance added to each coordinate.
  ///
  /// - Throws: ``LinearAlgebraError`` if a covariance is not positive definite.
  init(
    _ mixture: FullCovarianceMixture, adding added: [Double]? = nil
  ) throws(LinearAlgebraError) {
    self.init(try WhitenedGaussian.components(of: mixture, adding: added))
  }

  /// Prepares the conditional densities of `t` in rows `(z, t)`: `N(t; mₖ + z Gₖ, Cₖ)` with gains `G`
  /// of shape `(numbers of z, numbers of t)`.
  ///
  /// - Throws: ``LinearAlgebraError`` if a covariance is not positive definite.
  init(
    means: [[Double]], gains: [Matrix], covariances: [Matrix]
  ) throws(LinearAlgebraError) {
    var gaussians: [WhitenedGaussian] = []
    for (mean, (gain, covariance)) in zip(means, zip(gains, covariances)) {
      gaussians.append(
        try WhitenedGaussian(covariance: covariance, gain: gain, mean: mean, constant: 0))
    }
    self.init(gaussians)
  }

  /// Prepares the densities of Gaussians.
  init(_ gaussians: [WhitenedGaussian]) {
    constants = gaussians.map(\.logDensityAtMean)
    let dimension = gaussians.first?.offset.count ?? 0
    let gainRows = (gaussians.first?.map.rowCount ?? 0) - dimension
    let panelCount = (dimension + Self.panelWidth - 1) / Self.panelWidth
    let width = max(1, (dimension + panelCount - 1) / max(1, panelCount))
    panels = Parallelism.blocks(of: dimension, size: width).map { columns in
      let inner = gainRows + columns.upperBound
      var map: [Double] = []
      for row in 0..<inner {
        for gaussian in gaussians {
          map += gaussian.map.row(row).dropFirst(columns.lowerBound).prefix(columns.count)
        }
      }
      return Panel(
        columns: columns, inner: inner,
        map: map.map { Scalar($0) },
        offsets: gaussians.flatMap { $0.offset[columns].map { Scalar($0) } })
    }
  }

  /// The log-density of each row with each Gaussian, of shape `(n, K)`; minus infinity for a
  /// component of weight 0.
  ///
  /// - Parameter rows: The numbers of the rows, one after the other.
  private func densities(
    of rows: [Scalar], rowCount: Int, columnCount: Int
  ) -> Matrix {
    let count = constants.count
    let groups = Parallelism.blocks(of: count, size: Self.groupSize)
    return Matrix(rowCount: rowCount, columnCount: count, tileRows: Self.tileRows) {
      tile, out in
      for row in 0..<tile.count {
        for k in 0..<count { out[row * count + k] = constants[k] }
      }
      let widest = panels.reduce(0) { max($0, $1.columns.count) }
      var whitened = [Scalar](
        repeating: 0, count: tile.count * min(count, Self.groupSize) * widest)
      for panel in panels {
        let width = panel.columns.count
        for group in groups {
          let columns = group.lowerBound * width..<group.upperBound * width
          Scalar.multiply(
            rows, tile, stride: columnCount, inner: panel.inner, by: panel.map, columns: columns,
            otherStride: count * width, into: &whitened, at: 0)
          for row in 0..<tile.count {
            for k in group {
              let square = Self.squaredDistance(
                whitened, from: row * columns.count + k * width - columns.lowerBound,
                to: panel.offsets, from: k * width, count: width)
              out[row * count + k] -= 0.5 * Double(square)
            }
          }
        }
      }
    }
  }

  /// The squared distance of `count` numbers of an array to as many of another.
  ///
  /// Four sums side by side: one alone would wait for each addition to finish before the next.
  @inline(__always)
  private static func squaredDistance(
    _ values: [Scalar], from start: Int, to point: [Scalar], from pointStart: Int, count: Int
  ) -> Scalar {
    precondition(start + count <= values.count && pointStart + count <= point.count)
    return unsafe values.withUnsafeBytes { values in
      unsafe point.withUnsafeBytes { point in
        let size = MemoryLayout<Scalar>.stride
        let whole = count & ~3
        var sums = SIMD4<Scalar>()
        for column in stride(from: 0, to: whole, by: 4) {
          let (i, j) = ((start + column) * size, (pointStart + column) * size)
          let value = unsafe values.loadUnaligned(fromByteOffset: i, as: SIMD4<Scalar>.self)
          let distance =
            unsafe value - point.loadUnaligned(fromByteOffset: j, as: SIMD4<Scalar>.self)
          sums += distance * distance
        }
        var square = sums.sum()
        for column in whole..<count {
          let (i, j) = ((start + column) * size, (pointStart + column) * size)
          let value = unsafe values.loadUnaligned(fromByteOffset: i, as: Scalar.self)
          let distance = unsafe value - point.loadUnaligned(fromByteOffset: j, as: Scalar.self)
          square += distance * distance
        }
        return square
      }
    }
  }
}

extension ComponentDensities<Double> {
  /// The log-density of each row with each Gaussian.
  func callAsFunction(_ rows: Matrix) -> Matrix {
    densities(of: rows.elements, rowCount: rows.rowCount, columnCount: rows.columnCount)
  }
}

extension ComponentDensities<Float> {
  /// The log-density of each row with each Gaussian.
  func callAsFunction(_ rows: FloatMatrix) -> Matrix {
    densities(of: rows.elements, rowCount: rows.rowCount, columnCount: rows.columnCount)
  }
}

/// A Gaussian by the map that whitens it.
struct WhitenedGaussian: Sendable {
  /// The map from a row to its whitened coordinates: the negative whitened gain, if there is one, above
  /// an upper triangle.
  let map: Matrix

  /// The whitened coordinates of the mean.
  let offset: [Double]

  /// The log-density at the mean, plus a constant.
  let logDensityAtMean: Double

  /// The standard deviation of each coordinate given those before it.
  let conditionalDeviations: [Double]

  /// The components of a mixture, each with the logarithm of its weight as constant; `added` is a
  /// variance added to each coordinate.
  static func components(
    of mixture: FullCovarianceMixture, adding added: [Double]? = nil
  ) throws(LinearAlgebraError) -> [WhitenedGaussian] {
    var components: [WhitenedGaussian] = []
    for k in 0..<mixture.count {
      let covariance = mixture.covariances[k]
      components.append(
        try WhitenedGaussian(
          covariance: added.map { covariance.addingToDiagonal($0) } ?? covariance, gain: nil,
          mean: Array(mixture.means.row(k)), constant: log(mixture.weights[k])))
    }
    return components
  }

  init(
    covariance: Matrix, gain: Matrix?, mean: [Double], constant: Double
  ) throws(LinearAlgebraError) {
    let factor = try covariance.cholesky()
    let whitening = try factor.lowerTriangularInverse().transposed()
    var logDensity = constant - 0.5 * Double(mean.count) * log(2 * .pi)
    conditionalDeviations = (0..<factor.rowCount).map { factor[$0, $0] }
    for deviation in conditionalDeviations { logDensity -= log(deviation) }
    logDensityAtMean = logDensity
    offset =
      Matrix(rowCount: 1, columnCount: mean.count, elements: mean).times(whitening).elements
    map =
      gain.map { $0.scaled(by: -1).times(whitening).appendingRows(of: whitening) } ?? whitening
  }
}

/// Returns `log Σ exp(values)`, of which at least one is finite.
func logSumExp(_ values: some Collection<Double>) -> Double {
  let largest = values.max() ?? -.infinity
  var sum = 0.0
  for value in values { sum += exp(value - largest) }
  return largest + log(sum)
}
