import LinearAlgebra

extension Matrix {
  /// The sum of this matrix and `factor` times another.
  func adding(_ factor: Double, times other: Matrix) -> Matrix {
    precondition(rowCount == other.rowCount && columnCount == other.columnCount, "unequal shapes")
    var sum = self
    for index in sum.elements.indices { sum.elements[index] += factor * other.elements[index] }
    return sum
  }

  /// A rectangular part of the matrix.
  func block(rows: Range<Int>, columns: Range<Int>) -> Matrix {
    var part = Matrix(rowCount: rows.count, columnCount: columns.count)
    for (i, row) in rows.enumerated() {
      for (j, column) in columns.enumerated() { part[i, j] = self[row, column] }
    }
    return part
  }

  /// Every entry times a factor.
  func scaled(by factor: Double) -> Matrix {
    var scaled = self
    for index in scaled.elements.indices { scaled.elements[index] *= factor }
    return scaled
  }

  /// Adds numbers to the diagonal of a square matrix.
  func addingToDiagonal(_ values: [Double]) -> Matrix {
    var sum = self
    for index in 0..<rowCount { sum[index, index] += values[index] }
    return sum
  }

  /// The function of a symmetric matrix that applies `function` to each of its eigenvalues.
  func mappingEigenvalues(
    _ function: (Double) -> Double
  ) throws(LinearAlgebraError) -> Matrix {
    let eigen = try symmetricEigen()
    return eigen.vectors.transposedTimes(eigen.vectors.scalingRows(eigen.values.map(function)))
      .symmetrized()
  }

  /// The symmetric square root of a positive semidefinite matrix; rounding errors below 0 count as 0.
  func symmetricSquareRoot() throws(LinearAlgebraError) -> Matrix {
    try mappingEigenvalues { max($0, 0).squareRoot() }
  }

  /// The covariance with every eigenvalue raised to at least `floor`: a maximum, never an addition.
  ///
  /// A matrix whose eigenvalues are all larger comes back unchanged, bit for bit.
  func flooringEigenvalues(_ floor: Double) throws(LinearAlgebraError) -> Matrix {
    // A Cholesky factor of C - floor I exists exactly if no eigenvalue is below the floor, and is
    // far cheaper than the principal.
    let shifted = addingToDiagonal(Array(repeating: -floor, count: rowCount))
    do {
      _ = try shifted.cholesky()
      return self
    } catch .notPositiveDefinite {
      return try mappingEigenvalues { max($0, floor) }
    }
  }
}
