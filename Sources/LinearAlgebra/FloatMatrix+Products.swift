import COpenBLAS

// Products on the calling thread: whoever has many of them runs them in parallel.
extension FloatMatrix {
  /// Creates a matrix of the entries of another, rounded to single precision.
  public init(_ matrix: Matrix) {
    self.init(
      rowCount: matrix.rowCount, columnCount: matrix.columnCount,
      elements: matrix.elements.map(Float.init))
  }

  /// Returns `self · otherᵀ`, of shape `(rowCount, other.rowCount)`, computed on the calling thread.
  public func times(transposeOf other: FloatMatrix) -> FloatMatrix {
    precondition(
      columnCount == other.columnCount,
      "cannot multiply \(rowCount)×\(columnCount) by \(other.rowCount)×\(other.columnCount) transposed"
    )
    let (m, n, k) = (rowCount, other.rowCount, columnCount)
    var product = [Float](repeating: 0, count: m * n)
    guard m > 0, n > 0, k > 0 else {
      return FloatMatrix(rowCount: m, columnCount: n, elements: product)
    }
    unsafe product.withUnsafeMutableBufferPointer { c in
      unsafe elements.withUnsafeBufferPointer { a in
        unsafe other.elements.withUnsafeBufferPointer { b in
          guard let c = c.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
          unsafe BLAS.multiply(
            CblasNoTrans, CblasTrans, m: m, n: n, k: k, a, stride: k, b, stride: k, into: c,
            stride: n)
        }
      }
    }
    return FloatMatrix(rowCount: m, columnCount: n, elements: product)
  }

  /// Overwrites consecutive rows with those of `left`, multiplied by `right`.
  public mutating func setRows(
    _ rows: Range<Int>, to left: FloatMatrix, times right: FloatMatrix
  ) {
    precondition(
      left.columnCount == right.rowCount && columnCount == right.columnCount,
      "\(left.columnCount) columns by \(right.rowCount)×\(right.columnCount) do not fit")
    Float.multiply(
      left.elements, rows, stride: left.columnCount, inner: left.columnCount, by: right.elements,
      columns: 0..<columnCount, otherStride: columnCount, into: &elements,
      at: rows.lowerBound * columnCount)
  }
}
