import Generators
import LinearAlgebra
import Samples
import Testing
import Theory

@testable import Recursion

@Suite("Ancestry")
struct AncestryTests {
  @Test("Sets of ancestors are counted, joined and read back")
  func sets() {
    var set = Ancestors.none
    #expect(set.isEmpty && set.count == 0)
    set.formUnion(.one(70), of: 100)
    #expect(set.only == 70)
    set.formUnion(.none, of: 100)
    set.formUnion(.one(70), of: 100)
    #expect(set.count == 1)
    set.formUnion(.one(3), of: 100)
    var other = Ancestors.one(99)
    other.formUnion(.one(3), of: 100)
    set.formUnion(other, of: 100)
    #expect(set.count == 3 && set.only == nil)
    #expect(Ancestors(words: set.words(of: 100)) == set)
    #expect(Ancestors(words: Ancestors.one(64).words(of: 100)) == .one(64))
    #expect(Ancestors(words: [0, 0]).isEmpty)
  }

  /// The samples and what they descend from, generation by generation.
  private func generations(
    _ strategy: String, n: Int, count: Int, seed: UInt64 = 1,
    generator: any Generator = BootstrapGenerator()
  ) throws -> [(samples: SampleSet, ancestry: Ancestry)] {
    let law = GaussianLaw(dimension: 1, seed: seed)
    let strategy = try StrategyCatalogue.strategy(named: strategy)
    let engine = Engine(
      generator: generator, coordinates: .identity(nil), carry: .float, sampling: Sampling(),
      strategy: strategy, seed: seed, sampleCount: n, warmStart: false, followsAncestry: true)
    var pools = SamplePools(
      original: law.samples(0..<n), fresh: .endless(law, from: 1 << 20), seed: seed)
    var model: (any GenerativeModel)?
    return try (0..<count).map { generation in
      let step = try engine.step(generation, pools: pools, previous: model)
      let ancestry = try #require(step.ancestry)
      model = step.model
      pools.append(step.carried, ancestry: ancestry)
      pools.keepOnlyPools(of: generation + 1, strategy: strategy)
      return (step.carried, ancestry)
    }
  }

  @Test(
    "A memoriser's samples descend from the originals that they are copies of, and no others",
    arguments: [
      "replace", "accumulate-subsample", "window:generations=2", "crossed", "reservoir",
      "weighted:real=fixed,weight=0.3",
    ])
  func exact(strategy: String) throws {
    let originals = GaussianLaw(dimension: 1, seed: 1).samples(0..<60).values
    for (generation, drawn) in try generations(strategy, n: 60, count: 8).enumerated() {
      let summary = drawn.ancestry.summary(generation)
      // Every original is another number, so that a copy tells which it is.
      #expect(summary.originals == Set(drawn.samples.values).count, "\(generation)")
      for (value, component) in zip(drawn.samples.values, drawn.ancestry.components) {
        let place = try #require(drawn.ancestry.originals[Int(component)].only)
        #expect(originals[place] == value)
      }
    }
  }

  @Test("Fresh samples are no originals")
  func fresh() throws {
    for drawn in try generations("real-only", n: 20, count: 3).dropFirst() {
      #expect(drawn.ancestry.summary(1).originals == 0)
    }
  }

  @Test("Distinct originals fall as the survival of modes seen once foretells (E4)")
  func distinctOriginals() throws {
    let (n, count) = (400, 12)
    let chains = try (1...12).map { seed in
      try generations("replace", n: n, count: count, seed: UInt64(seed)).enumerated().map {
        Double($0.element.ancestry.summary($0.offset).originals)
      }
    }
    for t in 1...count {
      let values = chains.map { $0[t - 1] }
      let mean = values.reduce(0, +) / 12
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 11
      let expected = expectedDistinctOriginals(n, generations: t)[t]
      // Lines of descent are taken as independent, which is first order in 1/n: 1 % at n = 400.
      #expect(
        abs(mean - expected) < 4 * (variance / 12).squareRoot() + 0.01 * expected, "\(t)")
    }
    #expect(abs(chains.map { $0[0] }.reduce(0, +) / 12 / Double(n) - 0.632) < 0.02)
  }

  @Test("One original is left after about 2 n (1 - 1/n) generations (E5)")
  func fixation() throws {
    let n = 10
    let times = try (1...60).map { seed -> Double in
      let lineages = try generations("replace", n: n, count: 120, seed: UInt64(seed))
      let time = lineages.firstIndex { $0.ancestry.summary(0).originals == 1 }
      return Double(try #require(time) + 1)
    }
    let mean = times.reduce(0, +) / 60
    let variance = times.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59
    #expect(abs(mean - 2 * 10 * 0.9) < 4 * (variance / 60).squareRoot())
  }

  @Test("Of a mixture no more components and originals are left from one generation to the next")
  func mixture() throws {
    let generator = try GaussianMixtureGenerator(components: 12)
    let lineages = try generations("replace", n: 48, count: 12, generator: generator)
      .enumerated().map { $0.element.ancestry.summary($0.offset) }
    #expect(lineages[0].founders <= 12 && lineages[0].originals <= 48)
    for (before, after) in zip(lineages, lineages.dropFirst()) {
      #expect(after.founders <= before.founders && after.originals <= before.originals)
      #expect(after.components <= 12 && after.components > 0)
    }
    #expect(lineages[0].founders == lineages[0].components)
  }

  @Test("What a file keeps is read back")
  func tensors() throws {
    for generator in [BootstrapGenerator(), try GaussianMixtureGenerator(components: 3)]
      as [any Generator]
    {
      for drawn in try generations("replace", n: 40, count: 3, generator: generator) {
        #expect(Ancestry(restoring: drawn.ancestry.tensors) == drawn.ancestry)
      }
    }
    #expect(Ancestry(restoring: []) == nil)
  }
}
