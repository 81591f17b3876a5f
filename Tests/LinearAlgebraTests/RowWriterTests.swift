import Testing

@testable import LinearAlgebra

@Suite("Rows in temporary files")
struct RowWriterTests {
  private static func kept(_ matrix: Matrix, leastFileBytes: Int) -> RowSource {
    var writer = RowWriter(
      expecting: matrix.rowCount, columnCount: matrix.columnCount, leastFileBytes: leastFileBytes)
    for block in Parallelism.blocks(of: matrix.rowCount, size: 701) {
      writer.append(matrix.rows(block))
    }
    return writer.finish()
  }

  @Test(
    "Rows, means and norms have the bits of the same rows in a matrix", arguments: [0, Int.max])
  func sameBits(leastFileBytes: Int) {
    // More rows than a block of them, so that blocks are put together.
    let matrix = randomMatrix(5000, 300)
    let rows = Self.kept(matrix, leastFileBytes: leastFileBytes)
    #expect(rows.rowBlocks.count == 2)
    #expect(rows.rows(1500..<1600) == matrix.rows(1500..<1600))
    let order = [4999, 0, 1, 2, 77, 77]
    #expect(rows.gatheringRows(order) == matrix.gatheringRows(order))
    #expect(rows.columnMeans() == matrix.columnMeans())
    #expect(rows.squaredRowNorms() == matrix.squaredRowNorms())
    #expect(rows.matrix() == matrix)
  }

  @Test("Rows without numbers are still counted")
  func noColumns() {
    #expect(Self.kept(Matrix(rowCount: 12, columnCount: 0), leastFileBytes: .max).rowCount == 12)
  }

  @Test("Two sources end to end and a selection of rows are those of the matrices")
  func joined() {
    let (first, second) = (randomMatrix(40, 3), randomMatrix(30, 3))
    let whole = first.appendingRows(of: second)
    let joined = Self.kept(first, leastFileBytes: 0).appendingRows(of: RowSource(second))
    #expect(joined.matrix() == whole)
    for range in [0..<10, 35..<45, 50..<70, 40..<40] {
      #expect(joined.rows(range) == whole.rows(range))
    }
    let order = [69, 0, 41, 39, 40, 0]
    #expect(joined.gatheringRows(order) == whole.gatheringRows(order))
    #expect(
      joined.selecting(order[1...], leastFileBytes: 0).matrix()
        == whole.gatheringRows(Array(order[1...])))
  }

  @Test("Computed rows are gathered one after the other")
  func computed() {
    let matrix = randomMatrix(9, 2)
    let source = RowSource(rowCount: 9, columnCount: 2) { matrix.rows($0) }
    #expect(source.gatheringRows([8, 1, 1]) == matrix.gatheringRows([8, 1, 1]))
  }
}
