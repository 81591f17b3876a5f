import Recursion
import Samples
import Testing

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

  private func mixed(
    _ strategy: String, generation: Int = 2, share: Double = 0.3, pools: SamplePools? = nil
  ) throws -> MixedTrainingSet {
    (pools ?? self.pools()).trainingSet(
      for: generation, strategy: try StrategyCatalogue.strategy(named: strategy),
      realShare: share)
  }

  @Test("Generation 0 is the original set under every strategy")
  func generationZero() throws {
    for strategy in StrategyCatalogue.strategies {
      let set = pools().trainingSet(for: 0, strategy: strategy, realShare: 0.5)
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
    for strategy in StrategyCatalogue.strategies {
      var (all, needed) = (pools(), pools())
      for generation in 2...5 {
        needed.keepOnlyPools(of: generation, strategy: strategy, realShare: 0.3)
        let whole = all.trainingSet(for: generation, strategy: strategy, realShare: 0.3)
        let mixed = needed.trainingSet(for: generation, strategy: strategy, realShare: 0.3)
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
}
