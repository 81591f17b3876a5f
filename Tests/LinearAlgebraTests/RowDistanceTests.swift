import LinearAlgebra
import Testing

@Suite("Squared distances between rows")
struct RowDistanceTests {
  /// The four partial sums of the definition.
  private func direct(_ a: Matrix, _ row: Int, _ b: Matrix, _ other: Int) -> Double {
    var sums = [0.0, 0, 0, 0]
    let whole = a.columnCount / 4 * 4
    for column in 0..<whole {
      let difference = a[row, column] - b[other, column]
      sums[column % 4] += difference * difference
    }
    var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
    for column in whole..<a.columnCount {
      let difference = a[row, column] - b[other, column]
      sum += difference * difference
    }
    return sum
  }

  @Test(
    "One row and several have the distances of their differences, to the last bit",
    arguments: [0, 1, 3, 4, 7, 64])
  func distances(columns: Int) {
    let (a, b) = (randomMatrix(5, columns), randomMatrix(12, columns, seed: 2))
    for count in 0...9 {
      let others = (0..<count).map { ($0 * 7 + 11) % 12 }
      let expected = others.map { direct(a, 4, b, $0) }
      #expect(a.squaredDistances(fromRow: 4, toRows: others, of: b) == expected)
      #expect(others.map { a.squaredDistance(fromRow: 4, toRow: $0, of: b) } == expected)
    }
  }

  @Test("A row is at distance 0 from its copy, however far from the origin")
  func copies() {
    let rows = Matrix(rows: [[1e150, -3, 0.1, 7, 9], [1, 2, 3, 4, 5], [1e150, -3, 0.1, 7, 9]])
    #expect(rows.squaredDistances(fromRow: 0, toRows: [0, 2], of: rows) == [0, 0])
  }
}
