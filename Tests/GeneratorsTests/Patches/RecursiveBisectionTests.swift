import LinearAlgebra
import Randomness
import Testing

@testable import Generators

@Suite("Recursive bisection")
struct RecursiveBisectionTests {
  static func normals(_ n: Int, _ d: Int, seed: UInt64 = 1) -> Matrix {
    var stream = RandomStream(seed: seed, purpose: "test")
    return Matrix(rowCount: n, columnCount: d, elements: stream.normals(n * d))
  }

  @Test(
    "Clusters partition the samples, none below four where n/K allows",
    arguments: [(64, 8), (240, 30), (1000, 100), (24, 8), (10, 10), (7, 3), (3, 3)])
  func partitions(n: Int, count: Int) {
    let clusters = RecursiveBisection.clusters(of: Self.normals(n, 6), count: count)
    #expect(clusters.flatMap { $0 }.sorted() == Array(0..<n))
    #expect(clusters.allSatisfy { $0 == $0.sorted() })
    let smallest = clusters.map(\.count).min() ?? 0
    #expect(smallest >= max(1, min(4, n / (2 * count))))
    // With eight samples for each cluster some cluster can always be cut; below, nearly always.
    if n >= 8 * count || n == count { #expect(clusters.count == count) }
  }

  @Test(
    "Well separated groups are found exactly, in one tile and in several",
    arguments: [(120, 5), (15_000, 300)])
  func separated(n: Int, dimension: Int) {
    let noise = Self.normals(n, dimension)
    var rows = noise.scaled(by: 0.1)
    for row in 0..<n { rows[row, row % 3] += 20 * Double(row % 3 + 1) }
    let clusters = RecursiveBisection.clusters(of: rows, count: 3)
    #expect(clusters.count == 3)
    for cluster in clusters { #expect(Set(cluster.map { $0 % 3 }).count == 1) }
  }

  @Test("Identical samples stay together and repeated ones are never torn without end")
  func identical() {
    #expect(
      RecursiveBisection.clusters(of: Matrix(rowCount: 40, columnCount: 3, repeating: 2), count: 5)
        == [Array(0..<40)])
    let two = Matrix(rows: (0..<40).map { [Double($0 % 2), 0] })
    let clusters = RecursiveBisection.clusters(of: two, count: 5)
    #expect(clusters.count == 2)
    #expect(
      RecursiveBisection.clusters(of: Matrix(rowCount: 9, columnCount: 0), count: 3).count == 1)
  }
}
