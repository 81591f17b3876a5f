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
    multiply(
      rows: rows, inner: columnCount, CblasTrans, other,
      from: otherRows.lowerBound * other.columnCount, columns: otherRows.count,
      into: &tile)
  }

  /// Writes `self[rows, :] · other[:, columns]`, using only the first `inner` columns of `self` and rows
  /// of `other`, row after row, to the front of `tile`.
  ///
  /// It is for matrices of which the columns have only so many entries, such as triangular ones.
  package func multiply(
    rows: Range<Int>, by columns: Range<Int>, of other: Matrix, inner: Int,
    into tile: inout [Double]
  ) {
    precondition(
      inner <= columnCount && inner <= other.rowCount, "no \(inner) inner rows and columns")
    precondition(
      columns.lowerBound >= 0 && columns.upperBound <= other.columnCount, "no columns \(columns)")
    precondition(tile.count >= rows.count * columns.count, "the tile is too small")
    multiply(
      rows: rows, inner: inner, CblasNoTrans, other, from: columns.lowerBound,
      columns: columns.count, into: &tile)
  }

  private func multiply(
    rows: Range<Int>, inner: Int, _ transposition: BLAS.Transposition, _ other: Matrix,
    from otherStart: Int, columns: Int, into tile: inout [Double]
  ) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "no rows \(rows)")
    guard !rows.isEmpty, columns > 0, inner > 0 else { return }
    unsafe tile.withUnsafeMutableBufferPointer { c in
      unsafe elements.withUnsafeBufferPointer { a in
        unsafe other.elements.withUnsafeBufferPointer { b in
          guard let c = c.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
          unsafe BLAS.multiply(
            CblasNoTrans, transposition, m: rows.count, n: columns, k: inner, alpha: 1,
            a + rows.lowerBound * columnCount, stride: columnCount, b + otherStart,
            stride: other.columnCount, beta: 0, into: c, stride: columns)
        }
      }
    }
  }
}
