import COpenBLAS

/// Spectra without vectors: the reduction alone, at a fraction of the cost.
extension LAPACK {
  private static let noVectors = CChar(UInt8(ascii: "N"))

  /// - Returns: The eigenvalues of a symmetric matrix, ascending (`dsytrd`, `dsterf`), of which the
  ///   entries above the diagonal decide.
  static func symmetricEigenvalues(_ matrix: Matrix) throws(LinearAlgebraError) -> [Double] {
    guard matrix.rowCount > 0 else { return [] }
    return try eigenvalues(try tridiagonal(matrix))
  }

  /// - Returns: The eigenvalues, ascending, of a matrix reduced to tridiagonal form (`dsterf`).
  static func eigenvalues(_ form: TridiagonalForm) throws(LinearAlgebraError) -> [Double] {
    var reduced = form
    let order = reduced.diagonal.count
    let status = unsafe LAPACKE_dsterf(
      Int32(order), &reduced.diagonal, &reduced.besideDiagonal)
    try check(status, "dsterf", order)
    return reduced.diagonal
  }

  /// - Returns: The singular values, descending, of a matrix with at least one entry (`dgesdd`).
  static func singularValuesAlone(_ matrix: Matrix) throws(LinearAlgebraError) -> [Double] {
    // Read by columns, the entries are those of the transpose, which has the same singular values.
    let (m, n) = (matrix.columnCount, matrix.rowCount)
    var elements = matrix.elements
    var values = [Double](repeating: 0, count: min(m, n))
    var unused = 0.0
    var alsoUnused = 0.0
    BLAS.singleThreaded
    let status = unsafe LAPACKE_dgesdd(
      LAPACK_COL_MAJOR, noVectors, Int32(m), Int32(n), &elements, Int32(m), &values, &unused, 1,
      &alsoUnused, 1)
    try check(status, "dgesdd", min(m, n))
    return values
  }

  /// - Returns: The upper triangular `R`, of shape `(n, n)`, of `matrix = Q R` for at least as many
  ///   rows as columns.
  static func upperTriangularFactor(_ matrix: Matrix) throws(LinearAlgebraError) -> Matrix {
    let (m, n) = (matrix.rowCount, matrix.columnCount)
    precondition(m >= n, "\(n) columns of length \(m) have no square triangular factor")
    guard n > 0 else { return matrix }
    var elements = matrix.elements
    var tau = [Double](repeating: 0, count: n)
    // Read by columns, the entries are those of the transpose `L Q`, and `L` read by rows is `R`: no
    // copy is transposed (`dgelqf`).
    BLAS.singleThreaded
    let status = unsafe LAPACKE_dgelqf(
      LAPACK_COL_MAJOR, Int32(n), Int32(m), &elements, Int32(n), &tau)
    try check(status, "dgelqf", n)
    var factor = Matrix(rowCount: n, columnCount: n)
    for row in 0..<n {
      for column in row..<n { factor[row, column] = elements[row * n + column] }
    }
    return factor
  }
}
