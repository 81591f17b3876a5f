extension Matrix {
  /// The eigenvalues and eigenvectors of a symmetric matrix, largest eigenvalue first.
  public struct SymmetricEigen: Sendable {
    /// Descending.
    public let values: [Double]

    /// One orthonormal eigenvector a row, in the order of ``values``.
    public let vectors: Matrix
  }

  /// Returns eigenvalues and eigenvectors of a symmetric matrix, all or the largest `count`.
  ///
  /// Each eigenvector is given the sign that makes its entry of largest magnitude positive, so that
  /// the same matrix always gives the same vectors.
  ///
  /// - Throws: ``LinearAlgebraError`` if an entry is not finite or LAPACK did not converge.
  /// - Complexity: O(order³).
  public func symmetricEigen(
    largest count: Int? = nil
  ) throws(LinearAlgebraError) -> SymmetricEigen {
    precondition(rowCount == columnCount, "a \(rowCount)×\(columnCount) matrix is not symmetric")
    try requireFinite()
    let count = min(count ?? rowCount, rowCount)
    guard count > 0 else {
      return SymmetricEigen(values: [], vectors: Matrix(rowCount: 0, columnCount: columnCount))
    }
    // The divide-and-conquer driver is faster unless only a small part of the spectrum is wanted.
    let ascending =
      count * 4 < rowCount
      ? try LAPACK.leadingSymmetricEigen(self, count: count)
      : try LAPACK.symmetricEigen(self, count: count)
    let order = ascending.values.indices.reversed().prefix(count)
    var vectors = ascending.vectors.gatheringRows(Array(order))
    for row in 0..<count {
      var largest = 0.0
      for value in vectors.row(row) where abs(value) > abs(largest) { largest = value }
      guard largest < 0 else { continue }
      for column in 0..<columnCount { vectors[row, column] = -vectors[row, column] }
    }
    return SymmetricEigen(values: order.map { ascending.values[$0] }, vectors: vectors)
  }

  /// Returns the lower triangular `L` with `L · Lᵀ = self`.
  ///
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(order:minor:)``.
  public func cholesky() throws(LinearAlgebraError) -> Matrix {
    precondition(rowCount == columnCount, "a \(rowCount)×\(columnCount) matrix is not symmetric")
    try requireFinite()
    return try LAPACK.cholesky(self)
  }

  /// Returns the inverse of a lower triangular matrix.
  public func lowerTriangularInverse() throws(LinearAlgebraError) -> Matrix {
    try requireFinite()
    return try LAPACK.lowerTriangularInverse(self)
  }

  /// Returns orthonormal columns that span the columns of `self` (at least as many rows as columns).
  public func orthonormalColumns() throws(LinearAlgebraError) -> Matrix {
    try requireFinite()
    return try LAPACK.orthonormalColumns(self)
  }

  /// Returns the thin singular value decomposition `u · diag(values) · vT`, values descending.
  public func singularValueDecomposition() throws(LinearAlgebraError) -> (
    u: Matrix, values: [Double], vT: Matrix
  ) {
    try requireFinite()
    return try LAPACK.singularValues(self)
  }

  /// Throws the position of the first entry that is NaN or infinite, if there is one.
  public func requireFinite() throws(LinearAlgebraError) {
    guard let index = elements.firstIndex(where: { !$0.isFinite }) else { return }
    throw LinearAlgebraError.notFinite(row: index / columnCount, column: index % columnCount)
  }
}
