import Generators
import LinearAlgebra
import Samples
import Testing
import Theory

@testable import Recursion

@Suite("Sample pools")
struct SamplePoolsTests {
  /// Samples of one number that says where they come from.
  private func samples(_ values: Range<Int>) -> SampleSet {
    SampleSet(count: values.count, dimension: 1, storage: .floats(values.map(Float.init)))
  }

  private func pools(fresh: Int = 100, reusing: Bool = false) -> SamplePools {
    var pools = SamplePools(
      original: samples(0..<10),
      fresh: .finite(samples(1000..<1000 + fresh), reusing: reusing, seed: 1), seed: 1)
    pools.append(samples(100..<110))
    pools.append(samples(200..<210))
    return pools
  }

  /// The training set, judged by one Gaussian about the middle of all samples.
  private func set(
    of pools: SamplePools, _ generation: Int, _ strategy: Strategy
  ) throws -> MixedTrainingSet {
    let model = try GaussianGenerator().fit(
      TrainingSet(rows: Matrix(rowCount: 2, columnCount: 1, elements: [0, 1000])))
    return try pools.trainingSet(
      for: generation, strategy: strategy,
      judge: SampleJudge(
        coordinates: .identity(nil), sampling: Sampling(), seed: 1, original: pools.original,
        model: model, firstModel: model))
  }

  private func mixed(
    _ strategy: String, generation: Int = 2, share: Double? = 0.3, pools: SamplePools? = nil
  ) throws -> MixedTrainingSet {
    let name = strategy.prefix { $0 != ":" }
    let hasShare = StrategyCatalogue.entries.first { $0.name == name }?.keys
      .contains { $0.option == .realShare }
    return try set(
      of: pools ?? self.pools(), generation,
      try StrategyCatalogue.strategy(
        named: strategy, realShare: hasShare == true ? share : nil))
  }

  @Test("Generation 0 is the original set under every strategy")
  func generationZero() throws {
    for entry in StrategyCatalogue.entries {
      let strategy = try StrategyCatalogue.strategy(named: entry.name)
      let set = try set(of: pools(), 0, strategy)
      #expect(set.samples == samples(0..<10))
      #expect(set.realCount == 10)
    }
  }

  @Test("Counts of real and synthetic rows are those of the strategy")
  func counts() throws {
    for (name, real, synthetic) in [
      ("replace", 0, 10), ("accumulate", 10, 20), ("synthetic-augmentation", 3, 7),
      ("fresh-data", 3, 7), ("refit", 10, 0), ("real-only", 10, 0),
    ] {
      let set = try mixed(name)
      #expect(set.realCount == real, "\(name)")
      #expect(set.syntheticCount == synthetic, "\(name)")
    }
  }

  @Test("Real rows are counted wherever they stand in a part, after a filter too")
  func realRowsBehind() throws {
    let set = try mixed(
      """
      {"name": "behind", "parts": [
        {"pools": ["last", "original"], "filters": ["curate:by=brightness,keep=0.5"]}]}
      """, share: nil)
    // The brighter half are all of the last generation, which stands first.
    #expect(set.samples.values.allSatisfy { $0 >= 200 })
    #expect((set.realCount, set.syntheticCount) == (0, 10))
    let thinned = try mixed(
      """
      {"name": "behind", "parts": [
        {"pools": ["last", "original"], "filters": ["remove:rate=0.5"]}]}
      """, share: nil)
    #expect(thinned.realCount == thinned.samples.values.count { $0 < 100 })
    #expect(thinned.syntheticCount == thinned.samples.values.count { $0 >= 200 })
    #expect(thinned.realCount > 0)
  }

  @Test("Fresh samples are never used twice and do not depend on what was mixed before")
  func freshIsFresh() throws {
    let first = try mixed("fresh-data", generation: 1).samples.values.prefix(3)
    let second = try mixed("fresh-data", generation: 2).samples.values.prefix(3)
    #expect(Set(first).isDisjoint(with: second))
    #expect(try mixed("fresh-data", generation: 2).samples.values.prefix(3) == second)
    #expect(first.allSatisfy { $0 >= 1000 } && second.allSatisfy { $0 >= 1000 })
  }

  @Test("What memory lets go of, no later generation is mixed from")
  func forgetting() throws {
    for entry in StrategyCatalogue.entries {
      let strategy = try StrategyCatalogue.strategy(named: entry.name)
      var (all, needed) = (pools(), pools())
      for generation in 2...5 {
        needed.keepOnlyPools(of: generation, strategy: strategy)
        let whole = try set(of: all, generation, strategy)
        let mixed = try set(of: needed, generation, strategy)
        #expect(mixed.samples == whole.samples, "\(strategy.name)")
        let drawn = samples(100 * generation + 100..<100 * generation + 110)
        all.append(drawn)
        needed.append(drawn)
      }
    }
  }

  @Test("With reuse a small set serves for ever, each generation in another order")
  func reuse() throws {
    let small = pools(fresh: 4, reusing: true)
    let first = try mixed("real-only", generation: 1, pools: small).samples.values
    let second = try mixed("real-only", generation: 2, pools: small).samples.values
    #expect(first.count == 10)
    #expect(Set(first) == Set([1000, 1001, 1002, 1003]))
    #expect(first != second)
  }

  @Test("A subsample has no repeats, counts its real rows, and is drawn anew each generation")
  func subsample() throws {
    let set = try mixed("accumulate-subsample")
    #expect(set.samples.count == 10)
    #expect(Set(set.samples.values).count == 10)
    #expect(set.realCount == set.samples.values.filter { $0 < 100 }.count)
    let values = set.samples.values.filter { $0 < 110 }
    #expect(try mixed("accumulate-subsample", generation: 1).samples.values != values)
  }

  @Test("An equal choice takes as many from every generation as from any other")
  func equalChoice() throws {
    let set = try mixed("accumulate-subsample:choice=equal", share: nil)
    #expect(set.samples.count == 10)
    #expect(Set(set.samples.values).count == 10)
    let counts = [0..<100, 100..<200, 200..<300].map { hundred in
      set.samples.values.filter { hundred.contains(Int($0)) }.count
    }
    // Ten samples of three sets: what cannot be divided goes to the latest.
    #expect(counts == [3, 3, 4])
    #expect(set.realCount == 3)
  }

  @Test("A small pool gives what it has, and that is what the plan announces")
  func equalChoiceOfSmallPool() throws {
    for (choice, count) in [("equal", 8), ("random", 10), ("leading", 10), ("replacement", 10)] {
      let recipe = """
        {"name": "small", "parts": [
          {"pools": ["original:first=3", "last"], "size": 1, "choice": "\(choice)"}]}
        """
      #expect(try mixed(recipe, share: nil).samples.count == count)
      let strategy = try StrategyCatalogue.strategy(named: recipe)
      #expect(strategy.sizes(2, budget: 10).trained == count, "\(choice)")
    }
  }

  @Test("A window holds the last generations, and the original set while it is among them")
  func window() throws {
    let two = try mixed("window:generations=2", share: nil)
    #expect(two.samples.values == (Array(100..<110) + Array(200..<210)).map(Float.init))
    #expect(try mixed("window:generations=3", share: nil).realCount == 10)
  }

  @Test("A reservoir is drawn from without repeats, anew each generation, and never left")
  func reservoir() throws {
    let first = try mixed("reservoir:originals=6,real=4", generation: 1, share: nil)
    let second = try mixed("reservoir:originals=6,real=4", share: nil)
    for set in [first, second] {
      let real = set.samples.values.prefix(4)
      #expect(Set(real).count == 4)
      #expect(real.allSatisfy { (0..<6).contains($0) })
      #expect((set.realCount, set.syntheticCount) == (4, 6))
    }
    #expect(first.samples.values.prefix(4) != second.samples.values.prefix(4))
  }

  @Test("Weighted parts hand their weights on, and others none")
  func weights() throws {
    let set = try mixed("weighted:weight=0.9", share: 0.3)
    let weights = try #require(set.weights)
    #expect(weights.count == 10)
    #expect(abs(weights.prefix(3).reduce(0, +) / 10 - 0.9) < 1e-12)
    #expect(try mixed("fresh-data").weights == nil)
  }

  @Test("Drawing with replacement repeats samples; drawing all in order copies nothing")
  func replacement() throws {
    let custom = """
      {"name": "again", "parts": [{"pools": "generations", "count": 40, "choice": "replacement"}]}
      """
    let set = try mixed(custom, share: nil)
    #expect(set.samples.count == 40)
    #expect(set.samples.values.allSatisfy { $0 >= 100 })
    #expect(Set(set.samples.values).count < 21)
    #expect(try mixed(custom, share: nil).samples == set.samples)
  }
}
