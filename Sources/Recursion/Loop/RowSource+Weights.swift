import LinearAlgebra

extension RowSource {
  /// The trace of the covariance of weighted rows, `Σ w |x - m|² / Σ w` with their weighted mean `m`;
  /// 0 where nothing weighs anything.
  ///
  /// - Parameter weights: What each row weighs; `nil` where all weigh the same.
  func totalVariance(weights: [Double]?) -> Double {
    guard let weights else { return totalVariance() }
    guard rowCount > 0 else { return 0 }
    // Sums are taken about the first row, so that a large mean costs no digits.
    let origin = rows(0..<1).elements
    var sums = [Double](repeating: 0, count: columnCount)
    var (squares, total) = (0.0, 0.0)
    for block in blocks {
      let rows = rows(block)
      for row in 0..<rows.rowCount {
        let weight = weights[block.lowerBound + row]
        total += weight
        for column in 0..<columnCount {
          let deviation = rows[row, column] - origin[column]
          sums[column] += weight * deviation
          squares += weight * deviation * deviation
        }
      }
    }
    guard total > 0 else { return 0 }
    let offset = sums.reduce(0) { $0 + $1 * $1 } / total
    return max(0, squares - offset) / total
  }
}
