import LinearAlgebra
import Synchronization
import Testing

@Suite("Rows that are computed as they are asked for")
struct RowSourceTests {
  @Test("The blocks cover all rows once, and are small enough", arguments: [0, 1, 17, 5000])
  func blocks(count: Int) {
    let source = RowSource(rowCount: count, columnCount: 3000) {
      Matrix(rowCount: $0.count, columnCount: 3000)
    }
    #expect(source.blocks.flatMap { $0 } == Array(0..<count))
    #expect(source.blocks.allSatisfy { $0.count * 3000 <= 1 << 22 })
  }

  @Test("A row of any length makes a block")
  func longRows() {
    let source = RowSource(rowCount: 40, columnCount: 1 << 24) { _ in
      Matrix(rowCount: 0, columnCount: 0)
    }
    #expect(source.blocks == [0..<16, 16..<32, 32..<40])
  }

  @Test("All rows together are those of the blocks, and their variance is the matrix's")
  func wholeMatrix() {
    let columns = 5000
    let matrix = randomMatrix(2000, columns)
    let calls = Mutex(0)
    let source = RowSource(rowCount: 2000, columnCount: columns) { range in
      calls.withLock { $0 += 1 }
      return matrix.rows(range)
    }
    #expect(source.blocks.count > 1)
    #expect(source.matrix() == matrix)
    #expect(abs(source.totalVariance() / matrix.totalVariance() - 1) < 1e-12)
    let kept = source.keptIfSmall()
    let before = calls.withLock { $0 }
    #expect(kept.rows(3..<9) == matrix.rows(3..<9))
    #expect(calls.withLock { $0 } == before)
  }

  @Test("A matrix is a source of its own rows")
  func ofMatrix() {
    let matrix = randomMatrix(7, 4)
    let source = RowSource(matrix)
    #expect(source.rows(0..<7) == matrix)
    #expect(source.rows(2..<5) == matrix.rows(2..<5))
  }
}
