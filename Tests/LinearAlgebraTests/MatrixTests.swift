import LinearAlgebra
import Testing

@Suite("Matrices")
struct MatrixTests {
  private let matrix = Matrix(rows: [[1, 2, 3], [4, 5, 6]])

  @Test("Rows, columns and the transpose are those of the definition")
  func parts() {
    #expect(matrix[1, 0] == 4)
    #expect(Array(matrix.row(1)) == [4, 5, 6])
    #expect(matrix.rows(1..<2) == Matrix(rows: [[4, 5, 6]]))
    #expect(matrix.rows(1..<1).rowCount == 0)
    #expect(matrix.gatheringRows([1, 0, 1]) == Matrix(rows: [[4, 5, 6], [1, 2, 3], [4, 5, 6]]))
    #expect(matrix.leadingColumns(2) == Matrix(rows: [[1, 2], [4, 5]]))
    #expect(matrix.leadingColumns(0) == Matrix(rowCount: 2, columnCount: 0))
    #expect(matrix.transposed() == Matrix(rows: [[1, 4], [2, 5], [3, 6]]))
    #expect(
      matrix.appendingRows(of: Matrix(rows: [[7, 8, 9]]))
        == Matrix(rows: [[1, 2, 3], [4, 5, 6], [7, 8, 9]]))
    #expect(Matrix(rowCount: 1, columnCount: 2, floats: [0.5, 2]) == Matrix(rows: [[0.5, 2]]))
  }

  @Test("The transpose of a matrix larger than a tile is right", arguments: [(300, 7), (65, 129)])
  func largeTranspose(rowCount: Int, columnCount: Int) {
    let matrix = randomMatrix(rowCount, columnCount)
    #expect(matrix.transposed() == matrix.naiveTranspose)
  }

  @Test("Trace, means, norms and scalings are those of the definition")
  func reductions() {
    #expect(Matrix.diagonal([1, 2, 3]).trace == 6)
    #expect(Matrix.identity(3).trace == 3)
    #expect(matrix.columnMeans() == [2.5, 3.5, 4.5])
    #expect(Matrix(rowCount: 0, columnCount: 2).columnMeans() == [0, 0])
    #expect(matrix.squaredRowNorms() == [14, 77])
    #expect(matrix.subtractingFromRows([1, 2, 3]) == Matrix(rows: [[0, 0, 0], [3, 3, 3]]))
    #expect(matrix.scalingColumns([1, 0, -2]) == Matrix(rows: [[1, 0, -6], [4, 0, -12]]))
    #expect(
      Matrix(rows: [[1, 4], [2, 3]]).symmetrized() == Matrix(rows: [[1, 3], [3, 3]]))
  }

  @Test("Means of many rows far from zero keep their digits")
  func meansOfManyRows() {
    let n = 100_000
    let rows = Matrix(rowCount: n, columnCount: 1, tileRows: 256) { rows, out in
      for (position, row) in rows.enumerated() { out[position] = 1e8 + Double(row % 3) }
    }
    let exact = 1e8 + Double((0..<n).reduce(0) { $0 + $1 % 3 }) / Double(n)
    #expect(abs(rows.columnMeans()[0] - exact) < 1e-6)
  }

  @Test("A NaN is found, by row and column")
  func notFinite() {
    var matrix = randomMatrix(4, 3)
    matrix[2, 1] = .nan
    #expect(throws: LinearAlgebraError.notFinite(row: 2, column: 1)) { try matrix.requireFinite() }
    #expect(throws: Never.self) { try Matrix(rowCount: 0, columnCount: 0).requireFinite() }
  }
}
