import LinearAlgebra
import Randomness
import Testing

@testable import Generators

@Suite("Optimal assignment")
struct OptimalAssignmentTests {
  private static func cost(_ columns: [Int], _ costs: Matrix) -> Double {
    columns.enumerated().reduce(0) { $0 + costs[$1.offset, $1.element] }
  }

  /// The least cost over all ways of giving rows different columns.
  private static func bruteForce(_ costs: Matrix, row: Int = 0, taken: Set<Int> = []) -> Double {
    guard row < costs.rowCount else { return 0 }
    return (0..<costs.columnCount).filter { !taken.contains($0) }.map {
      costs[row, $0] + bruteForce(costs, row: row + 1, taken: taken.union([$0]))
    }.min() ?? .infinity
  }

  @Test(
    "The cost is that of the best of all assignments",
    arguments: [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (2, 5), (4, 6)])
  func optimal(rows: Int, columns: Int) {
    for seed in 0..<20 {
      var stream = RandomStream(seed: UInt64(seed), purpose: "test")
      // Whole costs make ties, where augmenting paths are most easily wrong.
      let costs = Matrix(
        rowCount: rows, columnCount: columns,
        elements: (0..<rows * columns).map { _ in
          seed < 10 ? stream.uniform() : Double(stream.integer(below: 4))
        })
      let assigned = OptimalAssignment.columns(minimizing: costs)
      #expect(Set(assigned).count == rows)
      #expect(abs(Self.cost(assigned, costs) - Self.bruteForce(costs)) < 1e-12)
    }
  }

  @Test("A shuffled set of points finds itself again")
  func findsItself() {
    var stream = RandomStream(seed: 3, purpose: "test")
    let order = stream.permutation(200)
    let points = (0..<200).map { _ in stream.normal() }
    var costs = Matrix(rowCount: 200, columnCount: 200)
    for i in 0..<200 {
      for j in 0..<200 { costs[i, j] = abs(points[i] - points[order[j]]) }
    }
    let assigned = OptimalAssignment.columns(minimizing: costs)
    #expect(assigned.map { order[$0] } == Array(0..<200))
  }
}
