import Testing

@testable import LinearAlgebra

@Suite("Upper triangular factors")
struct UpperTriangularTests {
  /// A regular covariance of an order on either side of a tile's border.
  private static func covariance(_ order: Int, seed: UInt64) -> Matrix {
    var covariance = randomMatrix(2 * order + 3, order, seed: seed).gram()
    for index in 0..<order { covariance[index, index] += 1 }
    return covariance
  }

  private func expectClose(_ first: Matrix, _ second: Matrix, tolerance: Double) {
    #expect(first.rowCount == second.rowCount && first.columnCount == second.columnCount)
    let largest = second.elements.reduce(0) { max($0, abs($1)) }
    let worst = zip(first.elements, second.elements).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(worst <= tolerance * largest, "\(worst)")
  }

  @Test(
    "The Cholesky factor multiplies to its matrix, and its inverse to 1",
    arguments: [1, 2, 40, 256, 300, 650])
  func factors(order: Int) throws {
    let covariance = Self.covariance(order, seed: 1)
    let factor = try covariance.upperCholesky()
    for row in 0..<order {
      #expect(factor[row, row] > 0)
      for column in 0..<row { #expect(factor[row, column] == 0) }
    }
    expectClose(factor.transposed().times(factor), covariance, tolerance: 1e-13)
    let inverse = try factor.upperTriangularInverse()
    expectClose(inverse.times(factor), .identity(order), tolerance: 1e-11)
  }

  @Test("A matrix that is not positive definite has no factor")
  func indefinite() {
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2, minor: 2)) {
      try Matrix.diagonal([1, -1]).upperCholesky()
    }
    #expect(throws: LinearAlgebraError.self) { try Matrix.diagonal([1, .nan]).upperCholesky() }
    var large = Self.covariance(600, seed: 5)
    large[570, 570] = -1
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 600, minor: 571)) {
      try large.upperCholesky()
    }
  }

  @Test("The product of factors is that of any matrices", arguments: [1, 7, 256, 300, 530])
  func products(order: Int) throws {
    let first = try Self.covariance(order, seed: 2).upperCholesky()
    let second = try Self.covariance(order, seed: 3).upperCholesky()
    expectClose(
      first.upperTriangularTimes(transposeOfUpperTriangular: second),
      first.times(transposeOf: second), tolerance: 1e-14)
  }

  @Test(
    "A tridiagonal form has the eigenvalues and eigenvectors of its matrix",
    arguments: [1, 2, 90, 511, 512, 600, 1001])
  func tridiagonal(order: Int) throws {
    let covariance = Self.covariance(order, seed: 4)
    let form = try covariance.tridiagonalForm()
    let values = try form.eigenvalues()
    let expected = try covariance.symmetricEigen().values
    for (value, other) in zip(values.reversed(), expected) {
      #expect(abs(value - other) <= 1e-13 * expected[0])
    }
    let eigen = try form.eigen()
    let scaled = eigen.vectors.transposed().scalingColumns(eigen.values).times(eigen.vectors)
    expectClose(scaled, covariance, tolerance: 1e-12)
  }

  @Test(
    "A diagonal matrix is its own tridiagonal form, of reflections that do nothing",
    arguments: [
      Array(repeating: 0, count: 600), Array(repeating: 1, count: 600),
      (0..<600).map { Double($0 * 7 % 600) - 200 },
    ])
  func diagonal(entries: [Double]) throws {
    let matrix = Matrix.diagonal(entries)
    let form = try matrix.tridiagonalForm()
    #expect(form.diagonal == entries)
    #expect(form.besideDiagonal.allSatisfy { $0 == 0 })
    #expect(form.scales.allSatisfy { $0 == 0 })
    #expect(try form.eigenvalues() == entries.sorted())
    let eigen = try form.eigen()
    let scaled = eigen.vectors.transposed().scalingColumns(eigen.values).times(eigen.vectors)
    #expect(scaled == matrix)
  }

  @Test(
    "Entries so large that the reduction overflows are an error, not a crash",
    arguments: [3, 90, 511, 600])
  func overflow(order: Int) {
    let matrix = Matrix(
      rowCount: order, columnCount: order,
      elements: Array(repeating: 1e308, count: order * order))
    #expect(throws: LinearAlgebraError.didNotConverge(routine: "dsytrd", order: order)) {
      try matrix.tridiagonalForm()
    }
    #expect(throws: LinearAlgebraError.self) { try matrix.symmetricEigenvalues() }
    #expect(throws: LinearAlgebraError.self) { try matrix.symmetricEigen() }
  }

  @Test("A number at its limit is found, wherever in a range it is")
  func limits() {
    var values = [Float](repeating: 2, count: 70)
    var limits = [Float](repeating: 1, count: 66)
    let range = 3..<67
    #expect(!Float.anyIsAtMost(1, or: limits, from: 2, in: values, range))
    for place in [3, 30, 66] {
      values[place] = 1
      #expect(Float.anyIsAtMost(1, or: limits, from: 2, in: values, range))
      #expect(Float.anyIsAtMost(-1, or: limits, from: 2, in: values, range))
      #expect(!Float.anyIsAtMost(0.5, or: limits.map { _ in 0.9 }, from: 2, in: values, range))
      values[place] = 2
    }
    limits[2 + 40] = 2
    #expect(Float.anyIsAtMost(1, or: limits, from: 2, in: values, range))
    #expect(!Float.anyIsAtMost(1, or: limits, from: 2, in: values, 3..<43))
    let wide = values.map(Double.init)
    #expect(Double.anyIsAtMost(1, or: limits.map(Double.init), from: 2, in: wide, range))
    #expect(!Double.anyIsAtMost(1, or: limits.map(Double.init), from: 2, in: wide, 3..<43))
  }
}
