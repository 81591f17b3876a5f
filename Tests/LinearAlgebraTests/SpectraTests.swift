import Testing

@testable import LinearAlgebra

@Suite("Spectra")
struct SpectraTests {
  private let tall = Matrix(
    rowCount: 7, columnCount: 4, elements: (0..<28).map { Double($0 * $0 % 11) - 4 })

  @Test("Eigenvalues alone are those that come with eigenvectors")
  func eigenvalues() throws {
    let gram = tall.gram()
    let expected = try gram.symmetricEigen().values
    for (value, expected) in zip(try gram.symmetricEigenvalues(), expected) {
      #expect(abs(value - expected) < 1e-12 * gram.trace)
    }
    #expect(try Matrix(rowCount: 0, columnCount: 0).symmetricEigenvalues() == [])
  }

  @Test("Singular values alone are those that come with singular vectors, of either shape")
  func singularValues() throws {
    for matrix in [tall, tall.transposed()] {
      let expected = try matrix.singularValueDecomposition().values
      let values = try matrix.singularValues()
      #expect(values.count == 4)
      for (value, expected) in zip(values, expected) { #expect(abs(value - expected) < 1e-12) }
    }
    #expect(try Matrix(rowCount: 0, columnCount: 3).singularValues() == [])
  }

  @Test("The triangular factor is upper triangular and has the same Gram matrix")
  func triangularFactor() throws {
    let factor = try tall.upperTriangularFactor()
    for row in 0..<4 {
      for column in 0..<row { #expect(factor[row, column] == 0) }
    }
    for (value, expected) in zip(factor.gram().elements, tall.gram().elements) {
      #expect(abs(value - expected) < 1e-12)
    }
  }

  @Test("Entries that are not finite are refused")
  func notFinite() {
    let matrix = Matrix(rows: [[1, 2], [.nan, 3]])
    let expected = LinearAlgebraError.notFinite(row: 1, column: 0)
    #expect(throws: expected) { try matrix.symmetricEigenvalues() }
    #expect(throws: expected) { try matrix.singularValues() }
    #expect(throws: expected) { try matrix.upperTriangularFactor() }
  }

  @Test("A tile of row products is the part of the whole product")
  func rowProducts() {
    let whole = tall.times(transposeOf: tall)
    var tile = [Double](repeating: 9, count: 8)
    tall.multiply(rows: 2..<5, byTransposed: 4..<6, of: tall, into: &tile)
    for row in 2..<5 {
      for column in 4..<6 {
        #expect(abs(tile[(row - 2) * 2 + column - 4] - whole[row, column]) < 1e-12)
      }
    }
    #expect(tile[6...] == [9, 9])
  }
}
