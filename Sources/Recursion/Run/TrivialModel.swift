import Foundation
import LinearAlgebra

/// One isotropic Gaussian about the mean sample: the model that knows the mean picture and how much
/// pictures vary, and nothing else.
///
/// A generator that predicts real samples no better has collapsed.
struct TrivialModel: Sendable {
  private let mean: [Double]

  /// The variance in every direction.
  private let variance: Double

  /// Fits the Gaussian to rows by maximum likelihood; `nil` if they do not vary.
  init?(rows: RowSource) {
    var sums = [Double](repeating: 0, count: rows.columnCount)
    var spread = StreamingVariance()
    for block in rows.blocks {
      let values = rows.rows(block)
      let means = values.columnMeans()
      for column in sums.indices { sums[column] += means[column] * Double(block.count) }
      spread.append(values)
    }
    let variance = spread.total / Double(max(1, rows.columnCount))
    guard rows.rowCount > 0, variance > 0 else { return nil }
    mean = sums.map { $0 / Double(rows.rowCount) }
    self.variance = variance
  }

  /// The log-density, in nats, of each row, with observation noise of this variance.
  func logDensity(_ rows: Matrix, noiseFloor: Double) -> [Double] {
    let scored = variance + noiseFloor
    let constant = -0.5 * Double(mean.count) * log(2 * Double.pi * scored)
    return rows.subtractingFromRows(mean).squaredRowNorms().map { constant - $0 / (2 * scored) }
  }
}
