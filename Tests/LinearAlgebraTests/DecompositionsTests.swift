import LinearAlgebra
import Testing

@Suite("Decompositions")
struct DecompositionsTests {
  private func symmetric(_ order: Int) -> Matrix {
    randomMatrix(order, order).symmetrized()
  }

  /// `Σ values[i] · row(i)ᵀ · row(i)`.
  private func composed(_ eigen: Matrix.SymmetricEigen) -> Matrix {
    eigen.vectors.transposed().times(Matrix.diagonal(eigen.values)).times(eigen.vectors)
  }

  @Test(
    "Eigenvalues and eigenvectors compose the matrix, largest first", arguments: [1, 2, 7, 64, 150])
  func symmetricEigen(order: Int) throws {
    let matrix = symmetric(order)
    let eigen = try matrix.symmetricEigen()
    #expect(composed(eigen).distance(to: matrix) < 1e-12 * Double(order))
    #expect(eigen.values == eigen.values.sorted(by: >))
    #expect(eigen.vectors.outerGram().distance(to: .identity(order)) < 1e-12)
  }

  @Test("A few leading eigenvectors are those of the whole decomposition", arguments: [1, 5, 40])
  func leadingEigen(count: Int) throws {
    let matrix = symmetric(80)
    let (all, leading) = (try matrix.symmetricEigen(), try matrix.symmetricEigen(largest: count))
    #expect(leading.values.count == count)
    for (value, expected) in zip(leading.values, all.values) {
      #expect(abs(value - expected) < 1e-11)
    }
    #expect(leading.vectors.distance(to: all.vectors.rows(0..<count)) < 1e-9)
  }

  @Test("The entry of largest magnitude in an eigenvector is positive")
  func signs() throws {
    let matrix = symmetric(30)
    for eigen in [try matrix.symmetricEigen(), try matrix.symmetricEigen(largest: 3)] {
      for row in 0..<eigen.vectors.rowCount {
        let largest = eigen.vectors.row(row).max { abs($0) < abs($1) } ?? 0
        #expect(largest > 0)
      }
    }
  }

  @Test("Empty and one-by-one matrices have decompositions")
  func smallest() throws {
    let empty = Matrix(rowCount: 0, columnCount: 0)
    #expect(try empty.symmetricEigen().values.isEmpty)
    #expect(try empty.cholesky() == empty)
    #expect(try empty.singularValueDecomposition().values.isEmpty)
    #expect(try Matrix(rowCount: 3, columnCount: 0).orthonormalColumns().columnCount == 0)
    #expect(try symmetric(5).symmetricEigen(largest: 0).vectors.rowCount == 0)
    let one = try Matrix(rows: [[-4]]).symmetricEigen()
    #expect(one.values == [-4])
    #expect(one.vectors.elements == [1])
  }

  @Test(
    "The Cholesky factor is lower triangular, and its inverse undoes it", arguments: [1, 5, 70])
  func cholesky(order: Int) throws {
    let samples = randomMatrix(order + 20, order)
    let matrix = samples.gram()
    let factor = try matrix.cholesky()
    #expect(factor.times(transposeOf: factor).distance(to: matrix) < 1e-11 * Double(order))
    for row in 0..<order {
      for column in (row + 1)..<max(row + 1, order) { #expect(factor[row, column] == 0) }
    }
    let inverse = try factor.lowerTriangularInverse()
    #expect(inverse.times(factor).distance(to: .identity(order)) < 1e-11)
  }

  @Test("A matrix that is not positive definite has no Cholesky factor, which is said")
  func notPositiveDefinite() {
    let matrix = Matrix.diagonal([1, 2, -1, 3])
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 4, minor: 3)) {
      try matrix.cholesky()
    }
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2, minor: 2)) {
      try Matrix.diagonal([1, 0]).lowerTriangularInverse()
    }
    #expect(
      LinearAlgebraError.notPositiveDefinite(order: 4, minor: 3).description == """
        This 4×4 covariance is not positive definite (its leading minor of order 3 is not positive). \
        Pass more samples than features, or raise the covariance floor.
        """)
  }

  @Test("A NaN is refused by every decomposition")
  func notFinite() {
    var matrix = Matrix.identity(3)
    matrix[1, 2] = .infinity
    let error = LinearAlgebraError.notFinite(row: 1, column: 2)
    #expect(throws: error) { try matrix.symmetricEigen() }
    #expect(throws: error) { try matrix.cholesky() }
    #expect(throws: error) { try matrix.orthonormalColumns() }
    #expect(throws: error) { try matrix.singularValueDecomposition() }
    #expect(throws: error) { try matrix.lowerTriangularInverse() }
  }

  @Test(
    "Orthonormal columns span those of the matrix", arguments: [(1, 1), (8, 8), (100, 7), (700, 3)])
  func orthonormalColumns(rowCount: Int, columnCount: Int) throws {
    let matrix = randomMatrix(rowCount, columnCount)
    let q = try matrix.orthonormalColumns()
    #expect(q.gram().distance(to: .identity(columnCount)) < 1e-12)
    // Projecting onto the columns of q changes nothing.
    #expect(q.times(q.transposedTimes(matrix)).distance(to: matrix) < 1e-11)
  }

  @Test(
    "Singular values and vectors compose the matrix, largest first",
    arguments: [(1, 1), (6, 6), (40, 5), (5, 40), (1, 9), (9, 1)])
  func singularValues(rowCount: Int, columnCount: Int) throws {
    let matrix = randomMatrix(rowCount, columnCount)
    let (u, values, vT) = try matrix.singularValueDecomposition()
    #expect(u.times(.diagonal(values)).times(vT).distance(to: matrix) < 1e-12 * 40)
    #expect(values == values.sorted(by: >))
    #expect(u.gram().distance(to: .identity(values.count)) < 1e-12)
    #expect(vT.outerGram().distance(to: .identity(values.count)) < 1e-12)
    // Their squares are the eigenvalues of the Gram matrix.
    let eigen = try matrix.gram().symmetricEigen(largest: values.count)
    for (value, square) in zip(values, eigen.values) {
      #expect(abs(value * value - square) < 1e-11 * 40)
    }
  }
}
