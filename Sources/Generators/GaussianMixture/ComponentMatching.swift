import LinearAlgebra

/// Which component of one mixture continues which of another.
enum ComponentMatching {
  /// Returns the order in which components are nearest to those of a previous mixture, one by one.
  ///
  /// Partners are an optimal assignment on the distance of the means times `√(π π′)`. Components
  /// without a partner come last; if there are fewer than before, they close up.
  ///
  /// - Parameters:
  ///   - squaredDistances: Between the means and the previous means, of shape `(K, K′)`; rounding may
  ///     have made small ones negative.
  ///   - weights: The weights of the components.
  ///   - previousWeights: The weights of the previous components.
  static func order(
    squaredDistances: Matrix, weights: [Double], previousWeights: [Double]
  ) -> [Int] {
    var costs = squaredDistances
    for i in 0..<costs.rowCount {
      for j in 0..<costs.columnCount {
        costs[i, j] = (max(0, costs[i, j]) * weights[i] * previousWeights[j]).squareRoot()
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
  /// The squared distances between means, of shapes `(K, D)` and `(K′, D)`.
  static func squaredDistances(_ means: Matrix, _ previousMeans: Matrix) -> Matrix {
    // About a common centre the squares of the distances keep their digits.
    let centre = previousMeans.columnMeans()
    let means = means.subtractingFromRows(centre)
    let previous = previousMeans.subtractingFromRows(centre)
    let norms = means.squaredRowNorms()
    let previousNorms = previous.squaredRowNorms()
    var distances = means.times(transposeOf: previous)
    for i in 0..<distances.rowCount {
      for j in 0..<distances.columnCount {
        distances[i, j] = norms[i] + previousNorms[j] - 2 * distances[i, j]
      }
    }
    return distances
  }
}
