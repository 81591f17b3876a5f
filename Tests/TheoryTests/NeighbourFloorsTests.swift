import Foundation
import Randomness
import Testing
import Theory

@Suite("Coverage of one law by itself")
struct NeighbourFloorsTests {
  @Test("It is near 1 − 2^−k for sets of equal size (H3)")
  func largeSets() {
    for k in [1, 3, 5] {
      let coverage = expectedCoverage(real: 100_000, generated: 100_000, neighbours: k)
      #expect(abs(coverage - (1 - pow(2, -Double(k)))) < 1e-4)
    }
    #expect(abs(expectedCoverage(real: 10_000, generated: 10_000, neighbours: 5) - 0.969) < 5e-4)
  }

  @Test("It is what two simulated sets of unequal size give")
  func simulatedSets() {
    let (n, m, k, sets) = (20, 12, 2, 2000)
    var total = 0.0
    var squares = 0.0
    for set in 0..<sets {
      var stream = RandomStream(seed: 15, purpose: "test", sample: set)
      let real = stream.normals(n)
      let generated = stream.normals(m)
      let covered = real.count { x in
        let radius = real.map { abs($0 - x) }.sorted()[k]
        return generated.contains { abs($0 - x) < radius }
      }
      let share = Double(covered) / Double(n)
      total += share
      squares += share * share
    }
    let mean = total / Double(sets)
    let error = ((squares / Double(sets) - mean * mean) / Double(sets)).squareRoot()
    #expect(abs(mean - expectedCoverage(real: n, generated: m, neighbours: k)) < 4 * error)
  }
}
