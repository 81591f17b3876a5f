import Foundation
import LinearAlgebra

/// The log-densities of rows under each of several Gaussians whose covariances are a few factors plus
/// a diagonal, `N(y; mₖ, FₖᵀFₖ + Aₖ)`: two matrix products for all rows and all Gaussians.
///
/// With `G = F A⁻¹`, the Cholesky factor `L` of `I + G Fᵀ` and `B = L⁻¹ G` (Woodbury's identity),
///
///     (y - m)ᵀ Σ⁻¹ (y - m) = (y - m)ᵀ A⁻¹ (y - m) - |B (y - m)|²,
///     log det Σ = log det A + 2 Σⱼ log Lⱼⱼ.
///
/// For the factors `V √(e - s)` and `A = s I` of probabilistic PCA this is
/// `Σⱼ pⱼ²/eⱼ + r/s` with `p = Vᵀ(y - m)` and `r = |y - m|² - |p|²`.
struct LowRankGaussians: Sendable {
  /// The diagonals `Aₖ`.
  enum Noise: Sendable {
    /// One variance for each Gaussian, of shape `(K)`.
    case isotropic([Double])
    /// A variance for each Gaussian and coordinate, of shape `(K, d)`.
    case diagonal(Matrix)
  }

  /// The rows of a task of ``logJoint(_:)``'s callers: the tile and its products stay in the cache.
  static let tileRows = 256

  /// The `K q` rows of all `Bₖ`, then the `K` rows `Aₖ⁻¹ mₖ`.
  private let maps: Matrix

  /// `Bₖ mₖ`, of shape `(K, q)`.
  private let offsets: Matrix

  /// `mₖᵀ Aₖ⁻¹ mₖ`.
  private let squares: [Double]

  /// The logarithm of each weight plus the log-density at the mean.
  private let constants: [Double]

  private let precisions: Noise

  /// Prepares Gaussians of weights `(K)`, means `(K, d)` and factors `(K q, d)`.
  ///
  /// The variances of the noise must be positive.
  init(weights: [Double], means: Matrix, factors: Matrix, noise: Noise) {
    let count = weights.count
    let d = means.columnCount
    let q = factors.rowCount / count
    let parts = Parallelism.map(count) { k in
      let variances =
        switch noise {
        case .isotropic(let values): [Double](repeating: values[k], count: d)
        case .diagonal(let matrix): Array(matrix.row(k))
        }
      return Part(
        mean: Array(means.row(k)), factors: factors.rows(k * q..<(k + 1) * q),
        variances: variances)
    }
    maps = Matrix(
      rowCount: count * (q + 1), columnCount: d,
      elements: parts.flatMap(\.maps) + parts.flatMap(\.weightedMean))
    offsets = Matrix(rowCount: count, columnCount: q, elements: parts.flatMap(\.offsets))
    squares = parts.map(\.square)
    constants = zip(weights, parts).map { log($0) + $1.logDensityAtMean }
    precisions =
      switch noise {
      case .isotropic(let values): .isotropic(values.map { 1 / $0 })
      case .diagonal(let matrix):
        .diagonal(
          Matrix(rowCount: count, columnCount: d, elements: matrix.elements.map { 1 / $0 }))
      }
  }

  /// The log-density of each row with each Gaussian plus the logarithm of the Gaussian's weight, of
  /// shape `(n, K)`.
  func logJoint(_ rows: Matrix) -> Matrix {
    let (count, q) = (offsets.rowCount, offsets.columnCount)
    let products = rows.times(transposeOf: maps)
    let stride = count * (q + 1)
    let squares = self.squares
    var quadratics = quadratics(rows)
    for row in 0..<rows.rowCount {
      let start = row * stride
      for k in 0..<count {
        var distance =
          quadratics[row, k] - 2 * products.elements[start + count * q + k] + squares[k]
        for j in k * q..<(k + 1) * q {
          let projection = products.elements[start + j] - offsets.elements[j]
          distance -= projection * projection
        }
        quadratics[row, k] = constants[k] - 0.5 * max(0, distance)
      }
    }
    return quadratics
  }

  /// `yᵀ Aₖ⁻¹ y` for every row and Gaussian, of shape `(n, K)`.
  private func quadratics(_ rows: Matrix) -> Matrix {
    switch precisions {
    case .isotropic(let values):
      let norms = rows.squaredRowNorms()
      return Matrix(
        rowCount: rows.rowCount, columnCount: values.count,
        elements: norms.flatMap { norm in values.map { norm * $0 } })
    case .diagonal(let matrix):
      let squared = Matrix(
        rowCount: rows.rowCount, columnCount: rows.columnCount,
        elements: rows.elements.map { $0 * $0 })
      return squared.times(transposeOf: matrix)
    }
  }

  /// What one Gaussian contributes.
  private struct Part: Sendable {
    var maps: [Double]
    var weightedMean: [Double]
    var offsets: [Double]
    var square: Double
    var logDensityAtMean: Double

    init(mean: [Double], factors: Matrix, variances: [Double]) {
      let d = mean.count
      let q = factors.rowCount
      weightedMean = zip(mean, variances).map { $0 / $1 }
      square = zip(mean, weightedMean).reduce(0) { $0 + $1.0 * $1.1 }
      let weighted = factors.scalingColumns(variances.map { 1 / $0 })
      var lower = weighted.times(transposeOf: factors)
      for j in 0..<q { lower[j, j] += 1 }
      var logDeterminant = variances.reduce(0) { $0 + log($1) }
      maps = weighted.elements
      // A Cholesky factorisation of I plus a positive semidefinite matrix, which cannot fail; the
      // rows of the map are solved for as the factor's rows are found.
      for i in 0..<q {
        for j in 0..<i {
          for m in 0..<j { lower[i, j] -= lower[i, m] * lower[j, m] }
          lower[i, j] /= lower[j, j]
          lower[i, i] -= lower[i, j] * lower[i, j]
          for column in 0..<d { maps[i * d + column] -= lower[i, j] * maps[j * d + column] }
        }
        lower[i, i] = max(lower[i, i], 1).squareRoot()
        logDeterminant += 2 * log(lower[i, i])
        for column in 0..<d { maps[i * d + column] /= lower[i, i] }
      }
      offsets = [Double](repeating: 0, count: q)
      for i in 0..<q {
        for column in 0..<d { offsets[i] += maps[i * d + column] * mean[column] }
      }
      logDensityAtMean = -0.5 * (logDeterminant + Double(d) * log(2 * Double.pi))
    }
  }
}
