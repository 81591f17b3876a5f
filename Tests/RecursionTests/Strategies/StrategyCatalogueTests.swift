import Recursion
import Testing

@Suite("Strategies")
struct StrategyCatalogueTests {
  private func parts(
    _ name: String, generation: Int, share: Double = 0.25
  ) throws -> [PoolDraw] {
    try StrategyCatalogue.strategy(named: name).parts(
      Strategy.Context(generation: generation, sampleCount: 100, realShare: share))
  }

  @Test("replace trains on the last generation alone")
  func replace() throws {
    #expect(try parts("replace", generation: 3) == [PoolDraw([.generation(2)], .all)])
  }

  @Test("accumulate adds every generation to the original set")
  func accumulate() throws {
    #expect(
      try parts("accumulate", generation: 3)
        == [PoolDraw([.original, .generation(0), .generation(1), .generation(2)], .all)])
  }

  @Test("accumulate-subsample draws the budget from all that accumulated")
  func accumulateSubsample() throws {
    #expect(
      try parts("accumulate-subsample", generation: 2)
        == [PoolDraw([.original, .generation(0), .generation(1)], .random(100))])
  }

  @Test("synthetic-augmentation keeps the same real samples, fresh-data asks for new ones")
  func mixtures() throws {
    #expect(
      try parts("synthetic-augmentation", generation: 2)
        == [PoolDraw([.original], .leading(25)), PoolDraw([.generation(1)], .leading(75))])
    #expect(
      try parts("fresh-data", generation: 2)
        == [PoolDraw([.fresh], .leading(25)), PoolDraw([.generation(1)], .leading(75))])
  }

  @Test("The real count is the share of the budget, rounded", arguments: [0.0, 0.126, 0.5, 1])
  func realCount(share: Double) {
    let context = Strategy.Context(generation: 1, sampleCount: 101, realShare: share)
    #expect(context.realCount == Int((share * 101).rounded()))
    #expect(context.realCount + context.syntheticCount == 101)
  }

  @Test(
    "A slip of the hand is answered with the right name",
    arguments: [
      ("replce", "replace"), ("acumulate", "accumulate"), ("fresh_data", "fresh-data"),
      ("refti", "refit"), ("realonly", "real-only"),
    ])
  func suggestions(typed: String, meant: String) {
    #expect(throws: RecursionError.unknownStrategy(name: typed, suggestion: meant)) {
      try StrategyCatalogue.strategy(named: typed)
    }
  }

  @Test("A word that is no slip gets no suggestion")
  func noSuggestion() {
    #expect(throws: RecursionError.unknownStrategy(name: "banana", suggestion: nil)) {
      try StrategyCatalogue.strategy(named: "banana")
    }
  }
}
