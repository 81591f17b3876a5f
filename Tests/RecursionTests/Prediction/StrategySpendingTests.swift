import Testing

@testable import Recursion

@Suite("Samples that a loop must pay for")
struct StrategySpendingTests {
  @Test(
    "Of each generation those count that a later one is trained on",
    arguments: [
      ("replace", 400), ("accumulate", 400), ("refit", 0), ("real-only", 0),
      ("fresh-data:share=0.25", 300), ("synthetic-augmentation:share=1", 0),
      ("accumulate-subsample", 400), ("window:generations=2", 400),
    ])
  func synthetic(name: String, count: Int) throws {
    let strategy = try StrategyCatalogue.strategy(named: name)
    #expect(strategy.syntheticCount(generations: 4, budget: 100) == count)
    #expect(strategy.syntheticCount(generations: 0, budget: 100) == 0)
  }

  @Test("Without fresh samples a loop sees a whole number of real ones, whatever the supply")
  func seen() throws {
    let replace = try StrategyCatalogue.strategy(named: "replace")
    for supply in [50, 60, 70, 77, 107, 1000] {
      #expect(replace.distinctRealCount(generations: 9, budget: 50, supply: supply) == 50)
    }
    #expect(replace.distinctRealCount(generations: 9, budget: 50, supply: 40) == 40)
    // Of the half that was not seen, half is drawn; of what is left, half again.
    let fresh = try StrategyCatalogue.strategy(named: "real-only")
    #expect(fresh.distinctRealCount(generations: 2, budget: 50, supply: 100) == 87.5)
  }
}
