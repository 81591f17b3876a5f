import Testing

@testable import Recursion

@Suite("Weights of the parts of a training set")
struct PartWeightsTests {
  @Test("A part's weight is shared out among its samples, 1 on average")
  func shares() throws {
    let weights = try #require(
      PartWeights([.share(0.8), .rest], counts: [2, 6]).ofSamples)
    #expect(weights.count == 8)
    #expect(weights.prefix(2).allSatisfy { abs($0 - 0.8 / 2 * 8) < 1e-12 })
    #expect(weights.dropFirst(2).allSatisfy { abs($0 - 0.2 / 6 * 8) < 1e-12 })
  }

  @Test("The golden weight of as many real as synthetic samples is the golden ratio (D7)")
  func golden() throws {
    let weights = try #require(PartWeights([.golden, .rest], counts: [5, 5]).ofSamples)
    let real = weights.prefix(5).reduce(0, +) / 10
    #expect(abs(real - (5.0.squareRoot() - 1) / 2) < 1e-12)
  }

  @Test("Parts that weigh what their samples do, and parts without weights, need none")
  func equal() {
    #expect(PartWeights([nil, nil], counts: [3, 4]).ofSamples == nil)
    #expect(PartWeights([.share(0.25), .rest], counts: [2, 6]).ofSamples == nil)
    #expect(PartWeights([.golden, .rest], counts: [4, 0]).ofSamples == nil)
    #expect(PartWeights([.share(0), .rest], counts: [4, 0]).ofSamples == nil)
  }

  @Test("A part of weight 0 stays in the set and weighs nothing")
  func none() throws {
    let weights = try #require(PartWeights([.share(0), .rest], counts: [1, 3]).ofSamples)
    #expect(weights[0] == 0)
    #expect(weights.dropFirst().allSatisfy { abs($0 - 4.0 / 3) < 1e-12 })
  }
}
