import COpenBLAS

/// A dense matrix of single-precision numbers, stored row by row: pictures and features.
public struct FloatMatrix: Equatable, Sendable {
  /// The number of rows.
  public let rowCount: Int

  /// The number of columns.
  public let columnCount: Int

  /// The entries, row after row.
  public var elements: [Float]

  /// Creates a matrix from its entries, row after row.
  public init(rowCount: Int, columnCount: Int, elements: [Float]) {
    precondition(
      elements.count == rowCount * columnCount,
      "a \(rowCount)×\(columnCount) matrix has not \(elements.count) entries")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }

  /// Returns `self · other` of shape `(rowCount, other.columnCount)`, computed on the calling thread.
  ///
  /// A caller that has many such products runs them in parallel itself.
  public func times(_ other: FloatMatrix) -> FloatMatrix {
    precondition(
      columnCount == other.rowCount,
      "cannot multiply \(rowCount)×\(columnCount) by \(other.rowCount)×\(other.columnCount)")
    let n = other.columnCount
    let k = columnCount
    var product = FloatMatrix(
      rowCount: rowCount, columnCount: n, elements: Array(repeating: 0, count: rowCount * n))
    guard rowCount > 0, n > 0, k > 0 else { return product }
    unsafe product.elements.withUnsafeMutableBufferPointer { c in
      unsafe elements.withUnsafeBufferPointer { a in
        unsafe other.elements.withUnsafeBufferPointer { b in
          guard let c = c.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
          unsafe BLAS.multiply(
            CblasNoTrans, CblasNoTrans, m: rowCount, n: n, k: k, a, stride: k, b, stride: n,
            into: c, stride: n)
        }
      }
    }
    return product
  }
}
