import Foundation
public import LinearAlgebra
public import Samples

/// The law `Σᵢ wᵢ N(xᵢ, h² I)` about training samples `x` with probabilities `w`.
public struct KernelDensityModel: GenerativeModel {
  let training: TrainingRows

  /// The standard deviation `h` of the noise along every coordinate.
  public let bandwidth: Double

  /// The numbers in a sample, `D`.
  public var dimension: Int { training.rows.columnCount }

  /// The probability of each training sample.
  public var componentWeights: [Double] { training.shares }

  /// The training samples: each is a component of its own.
  public var componentMeans: Matrix { training.rows }

  /// The trace of the covariance: that of the training samples, and `h²` for each coordinate.
  public var totalVariance: Double {
    training.totalVariance + Double(dimension) * bandwidth * bandwidth
  }

  /// Draws `x = xᵢ + √λ h ε`, or, with the global scope of the bias, contracts that towards the mean.
  public func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) -> Draws {
    let components = training.numbers(of: samples, latents: latents)
    let law = sampledLaw(sampling)
    var rows = latents.normals(
      "noise", samples: samples, count: dimension, within: sampling.truncation)
    let deviation = law.variance.squareRoot()
    for (row, component) in components.enumerated() {
      for (column, index) in (row * dimension..<(row + 1) * dimension).enumerated() {
        rows.elements[index] = law.centres[component, column] + deviation * rows.elements[index]
      }
    }
    return Draws(rows: rows, components: components)
  }

  /// The log-density of the law that is drawn, the noise floor added to its variance; `nil` where that
  /// is 0.
  public func logDensity(
    _ rows: Matrix, sampling: Sampling, noiseFloor: Double
  ) -> [Double]? {
    let law = sampledLaw(sampling)
    let variance = law.variance + noiseFloor
    guard sampling.isNormal, variance > 0 else { return nil }
    let constant = -0.5 * Double(dimension) * log(2 * .pi * variance)
    let logWeights = training.shares.map { log($0) }
    let distances = SquaredDistances(to: law.centres)
    let tiles = Parallelism.blocks(of: rows.rowCount, size: 64)
    return Parallelism.map(tiles.count) { index -> [Double] in
      let squares = distances(from: rows.rows(tiles[index]))
      return (0..<squares.rowCount).map { row in
        constant
          + logSumExp(zip(squares.row(row), logWeights).map { $1 - 0.5 * $0 / variance })
      }
    }.flatMap { $0 }
  }

  /// The centres of the kernels as they are sampled, and their variance along every coordinate.
  private func sampledLaw(_ sampling: Sampling) -> (centres: Matrix, variance: Double) {
    let variance = sampling.bias * bandwidth * bandwidth
    guard sampling.biasScope == .global, sampling.bias != 1 else {
      return (training.rows, variance)
    }
    let mean = training.mean
    let factors = Array(repeating: sampling.bias.squareRoot(), count: dimension)
    let contracted = training.rows.subtractingFromRows(mean).scalingColumns(factors)
    return (contracted.subtractingFromRows(mean.map { -$0 }), variance)
  }

  /// The training samples, their weights if they have any, and the bandwidth.
  public var tensors: [Tensor] {
    training.tensors + [Tensor(name: "bandwidth", shape: [1], values: .float64([bandwidth]))]
  }

  /// The model itself: samples of different generations have no identity to match.
  public func matched(to previous: any GenerativeModel) -> any GenerativeModel { self }
}

/// The squared distances of rows from fixed points, by one product.
private struct SquaredDistances: Sendable {
  private let origin: [Double]
  private let points: Matrix
  private let squares: [Double]

  /// A square below this share of the rows' own, about their common mean, has lost half of its digits to
  /// the product and is summed again.
  private static let cancelled = 1e-8

  init(to points: Matrix) {
    origin = points.columnMeans()
    self.points = points.subtractingFromRows(origin)
    squares = self.points.squaredRowNorms()
  }

  /// The squares, of shape `(rows, points)`.
  func callAsFunction(from rows: Matrix) -> Matrix {
    let rows = rows.subtractingFromRows(origin)
    let own = rows.squaredRowNorms()
    var distances = rows.times(transposeOf: points)
    for row in 0..<distances.rowCount {
      for point in 0..<distances.columnCount {
        let scale = own[row] + squares[point]
        let square = scale - 2 * distances[row, point]
        distances[row, point] =
          square > Self.cancelled * scale
          ? square
          : zip(rows.row(row), points.row(point)).reduce(0) { sum, pair in
            sum + (pair.0 - pair.1) * (pair.0 - pair.1)
          }
      }
    }
    return distances
  }
}
