import Foundation
import LinearAlgebra

/// The E-step's result: the probability of each component given each sample, kept per component and
/// only where it is not negligible, for in many dimensions nearly every sample has one component.
struct Responsibilities: Sendable {
  /// The share of a sample in a component, times the sample's weight.
  struct Entry: Sendable {
    let row: Int
    let value: Double
  }

  /// For each component its samples, in ascending order.
  ///
  /// The shares of a sample sum to its weight, which is 1 unless weights are given.
  let entries: [[Entry]]

  /// The weights of all samples together; their number unless weights are given.
  let total: Double

  /// The weighted mean of the log-densities of the samples.
  let meanLogLikelihood: Double

  /// The precision in which samples are whitened.
  enum Precision: Sendable {
    /// Twice as fast, for centred samples; components that are too narrow for it are whitened in
    /// double precision, see ``GuardedDensities``.
    case single
    case double
  }

  /// The smallest share that is kept; what is dropped changes the log-likelihood by less than its
  /// rounding error.
  private static let negligible = 1e-13

  /// The rows of a task.
  private static let tileRows = 256

  /// Creates the shares of a hard assignment to `0..<count`.
  init(labels: [Int], weights: [Double]? = nil, count: Int) {
    var entries = [[Entry]](repeating: [], count: count)
    for (row, label) in labels.enumerated() {
      entries[label].append(Entry(row: row, value: weights?[row] ?? 1))
    }
    self.entries = entries
    total = weights?.reduce(0, +) ?? Double(labels.count)
    meanLogLikelihood = -.infinity
  }

  /// Computes the shares of samples `(n, d)` under a mixture.
  init(
    of samples: Matrix, weights: [Double]? = nil, under mixture: FullCovarianceMixture,
    precision: Precision = .double
  ) throws(LinearAlgebraError) {
    let logJoint =
      switch precision {
      case .single: try GuardedDensities(mixture)(samples)
      case .double: try ComponentDensities<Double>(mixture)(samples)
      }
    let tiles = Parallelism.blocks(of: samples.rowCount, size: Self.tileRows)
    let parts = Parallelism.map(tiles.count) { index in
      Self.shares(logJoint, weights: weights, rows: tiles[index])
    }
    entries = (0..<mixture.count).map { k in parts.flatMap { $0.entries[k] } }
    total = weights?.reduce(0, +) ?? Double(samples.rowCount)
    meanLogLikelihood =
      parts.reduce(0) { $0 + $1.logLikelihood } / (samples.rowCount > 0 ? total : 1)
  }

  private static func shares(
    _ logJoint: Matrix, weights: [Double]?, rows: Range<Int>
  ) -> (entries: [[Entry]], logLikelihood: Double) {
    let count = logJoint.columnCount
    var entries = [[Entry]](repeating: [], count: count)
    var logLikelihood = 0.0
    var shares = [Double](repeating: 0, count: count)
    for row in rows {
      let logDensity = logSumExp(logJoint.row(row))
      let weight = weights?[row] ?? 1
      logLikelihood += weight * logDensity
      var kept = 0.0
      for k in 0..<count {
        let share = exp(logJoint[row, k] - logDensity)
        shares[k] = share < negligible ? 0 : share
        kept += shares[k]
      }
      for k in 0..<count where shares[k] > 0 {
        entries[k].append(Entry(row: row, value: weight * (shares[k] / kept)))
      }
    }
    return (entries, logLikelihood)
  }
}
