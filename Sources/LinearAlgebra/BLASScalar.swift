import COpenBLAS

/// The precisions in which BLAS multiplies.
public protocol BLASScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// Writes `rows[range, 0..<inner] · other[0..<inner, columns]`, row after row, to the front of
  /// `output` from `start` on, on the calling thread.
  ///
  /// - Parameters:
  ///   - stride: The numbers from one row of `rows` to the next.
  ///   - otherStride: The numbers from one row of `other` to the next.
  static func multiply(
    _ rows: [Self], _ range: Range<Int>, stride: Int, inner: Int, by other: [Self],
    columns: Range<Int>, otherStride: Int, into output: inout [Self], at start: Int)

  /// Whether any of the numbers in a range is at most a limit.
  static func anyIsAtMost(_ limit: Self, in values: [Self], _ range: Range<Int>) -> Bool

  /// Whether any of the numbers in a range is at most a limit, or at most its own among `limits`, of which
  /// those from `first` on belong to them.
  static func anyIsAtMost(
    _ limit: Self, or limits: [Self], from first: Int, in values: [Self], _ range: Range<Int>
  ) -> Bool
}

extension Double: BLASScalar {
  /// Writes a product (`dgemm`).
  public static func multiply(
    _ rows: [Double], _ range: Range<Int>, stride: Int, inner: Int, by other: [Double],
    columns: Range<Int>, otherStride: Int, into output: inout [Double], at start: Int
  ) {
    check(rows.count, range, stride, inner, other.count, columns, otherStride, output.count, start)
    guard !range.isEmpty, !columns.isEmpty, inner > 0 else { return }
    unsafe output.withUnsafeMutableBufferPointer { c in
      unsafe rows.withUnsafeBufferPointer { a in
        unsafe other.withUnsafeBufferPointer { b in
          guard let c = c.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
          unsafe BLAS.multiply(
            CblasNoTrans, CblasNoTrans, m: range.count, n: columns.count, k: inner, alpha: 1,
            a + range.lowerBound * stride, stride: stride, b + columns.lowerBound,
            stride: otherStride, beta: 0, into: c + start, stride: columns.count)
        }
      }
    }
  }

  /// Whether any of the numbers in a range is at most a limit.
  public static func anyIsAtMost(_ limit: Double, in values: [Double], _ range: Range<Int>) -> Bool
  {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= values.count, "no numbers \(range)")
    return unsafe values.withUnsafeBufferPointer { values in
      var hits: Int64 = 0
      for index in range { hits |= (unsafe values[index] <= limit ? 1 : 0) }
      return hits != 0
    }
  }

  /// Whether any of the numbers in a range is at most a limit, or at most its own.
  public static func anyIsAtMost(
    _ limit: Double, or limits: [Double], from first: Int, in values: [Double],
    _ range: Range<Int>
  ) -> Bool {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= values.count, "no numbers \(range)")
    precondition(first >= 0 && first + range.count <= limits.count, "too few limits")
    // On plain memory, since the check of an index a number would keep this from being vectorised.
    return unsafe values.withUnsafeBufferPointer { values in
      unsafe limits.withUnsafeBufferPointer { limits in
        var hits: Int64 = 0
        for index in 0..<range.count {
          let value = unsafe values[range.lowerBound + index]
          hits |= (value <= limit ? 1 : 0) | (unsafe value <= limits[first + index] ? 1 : 0)
        }
        return hits != 0
      }
    }
  }
}

extension Float: BLASScalar {
  /// Writes a product (`sgemm`).
  public static func multiply(
    _ rows: [Float], _ range: Range<Int>, stride: Int, inner: Int, by other: [Float],
    columns: Range<Int>, otherStride: Int, into output: inout [Float], at start: Int
  ) {
    check(rows.count, range, stride, inner, other.count, columns, otherStride, output.count, start)
    guard !range.isEmpty, !columns.isEmpty, inner > 0 else { return }
    unsafe output.withUnsafeMutableBufferPointer { c in
      unsafe rows.withUnsafeBufferPointer { a in
        unsafe other.withUnsafeBufferPointer { b in
          guard let c = c.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
          unsafe BLAS.multiply(
            CblasNoTrans, CblasNoTrans, m: range.count, n: columns.count, k: inner,
            a + range.lowerBound * stride, stride: stride, b + columns.lowerBound,
            stride: otherStride, into: c + start, stride: columns.count)
        }
      }
    }
  }

  /// Whether any of the numbers in a range is at most a limit.
  public static func anyIsAtMost(_ limit: Float, in values: [Float], _ range: Range<Int>) -> Bool {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= values.count, "no numbers \(range)")
    return unsafe values.withUnsafeBufferPointer { values in
      var hits: Int32 = 0
      for index in range { hits |= (unsafe values[index] <= limit ? 1 : 0) }
      return hits != 0
    }
  }

  /// Whether any of the numbers in a range is at most a limit, or at most its own.
  public static func anyIsAtMost(
    _ limit: Float, or limits: [Float], from first: Int, in values: [Float],
    _ range: Range<Int>
  ) -> Bool {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= values.count, "no numbers \(range)")
    precondition(first >= 0 && first + range.count <= limits.count, "too few limits")
    // On plain memory, since the check of an index a number would keep this from being vectorised.
    return unsafe values.withUnsafeBufferPointer { values in
      unsafe limits.withUnsafeBufferPointer { limits in
        var hits: Int32 = 0
        for index in 0..<range.count {
          let value = unsafe values[range.lowerBound + index]
          hits |= (value <= limit ? 1 : 0) | (unsafe value <= limits[first + index] ? 1 : 0)
        }
        return hits != 0
      }
    }
  }
}

/// Traps where a product would reach outside its operands.
private func check(
  _ rows: Int, _ range: Range<Int>, _ stride: Int, _ inner: Int, _ other: Int,
  _ columns: Range<Int>, _ otherStride: Int, _ output: Int, _ start: Int
) {
  precondition(
    range.lowerBound >= 0 && inner <= stride && range.upperBound * stride <= rows,
    "no rows \(range) of \(inner) numbers")
  precondition(
    columns.lowerBound >= 0 && columns.upperBound <= otherStride && inner * otherStride <= other,
    "no columns \(columns) of \(inner) numbers")
  precondition(
    start >= 0 && start + range.count * columns.count <= output, "the output is too small")
}
