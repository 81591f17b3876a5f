import COpenBLAS

/// Upper triangular matrices, row-major: to LAPACK they are lower ones, column-major, so that nothing is
/// transposed on the way.
extension LAPACK {
  /// - Returns: The upper triangular `R` with `Rᵀ R = matrix`, zeros below its diagonal (`dpotrf`).
  static func upperCholesky(_ matrix: Matrix) throws(LinearAlgebraError) -> Matrix {
    let order = matrix.rowCount
    guard order > 0 else { return matrix }
    var factor = matrix
    BLAS.singleThreaded
    let status = unsafe LAPACKE_dpotrf(
      LAPACK_COL_MAJOR, lower, Int32(order), &factor.elements, Int32(order))
    precondition(status >= 0, "dpotrf rejected argument \(-status)")
    guard status == 0 else {
      throw LinearAlgebraError.notPositiveDefinite(order: order, minor: Int(status))
    }
    for row in 1..<max(1, order) {
      for column in 0..<row { factor.elements[row * order + column] = 0 }
    }
    return factor
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
