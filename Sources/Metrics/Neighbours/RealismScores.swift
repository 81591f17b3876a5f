public import LinearAlgebra

/// What is added to every distance in a realism score, in feature units, as in the authors' program: copies
/// have a score, if one without a meaning beyond "very large".
private let smallestDistance = 1e-5

/// Returns the realism of every generated sample: the largest ratio of a real sample's radius, its distance
/// to its `k`-th nearest other real sample, to its distance from the generated one.
///
/// It is at least 1 (but for the `1e-5` that is added to distances) where the sample lies inside a real ball,
/// and says of samples outside how far out they are.
///
/// - Parameters:
///   - real: The real samples, `(n, d)`, `n >= k + 1`.
///   - generated: The generated samples, `(m, d)`, `m >= 2`.
///   - k: The number of neighbours, at least 1; 3 as published.
/// - Returns: The scores, shape `(m)`; their mean is what programs report.
/// - Throws: ``MetricsError`` if a set is too small, an entry is not finite or the dimensions differ.
/// - Complexity: O((n + m) n d) time; memory does not grow with the pairs.
/// - Note: Kynkäänniemi et al. 2019, equation 3, <https://arxiv.org/abs/1904.06991>; without the pruning of
///   wide balls that the paper mentions and its program leaves out.
public func realismScores(
  of generated: Matrix, among real: Matrix, k: Int = 3
) throws(MetricsError) -> [Double] {
  precondition(k > 0, "no ball holds \(k) neighbours")
  try real.requireDimension(.real, of: generated, .generated)
  try real.requireSamples(.real, atLeast: k + 1)
  try generated.requireSamples(.generated)
  return RealismScores.compute(
    real, NeighbourRadii(of: real, count: k), generated, ks: [k])[0]
}

/// Realism for several numbers of neighbours in one pass.
enum RealismScores {
  /// The scores for each `k`, from balls of at least the largest of them.
  static func compute(
    _ real: Matrix, _ radii: NeighbourRadii, _ generated: Matrix, ks: [Int]
  ) -> [[Double]] {
    let reach = ks.map { k in
      (0..<real.rowCount).map { radii.square($0, neighbour: k).squareRoot() }
    }
    let parts = PairEvaluation([.distance], real, generated).foldingColumns(
      rowCount: real.rowCount, columnCount: generated.rowCount
    ) { columns in
      ks.map { _ in [Double](repeating: 0, count: columns.count) }
    } _: { largest, tile, rows, columns in
      for (position, row) in rows.enumerated() {
        let start = position * columns.count
        for slot in reach.indices {
          let radius = reach[slot][row]
          for index in 0..<columns.count {
            let ratio = radius / (tile[start + index] + smallestDistance)
            if ratio > largest[slot][index] { largest[slot][index] = ratio }
          }
        }
      }
    }
    return ks.indices.map { slot in parts.flatMap { $0[slot] } }
  }
}
