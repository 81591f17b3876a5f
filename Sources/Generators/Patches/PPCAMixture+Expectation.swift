import Foundation
import LinearAlgebra

extension PPCAMixture {
  /// The E-step's result: the share of each sample in each component, times the sample's weight, kept per component and only
  /// where it is not small, for in many dimensions nearly every sample belongs to one component.
  struct Shares: Sendable {
    /// The samples of one component, ascending, and their shares in it, times their weights.
    struct Members: Sendable {
      var rows: [Int] = []
      var shares: [Double] = []
    }

    /// The members of each component; the shares of a sample sum to its weight, 1 where none are given.
    var members: [Members]

    /// The weighted mean of the log-densities of the samples, before any share is dropped.
    var meanLogLikelihood: Double

    /// The shares of a hard assignment: clusters of row numbers.
    init(clusters: [[Int]], weights: [Double]? = nil) {
      members = clusters.map { rows in
        Members(
          rows: rows,
          shares: weights.map { weights in rows.map { weights[$0] } }
            ?? Array(repeating: 1, count: rows.count))
      }
      meanLogLikelihood = -.infinity
    }

    /// The shares of rows of shape `(n, d)`; those below `threshold` are dropped, and the rest of the
    /// row scaled up to make up for them.
    init(
      of rows: some DesignMatrix, weights: [Double]? = nil, under mixture: PPCAMixture,
      threshold: Double
    ) {
      let densities = mixture.densities
      let tiles = Parallelism.blocks(of: rows.rowCount, size: LowRankGaussians.tileRows)
      let parts = Parallelism.map(tiles.count) { index in
        Self.part(
          densities.logJoint(rows.rows(tiles[index])), firstRow: tiles[index].lowerBound,
          weights: weights, threshold: threshold)
      }
      members = (0..<mixture.count).map { k in
        Members(
          rows: parts.flatMap { $0.members[k].rows },
          shares: parts.flatMap { $0.members[k].shares })
      }
      let total = weights?.reduce(0, +) ?? Double(max(1, rows.rowCount))
      meanLogLikelihood = parts.reduce(0) { $0 + $1.logLikelihood } / total
    }

    private static func part(
      _ logJoint: Matrix, firstRow: Int, weights: [Double]?, threshold: Double
    ) -> (members: [Members], logLikelihood: Double) {
      let count = logJoint.columnCount
      var members = [Members](repeating: Members(), count: count)
      var logLikelihood = 0.0
      var shares = [Double](repeating: 0, count: count)
      for row in 0..<logJoint.rowCount {
        let start = row * count
        var largest = -Double.infinity
        for k in 0..<count { largest = max(largest, logJoint.elements[start + k]) }
        var sum = 0.0
        for k in 0..<count {
          let difference = logJoint.elements[start + k] - largest
          // exp(-40) is below the rounding of a sum that holds a 1.
          shares[k] = difference > -40 ? exp(difference) : 0
          sum += shares[k]
        }
        let weight = weights?[firstRow + row] ?? 1
        logLikelihood += weight * (largest + log(sum))
        // The largest share stays, however many components divide the row.
        let least = min(threshold * sum, 1)
        var kept = 0.0
        for k in 0..<count where shares[k] >= least { kept += shares[k] }
        for k in 0..<count where shares[k] >= least && shares[k] > 0 {
          members[k].rows.append(firstRow + row)
          members[k].shares.append(weight * (shares[k] / kept))
        }
      }
      return (members, logLikelihood)
    }
  }
}
