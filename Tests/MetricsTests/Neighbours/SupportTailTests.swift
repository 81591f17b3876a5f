import LinearAlgebra
import Testing

@testable import Metrics

@Suite("The tail of a set's support")
struct SupportTailTests {
  private let real = normalSamples(2000, 3, seed: 1)

  private func measure(_ generated: Matrix) throws -> (recall: Estimate, mass: Estimate) {
    let metrics = try NeighbourMetrics.compute(real: real, generated: generated, ks: [5])
    let tail = try #require(SupportTail(of: NeighbourRadii(of: real, count: 1), neighbour: 1))
    return (
      try #require(metrics[k: 5]?.tailRecall?.estimate),
      try #require(
        tail.mass(nearestDistances: metrics.nearestDistances, total: real.rowCount))
    )
  }

  @Test("It is a tenth of the set, the farthest from its own neighbours")
  func tenth() throws {
    for k in [1, 5] {
      let radii = NeighbourRadii(of: real, count: 5)
      let tail = try #require(SupportTail(of: radii, neighbour: k))
      // Two of two thousand are beyond the last thousandth.
      #expect(tail.count == 198)
      let inner = (0..<2000).count { radii.square($0, neighbour: k) < tail.squares.lowerBound }
      #expect(inner == 1800)
    }
  }

  @Test("Between sets of one law the tail has its mass, and most of it is recalled")
  func oneLaw() throws {
    let (recall, mass) = try measure(normalSamples(2000, 3, seed: 2))
    let error = try #require(mass.standardError)
    #expect(abs(mass.value - 1) < 5 * error && error < 0.1)
    #expect(recall.value > 0.7)
  }

  @Test("Its mass is 1 on average for sets of any size", arguments: [20, 29, 50, 200])
  func smallSets(count: Int) throws {
    var masses: [Double] = []
    for seed in 1...300 {
      let real = normalSamples(count, 3, seed: seed)
      let other = normalSamples(40, 3, seed: 1000 + seed)
      let tail = try #require(SupportTail(of: NeighbourRadii(of: real, count: 1), neighbour: 1))
      let distances = NearestNeighbours(of: other, in: real).distances
      masses.append(
        try #require(tail.mass(nearestDistances: distances, total: count)).value)
    }
    let mean = masses.reduce(0, +) / 300
    let variance = masses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 299
    #expect(abs(mean - 1) < 5 * (variance / 300).squareRoot(), "\(mean)")
  }

  @Test("A tail of one sample has no mass")
  func tooSmall() throws {
    for count in [3, 19] {
      let few = real.rows(0..<count)
      let tail = try #require(SupportTail(of: NeighbourRadii(of: few, count: 1), neighbour: 1))
      #expect(tail.mass(nearestDistances: [1, 2], total: count) == nil)
    }
  }

  @Test("A set without its outer tenth has lost half of the tail, and hardly any recall")
  func cutTails() throws {
    let samples = normalSamples(2000, 3, seed: 2)
    let norms = samples.squaredRowNorms() as [Double]
    let border = norms.sorted()[1800]
    let cut = samples.gatheringRows((0..<2000).filter { norms[$0] < border })
    let (whole, after) = (try measure(samples), try measure(cut))
    #expect(after.recall.value < 0.75 * whole.recall.value)
    #expect(after.mass.value < 0.6 * whole.mass.value)
    let all = try NeighbourMetrics.compute(real: real, generated: cut, ks: [5])
    #expect(try #require(all[k: 5]).recall.value > 0.85)
  }

  @Test("Copies have no tail")
  func copies() throws {
    let copies = real.gatheringRows((0..<200).map { $0 / 2 })
    #expect(SupportTail(of: NeighbourRadii(of: copies, count: 1), neighbour: 1) == nil)
    let metrics = try NeighbourMetrics.compute(real: copies, generated: real, ks: [1, 2])
    #expect(metrics[k: 1]?.tailRecall == nil && metrics[k: 2]?.tailRecall != nil)
  }
}
