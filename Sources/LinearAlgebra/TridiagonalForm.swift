/// A symmetric matrix of order 1 or more as `Q T Qᵀ` with a tridiagonal `T`: what eigenvalues cost most,
/// done once for them and, where they are wanted later, for the eigenvectors.
package struct TridiagonalForm: Sendable {
  var diagonal: [Double]
  var besideDiagonal: [Double]

  /// The reflections whose product is `Q`, column-major below the diagonal, and their scales.
  var reflectors: [Double]
  var scales: [Double]

  /// Returns the eigenvalues, ascending.
  ///
  /// - Throws: ``LinearAlgebraError`` if LAPACK did not converge.
  package func eigenvalues() throws(LinearAlgebraError) -> [Double] {
    try LAPACK.eigenvalues(self)
  }

  /// Returns the eigenvalues, ascending, and their eigenvectors, one a row.
  ///
  /// - Throws: ``LinearAlgebraError`` if LAPACK did not converge.
  package func eigen() throws(LinearAlgebraError) -> (values: [Double], vectors: Matrix) {
    try LAPACK.symmetricEigen(self, count: diagonal.count)
  }
}

extension Matrix {
  /// Reduces a symmetric matrix of order 1 or more.
  ///
  /// - Throws: ``LinearAlgebraError`` if an entry is not finite, or so large that the reduction overflows.
  package func tridiagonalForm() throws(LinearAlgebraError) -> TridiagonalForm {
    precondition(rowCount == columnCount, "a \(rowCount)×\(columnCount) matrix is not symmetric")
    precondition(rowCount > 0, "there is nothing to reduce")
    try requireFinite()
    return try LAPACK.tridiagonal(self)
  }
}
