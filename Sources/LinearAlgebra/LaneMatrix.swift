import COpenBLAS

/// A dense matrix of single-precision numbers whose rows are whole numbers of lanes of eight: the form
/// in which a convolution can be written out, one lane at a time, around its matrix products.
package struct LaneMatrix: Equatable, Sendable {
  /// Eight columns of one row.
  package typealias Lane = SIMD8<Float>

  /// The number of rows.
  package let rowCount: Int

  /// The lanes in a row: an eighth of its columns.
  package let laneCount: Int

  /// The entries, row after row.
  package var lanes: [Lane]

  /// Creates a matrix of zeros.
  package init(rowCount: Int, laneCount: Int) {
    self.rowCount = rowCount
    self.laneCount = laneCount
    lanes = Array(repeating: .zero, count: rowCount * laneCount)
  }

  /// The entry in a row and a column.
  package subscript(row: Int, column: Int) -> Float {
    get { lanes[row * laneCount + column / 8][column % 8] }
    set { lanes[row * laneCount + column / 8][column % 8] = newValue }
  }

  /// Writes `self[rows, :] · factor[factorRows, :]` to as many rows of `product`, from one row on,
  /// computed on the calling thread.
  package func multiply(
    rows: Range<Int>, by factor: LaneMatrix, rows factorRows: Range<Int>,
    into product: inout LaneMatrix, from row: Int
  ) {
    precondition(
      laneCount * 8 == factorRows.count,
      "cannot multiply rows of \(8 * laneCount) entries by \(factorRows.count) rows")
    precondition(
      product.laneCount == factor.laneCount, "the product has \(factor.laneCount) lanes a row")
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "no rows \(rows)")
    precondition(
      factorRows.lowerBound >= 0 && factorRows.upperBound <= factor.rowCount, "no \(factorRows)")
    precondition(row >= 0 && row + rows.count <= product.rowCount, "the product is too small")
    guard !rows.isEmpty, laneCount > 0, factor.laneCount > 0 else { return }
    let (k, n) = (8 * laneCount, 8 * factor.laneCount)
    unsafe product.lanes.withUnsafeMutableBytes { c in
      unsafe lanes.withUnsafeBytes { a in
        unsafe factor.lanes.withUnsafeBytes { b in
          guard let c = unsafe c.baseAddress?.assumingMemoryBound(to: Float.self),
            let a = unsafe a.baseAddress?.assumingMemoryBound(to: Float.self),
            let b = unsafe b.baseAddress?.assumingMemoryBound(to: Float.self)
          else { return }
          unsafe BLAS.multiply(
            CblasNoTrans, CblasNoTrans, m: rows.count, n: n, k: k, a + rows.lowerBound * k,
            stride: k, b + factorRows.lowerBound * n, stride: n, into: c + row * n, stride: n)
        }
      }
    }
  }

  /// The lane that begins anywhere among numbers of which it holds eight.
  @inlinable @inline(__always)
  package static func lane(of values: [Float], from index: Int) -> Lane {
    precondition(index >= 0 && index + 8 <= values.count, "no eight numbers from \(index)")
    return unsafe values.span.bytes.unsafeLoadUnaligned(
      fromByteOffset: index * MemoryLayout<Float>.stride, as: Lane.self)
  }
}
