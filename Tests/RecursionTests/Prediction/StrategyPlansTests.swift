import Testing
import Theory

@testable import Recursion

@Suite("Strategies as theory takes them")
struct StrategyPlansTests {
  private func moments(
    _ name: String, generations: Int = 30, budget: Int = 100, supply: Int? = nil
  ) throws -> LoopMoments? {
    try StrategyCatalogue.strategy(named: name)
      .plans(generations: generations, budget: budget, supply: supply).map { LoopMoments($0) }
  }

  @Test("Named strategies have the effective sample sizes of the table")
  func table() throws {
    let n = 1000
    for (name, expected) in [
      ("replace", 1.0 / 201), ("accumulate", 0.6096), ("accumulate-subsample", 0.342),
      ("fresh-data", 0.75), ("synthetic-augmentation", 0.375), ("refit", 1), ("real-only", 1),
      ("weighted", 0.5 / 0.6180339887),
    ] {
      let error = try #require(try moments(name, generations: 200, budget: n)).error[200]
      #expect(abs(1 / error / Double(n) / expected - 1) < 0.01, "\(name)")
    }
  }

  @Test("Every strategy that is linear has a theory, and what selects samples has none")
  func which() throws {
    for entry in StrategyCatalogue.entries {
      let strategy = try StrategyCatalogue.strategy(named: entry.name)
      let plans = strategy.plans(generations: 12, budget: 200, supply: nil)
      let recipe = strategy.recipe
      let isPlain =
        recipe.step == .identity && recipe.population == Population()
        && recipe.sampling == SamplingRule(bias: recipe.sampling.bias)
      if !isPlain { #expect(plans == nil, "\(entry.name)") }
      guard let plans else { continue }
      let moments = LoopMoments(plans)
      #expect(moments.drift.allSatisfy { (0...1).contains($0) }, "\(entry.name)")
      for (generation, plan) in plans.enumerated().dropFirst() {
        let trained = strategy.sizes(generation, budget: 200).trained
        #expect(plan.trainedCount(plans) == trained, "\(entry.name), generation \(generation)")
      }
    }
    #expect(try moments("bias:likeliest=0.8") == nil)
    #expect(try moments("bias:temperature=0.5") == nil)
    #expect(try moments("bias:lambda=0.9") != nil)
  }

  @Test("A finite supply that is drawn from again is one set of real samples")
  func reuse() throws {
    let reused = try #require(try moments("real-only", budget: 50, supply: 80))
    // A subset of 50 of the same 80 samples each time: 1/80 of the law, and the rest of its own.
    let ofSupply: Double = 1 / 80
    let ofSubset: Double = 30 / (50 * 79)
    let expected = ofSupply + (1 - ofSupply) * ofSubset
    #expect(abs(reused.drift[5] / expected - 1) < 1e-9)
    let endless = try #require(try moments("real-only", budget: 50))
    #expect(abs(endless.drift[5] * 50 - 1) < 1e-9)
  }

  @Test("A longer run has the same prediction to the last bit where both go")
  func prefixes() throws {
    for name in ["drying", "growing", "window:generations=4", "accumulate", "reservoir"] {
      let short = try #require(try moments(name, generations: 6))
      let long = try #require(try moments(name, generations: 25))
      #expect(Array(long.drift[0...6]) == short.drift, "\(name)")
      #expect(Array(long.errorWithFirst[0...6]) == short.errorWithFirst, "\(name)")
    }
  }
}

extension GenerationPlan {
  /// The samples of the training set, counted from what the generations drew.
  fileprivate func trainedCount(_ plans: [GenerationPlan]) -> Int {
    parts.reduce(0) { sum, part in
      let sizes = part.pools.map { pool in
        switch pool {
        case .original(let count), .fresh(let count): count
        case .generation(let generation): plans[generation].drawn
        }
      }
      let total = sizes.reduce(0, +)
      return switch part.choice {
      case .all: sum + total
      case .leading(let count), .random(let count), .replacement(let count), .equal(let count):
        sum + count
      }
    }
  }
}
