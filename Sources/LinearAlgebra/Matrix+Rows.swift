extension Matrix {
  /// Every row times its own factor; `factors` has shape `(rowCount)`.
  public func scalingRows(_ factors: [Double]) -> Matrix {
    precondition(factors.count == rowCount, "\(factors.count) factors, \(rowCount) rows")
    return Matrix(rowCount: rowCount, columnCount: columnCount, tileRows: 256) { rows, out in
      let start = rows.lowerBound * columnCount
      for (position, row) in rows.enumerated() {
        let factor = factors[row]
        for index in position * columnCount..<(position + 1) * columnCount {
          out[index] = elements[start + index] * factor
        }
      }
    }
  }

  /// The mean of the squares of every column, shape `(columnCount)`: zeros where there is no row.
  public func columnMeanSquares() -> [Double] {
    Matrix(rowCount: rowCount, columnCount: columnCount, elements: elements.map { $0 * $0 })
      .columnMeans()
  }
}
