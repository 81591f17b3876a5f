import LinearAlgebra

/// Which component of one mixture continues which of another.
enum ComponentMatching {
  /// Returns the order in which components are nearest to those of a previous mixture, one by one.
  ///
  /// Partners are an optimal assignment on the distance of the means times `√(π π′)`. Components
  /// without a partner come last; if there are fewer than before, they close up.
  ///
  /// - Parameters:
  ///   - means: The means of the components, of shape `(K, D)`.
  ///   - weights: Their weights.
  ///   - previousMeans: The means of the previous components, of shape `(K′, D)`.
  ///   - previousWeights: Their weights.
  static func order(
    means: Matrix, weights: [Double], previousMeans: Matrix, previousWeights: [Double]
  ) -> [Int] {
    // About a common centre the squares of the distances keep their digits.
    let centre = previousMeans.columnMeans()
    let means = means.subtractingFromRows(centre)
    let previous = previousMeans.subtractingFromRows(centre)
    let norms = means.squaredRowNorms()
    let previousNorms = previous.squaredRowNorms()
    var costs = means.times(transposeOf: previous)
    for i in 0..<costs.rowCount {
      for j in 0..<costs.columnCount {
        let squared = max(0, norms[i] + previousNorms[j] - 2 * costs[i, j])
        costs[i, j] = (squared * weights[i] * previousWeights[j]).squareRoot()
      }
    }
    guard costs.rowCount > costs.columnCount else {
      let places = OptimalAssignment.columns(minimizing: costs)
      return places.indices.sorted { places[$0] < places[$1] }
    }
    let partners = OptimalAssignment.columns(minimizing: costs.transposed())
    let taken = Set(partners)
    return partners + (0..<costs.rowCount).filter { !taken.contains($0) }
  }
}
