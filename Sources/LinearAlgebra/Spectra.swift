extension Matrix {
  /// Returns the eigenvalues of a symmetric matrix, largest first, without its eigenvectors.
  ///
  /// - Throws: ``LinearAlgebraError`` if an entry is not finite or LAPACK did not converge.
  /// - Complexity: O(order³), several times less than with eigenvectors.
  public func symmetricEigenvalues() throws(LinearAlgebraError) -> [Double] {
    precondition(rowCount == columnCount, "a \(rowCount)×\(columnCount) matrix is not symmetric")
    try requireFinite()
    return try LAPACK.symmetricEigenvalues(self).reversed()
  }

  /// Returns the singular values, largest first: `min(rowCount, columnCount)` of them.
  ///
  /// - Throws: ``LinearAlgebraError`` if an entry is not finite or LAPACK did not converge.
  public func singularValues() throws(LinearAlgebraError) -> [Double] {
    try requireFinite()
    guard rowCount > 0, columnCount > 0 else { return [] }
    return try LAPACK.singularValuesAlone(self)
  }

  /// Returns the upper triangular `R` with `Rᵀ · R = selfᵀ · self`, for at least as many rows as
  /// columns.
  ///
  /// It comes from a QR decomposition, so that, unlike a Cholesky factor of the product, it keeps the
  /// small directions of a matrix that is nearly or exactly rank-deficient.
  ///
  /// - Throws: ``LinearAlgebraError`` if an entry is not finite.
  public func upperTriangularFactor() throws(LinearAlgebraError) -> Matrix {
    try requireFinite()
    return try LAPACK.upperTriangularFactor(self)
  }
}
