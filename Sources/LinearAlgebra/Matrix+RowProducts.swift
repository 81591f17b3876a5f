import COpenBLAS

/// Products of some rows, on the calling thread and into memory of the caller's: for tasks that
/// already run side by side and make many products, whose results nobody keeps.
extension Matrix {
  /// Writes `self[rows, :] · other[otherRows, :]ᵀ`, row after row, to the front of `tile`.
  ///
  /// It is for callers that visit all pairs of rows tile by tile: the whole product is never stored.
  package func multiply(
    rows: Range<Int>, byTransposed otherRows: Range<Int>, of other: Matrix,
    into tile: inout [Double]
  ) {
    precondition(
      columnCount == other.columnCount,
      "cannot multiply rows of length \(columnCount) by rows of length \(other.columnCount)")
    precondition(
      otherRows.lowerBound >= 0 && otherRows.upperBound <= other.rowCount, "no rows \(otherRows)")
    precondition(tile.count >= rows.count * otherRows.count, "the tile is too small")
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "no rows \(rows)")
    guard !rows.isEmpty, !otherRows.isEmpty, columnCount > 0 else { return }
    unsafe tile.withUnsafeMutableBufferPointer { c in
      unsafe elements.withUnsafeBufferPointer { a in
        unsafe other.elements.withUnsafeBufferPointer { b in
          guard let c = c.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
          unsafe BLAS.multiply(
            CblasNoTrans, CblasTrans, m: rows.count, n: otherRows.count, k: columnCount, alpha: 1,
            a + rows.lowerBound * columnCount, stride: columnCount,
            b + otherRows.lowerBound * columnCount, stride: columnCount, beta: 0, into: c,
            stride: otherRows.count)
        }
      }
    }
  }
}

extension FloatMatrix {
  /// Writes `self[rows, :] · other[otherRows, :]ᵀ`, row after row, to the front of `tile`.
  package func multiply(
    rows: Range<Int>, byTransposed otherRows: Range<Int>, of other: FloatMatrix,
    into tile: inout [Float]
  ) {
    let k = columnCount
    precondition(k == other.columnCount, "rows of length \(k) by rows of \(other.columnCount)")
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "no rows \(rows)")
    precondition(
      otherRows.lowerBound >= 0 && otherRows.upperBound <= other.rowCount, "no rows \(otherRows)")
    precondition(tile.count >= rows.count * otherRows.count, "the tile is too small")
    guard !rows.isEmpty, !otherRows.isEmpty, k > 0 else { return }
    unsafe tile.withUnsafeMutableBufferPointer { c in
      unsafe elements.withUnsafeBufferPointer { a in
        unsafe other.elements.withUnsafeBufferPointer { b in
          guard let c = c.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
          unsafe BLAS.multiply(
            CblasNoTrans, CblasTrans, m: rows.count, n: otherRows.count, k: k,
            a + rows.lowerBound * k, stride: k, b + otherRows.lowerBound * k, stride: k, into: c,
            stride: otherRows.count)
        }
      }
    }
  }
}
