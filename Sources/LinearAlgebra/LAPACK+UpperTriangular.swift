import COpenBLAS

/// Upper triangular matrices, row-major: to LAPACK they are lower ones, column-major, so that nothing is
/// transposed on the way.
extension LAPACK {
  /// Overwrites the upper triangle of a block on the diagonal with the `R` of its `Rᵀ R` (`dpotrf`).
  static func factorUpperCholesky(
    _ matrix: inout Matrix, diagonal block: Range<Int>
  ) throws(LinearAlgebraError) {
    let order = matrix.rowCount
    BLAS.singleThreaded
    let status = unsafe matrix.elements.withUnsafeMutableBufferPointer { buffer -> Int32 in
      guard let start = buffer.baseAddress, !block.isEmpty else { return 0 }
      return unsafe LAPACKE_dpotrf(
        LAPACK_COL_MAJOR, lower, Int32(block.count), start + block.lowerBound * (order + 1),
        Int32(order))
    }
    precondition(status >= 0, "dpotrf rejected argument \(-status)")
    guard status == 0 else {
      throw LinearAlgebraError.notPositiveDefinite(
        order: order, minor: block.lowerBound + Int(status))
    }
  }

  /// - Returns: The inverse of an upper triangular matrix (`dtrtri`).
  static func upperTriangularInverse(_ matrix: Matrix) throws(LinearAlgebraError) -> Matrix {
    let order = matrix.rowCount
    guard order > 0 else { return matrix }
    var inverse = matrix
    BLAS.singleThreaded
    let status = unsafe LAPACKE_dtrtri(
      LAPACK_COL_MAJOR, lower, CChar(UInt8(ascii: "N")), Int32(order), &inverse.elements,
      Int32(order))
    precondition(status >= 0, "dtrtri rejected argument \(-status)")
    guard status == 0 else {
      throw LinearAlgebraError.notPositiveDefinite(order: order, minor: Int(status))
    }
    return inverse
  }
}
