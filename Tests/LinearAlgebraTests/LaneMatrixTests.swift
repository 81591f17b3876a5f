import LinearAlgebra
import Testing

@Suite("Matrices of lanes")
struct LaneMatrixTests {
  @Test("A product of some rows is that of the definition, and leaves the other rows alone")
  func product() {
    var left = LaneMatrix(rowCount: 9, laneCount: 2)
    var right = LaneMatrix(rowCount: 40, laneCount: 3)
    for row in 0..<9 { for column in 0..<16 { left[row, column] = Float((row * 7 + column) % 5) } }
    for row in 0..<40 {
      for column in 0..<24 { right[row, column] = Float((row + 3 * column) % 7) - 3 }
    }
    var product = LaneMatrix(rowCount: 12, laneCount: 3)
    left.multiply(rows: 2..<7, by: right, rows: 8..<24, into: &product, from: 4)
    for row in 0..<12 {
      for column in 0..<24 {
        var expected: Float = 0
        if (4..<9).contains(row) {
          for k in 0..<16 { expected += left[row - 2, k] * right[8 + k, column] }
        }
        #expect(product[row, column] == expected)
      }
    }
  }

  @Test("A lane begins anywhere among numbers")
  func lanes() {
    let values = (0..<11).map(Float.init)
    for start in 0...3 {
      let lane = LaneMatrix.lane(of: values, from: start)
      #expect((0..<8).map { lane[$0] } == Array(values[start..<start + 8]))
    }
  }
}
