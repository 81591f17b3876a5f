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
}
