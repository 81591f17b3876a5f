import Foundation
import LinearAlgebra

/// Gaussian classes of one covariance, fitted to labelled real samples: what a linear discriminant
/// analysis makes of a sample.
///
/// - Note: Fisher 1936; Hastie, Tibshirani and Friedman 2009, section 4.3.
struct LinearDiscriminant: Sendable {
  /// The inverse of the Cholesky factor of the covariance within classes, transposed: rows times it are
  /// white.
  private let whitening: Matrix

  /// The means of the classes in white coordinates, one a row.
  private let means: Matrix

  /// The logarithms of the classes' shares.
  private let logShares: [Double]

  /// The least of a direction's variance within classes, as a share of the mean one: below it there are
  /// too few samples to know it.
  private static let smallestVariance = 1e-6

  /// Fits the classes that have samples; `nil` for fewer than two classes, or fewer samples than
  /// dimensions and classes together.
  ///
  /// - Throws: ``MetricsError`` if the covariance cannot be decomposed.
  init?(features: Matrix, labels: [Int]) throws(MetricsError) {
    let n = features.rowCount
    var members: [Int: [Int]] = [:]
    for (row, label) in labels.enumerated() { members[label, default: []].append(row) }
    let classes = members.sorted { $0.key < $1.key }.map(\.value)
    guard classes.count > 1, n > features.columnCount + classes.count else { return nil }
    var moments = StreamingMoments(dimension: features.columnCount)
    var rows: [[Double]] = []
    for rowsOfClass in classes {
      let samples = features.gatheringRows(rowsOfClass)
      let mean = samples.stableColumnMeans()
      rows.append(mean)
      moments.append(samples.subtractingFromRows(mean))
    }
    var within = moments.covariance(ddof: classes.count)
    let floor = Self.smallestVariance * within.trace / Double(features.columnCount)
    guard floor > 0 else { return nil }
    for column in 0..<features.columnCount { within[column, column] += floor }
    let covariance = within
    whitening = try MetricsError.wrapping { () throws(LinearAlgebraError) in
      try covariance.cholesky().lowerTriangularInverse().transposed()
    }
    means = Matrix(rows: rows).times(whitening)
    logShares = classes.map { log(Double($0.count) / Double(n)) }
  }

  /// Returns, for each sample, the probability that it is not of its most probable class.
  func doubts(of samples: some DesignMatrix) -> [Double] {
    samples.rowBlocks.flatMap { doubts(ofRows: samples.rows($0)) }
  }

  private func doubts(ofRows samples: Matrix) -> [Double] {
    let white = samples.times(whitening)
    let products = white.times(transposeOf: means)
    let halfNorms = means.squaredRowNorms().map { $0 / 2 }
    return (0..<samples.rowCount).map { row in
      // The sample's own norm is the same in every class.
      let scores = logShares.indices.map { products[row, $0] - halfNorms[$0] + logShares[$0] }
      let largest = scores.max() ?? 0
      let others = scores.reduce(-1) { $0 + exp($1 - largest) }
      return max(0, others) / (1 + max(0, others))
    }
  }
}
