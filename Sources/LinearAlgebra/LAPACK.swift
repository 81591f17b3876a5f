import COpenBLAS

/// The only door to LAPACK.
///
/// Results come in the row-major layout of ``Matrix``.
enum LAPACK {
  private static let vectors = CChar(UInt8(ascii: "V"))
  static let lower = CChar(UInt8(ascii: "L"))

  /// - Returns: The `count` largest eigenvalues, ascending, and their eigenvectors, in rows (`dsyevr`).
  static func leadingSymmetricEigen(
    _ matrix: Matrix, count: Int
  ) throws(LinearAlgebraError) -> (values: [Double], vectors: Matrix) {
    let order = matrix.rowCount
    var elements = matrix.elements
    var values = [Double](repeating: 0, count: order)
    var found: Int32 = 0
    var vectors = [Double](repeating: 0, count: order * count)
    var support = [Int32](repeating: 0, count: 2 * order)
    BLAS.singleThreaded
    let status = unsafe LAPACKE_dsyevr(
      LAPACK_COL_MAJOR, Self.vectors, CChar(UInt8(ascii: "I")), lower, Int32(order), &elements,
      Int32(order), 0, 0, Int32(order - count + 1), Int32(order), 0, &found, &values, &vectors,
      Int32(order), &support)
    try check(status, "dsyevr", order)
    return (
      Array(values.prefix(count)), Matrix(rowCount: count, columnCount: order, elements: vectors)
    )
  }

  /// - Returns: The lower triangular `L` with `L Lᵀ = matrix`, zeros above its diagonal (`dpotrf`).
  static func cholesky(_ matrix: Matrix) throws(LinearAlgebraError) -> Matrix {
    let order = matrix.rowCount
    guard order > 0 else { return matrix }
    var factor = matrix
    BLAS.singleThreaded
    let status = unsafe LAPACKE_dpotrf(
      LAPACK_ROW_MAJOR, lower, Int32(order), &factor.elements, Int32(order))
    precondition(status >= 0, "dpotrf rejected argument \(-status)")
    guard status == 0 else {
      throw LinearAlgebraError.notPositiveDefinite(order: order, minor: Int(status))
    }
    for row in 0..<order {
      for column in (row + 1)..<max(order, row + 1) { factor[row, column] = 0 }
    }
    return factor
  }

  /// - Returns: The inverse of a lower triangular matrix (`dtrtri`).
  static func lowerTriangularInverse(_ matrix: Matrix) throws(LinearAlgebraError) -> Matrix {
    let order = matrix.rowCount
    guard order > 0 else { return matrix }
    var inverse = matrix
    BLAS.singleThreaded
    let status = unsafe LAPACKE_dtrtri(
      LAPACK_ROW_MAJOR, lower, CChar(UInt8(ascii: "N")), Int32(order), &inverse.elements,
      Int32(order))
    precondition(status >= 0, "dtrtri rejected argument \(-status)")
    guard status == 0 else {
      throw LinearAlgebraError.notPositiveDefinite(order: order, minor: Int(status))
    }
    return inverse
  }

  /// - Returns: A matrix with orthonormal columns that span those of `matrix`, for at least as many
  ///   rows as columns (`dgeqrf`, `dorgqr`).
  static func orthonormalColumns(_ matrix: Matrix) throws(LinearAlgebraError) -> Matrix {
    let (m, n) = (matrix.rowCount, matrix.columnCount)
    precondition(m >= n, "\(n) columns of length \(m) cannot be orthonormal")
    guard n > 0 else { return matrix }
    var q = matrix
    var tau = [Double](repeating: 0, count: n)
    BLAS.singleThreaded
    var status = unsafe LAPACKE_dgeqrf(
      LAPACK_ROW_MAJOR, Int32(m), Int32(n), &q.elements, Int32(n), &tau)
    try check(status, "dgeqrf", n)
    status = unsafe LAPACKE_dorgqr(
      LAPACK_ROW_MAJOR, Int32(m), Int32(n), Int32(n), &q.elements, Int32(n), &tau)
    try check(status, "dorgqr", n)
    return q
  }

  /// - Returns: `u` of shape `(m, r)`, the singular values, descending, and `vT` of shape `(r, n)`,
  ///   with `r = min(m, n)` (`dgesdd`).
  static func singularValues(
    _ matrix: Matrix
  ) throws(LinearAlgebraError) -> (u: Matrix, values: [Double], vT: Matrix) {
    let (m, n) = (matrix.rowCount, matrix.columnCount)
    let rank = min(m, n)
    var elements = matrix.elements
    var values = [Double](repeating: 0, count: rank)
    var u = [Double](repeating: 0, count: m * rank)
    var vT = [Double](repeating: 0, count: rank * n)
    guard rank > 0 else {
      return (Matrix(rowCount: m, columnCount: 0), [], Matrix(rowCount: 0, columnCount: n))
    }
    BLAS.singleThreaded
    let status = unsafe LAPACKE_dgesdd(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "S")), Int32(m), Int32(n), &elements, Int32(n),
      &values, &u, Int32(rank), &vT, Int32(n))
    try check(status, "dgesdd", rank)
    return (
      Matrix(rowCount: m, columnCount: rank, elements: u), values,
      Matrix(rowCount: rank, columnCount: n, elements: vT)
    )
  }

  /// A negative status is a wrong argument, which is our bug; a positive one is the data's.
  ///
  /// LAPACKE also reports a NaN in the input as a wrong argument, so callers check their data first.
  static func check(
    _ status: Int32, _ routine: String, _ order: Int
  ) throws(LinearAlgebraError) {
    precondition(status >= 0, "\(routine) rejected argument \(-status)")
    guard status == 0 else {
      throw LinearAlgebraError.didNotConverge(routine: routine, order: order)
    }
  }
}
