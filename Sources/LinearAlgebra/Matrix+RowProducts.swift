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

  /// Writes `terms[i] + otherTerms[j] + factor · self[i, :] · other[j, :]` for some rows `i` of this matrix and
  /// `j` of another, row after row, to the front of `tile`.
  package func multiply(
    rows: Range<Int>, plus terms: [Float], by factor: Float, transposed otherRows: Range<Int>,
    of other: FloatMatrix, plus otherTerms: [Float], into tile: inout [Float]
  ) {
    let (k, width) = (columnCount, otherRows.count)
    precondition(k == other.columnCount, "rows of length \(k) by rows of \(other.columnCount)")
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= min(rowCount, terms.count), "no rows \(rows)")
    precondition(
      otherRows.lowerBound >= 0 && otherRows.upperBound <= min(other.rowCount, otherTerms.count),
      "no rows \(otherRows)")
    precondition(tile.count >= rows.count * width, "the tile is too small")
    guard !rows.isEmpty, !otherRows.isEmpty else { return }
    unsafe tile.withUnsafeMutableBufferPointer { c in
      for (position, row) in rows.enumerated() {
        unsafe Self.fill(
          c, from: position * width, otherTerms, otherRows, plus: terms[row])
      }
      guard k > 0 else { return }
      unsafe elements.withUnsafeBufferPointer { a in
        unsafe other.elements.withUnsafeBufferPointer { b in
          guard let c = c.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
          unsafe BLAS.multiply(
            CblasNoTrans, CblasTrans, m: rows.count, n: width, k: k, alpha: factor,
            a + rows.lowerBound * k, stride: k, b + otherRows.lowerBound * k, stride: k, beta: 1,
            into: c, stride: width)
        }
      }
    }
  }

  /// Writes the same for pairs of different rows of this matrix, each once: with itself a row has NaN, and
  /// so has a pair below the diagonal.
  package func multiplyPairs(
    of rows: Range<Int>, plus terms: [Float], by factor: Float, into tile: inout [Float]
  ) {
    let (k, width) = (columnCount, rows.count)
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= min(rowCount, terms.count), "no rows \(rows)")
    precondition(tile.count >= width * width, "the tile is too small")
    guard !rows.isEmpty else { return }
    unsafe tile.withUnsafeMutableBufferPointer { c in
      for (position, row) in rows.enumerated() {
        let start = position * width
        unsafe c[start...start + position].update(repeating: .nan)
        unsafe Self.fill(
          c, from: start + position + 1, terms, row + 1..<rows.upperBound, plus: terms[row])
      }
      guard k > 0 else { return }
      unsafe elements.withUnsafeBufferPointer { a in
        guard let c = c.baseAddress, let a = a.baseAddress else { return }
        unsafe BLAS.addGram(
          upperTriangleOf: width, columns: k, alpha: factor, a + rows.lowerBound * k, stride: k,
          into: c, stride: width)
      }
    }
  }

  /// Writes some terms plus one more to consecutive places, on plain memory, since the check of an index a
  /// number would keep this from being vectorised.
  private static func fill(
    _ tile: UnsafeMutableBufferPointer<Float>, from start: Int, _ terms: [Float],
    _ range: Range<Int>, plus term: Float
  ) {
    unsafe terms.withUnsafeBufferPointer { terms in
      for index in 0..<range.count {
        unsafe tile[start + index] = term + terms[range.lowerBound + index]
      }
    }
  }
}
