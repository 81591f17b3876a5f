import Randomness
public import Samples

/// A training set with what theory must know about it.
public struct MixedTrainingSet: Sendable {
  /// The samples, part after part.
  public let samples: SampleSet

  /// What each sample weighs in the fit, not negative and 1 on average; `nil` where all weigh the same.
  public var weights: [Double]?

  /// Where each sample comes from.
  public let origins: [SampleOrigin]

  /// How many of them are real.
  public var realCount: Int { origins.count(where: \.isReal) }

  /// How many of them a model drew.
  public var syntheticCount: Int { samples.count - realCount }
}

/// The pools that a strategy mixes: the original real set, fresh real samples, and what every
/// earlier generation drew.
///
/// Nothing here remembers what was used: fresh samples are numbered by how many the strategy asked
/// for before, so that any generation can be mixed again alone.
public struct SamplePools: Sendable {
  /// The real training set of generation 0, in random order.
  public let original: SampleSet

  /// Where fresh real samples come from.
  public let fresh: FreshSupply

  /// The carried samples of generation 0, 1, … so far; `nil` where they were let go of.
  private var generations: [SampleSet?] = []

  /// What the samples of each generation descend from; `nil` where that is not followed.
  private var ancestries: [Ancestry?] = []

  /// The model of a population that drew each sample of each generation; `nil` where there is but one.
  private var homes: [[Int]?] = []

  private let seed: UInt64

  /// Creates pools without synthetic samples.
  public init(original: SampleSet, fresh: FreshSupply, seed: UInt64) {
    self.original = original
    self.fresh = fresh
    self.seed = seed
  }

  /// Adds what the next generation drew.
  public mutating func append(_ samples: SampleSet) {
    append(samples, ancestry: nil)
  }

  /// Adds what the next generation drew, what that descends from, and which models of a population drew
  /// it.
  mutating func append(_ samples: SampleSet, ancestry: Ancestry?, homes: [Int]? = nil) {
    generations.append(samples)
    ancestries.append(ancestry)
    self.homes.append(homes)
  }

  /// The model of a population that drew each sample of an earlier generation.
  func homes(of generation: Int) -> [Int]? { homes[generation] }

  /// What the samples of an earlier generation descend from, if they are still here.
  func ancestry(of generation: Int) -> Ancestry? { ancestries[generation] }

  /// Lets go of the synthetic samples from which a generation is not mixed, and so no later one.
  ///
  /// See ``MixingPart/Source`` for the promise that strategies make.
  public mutating func keepOnlyPools(of generation: Int, strategy: Strategy) {
    let needed = Set(draws(generation, strategy).flatMap(\.pools))
    for index in generations.indices where !needed.contains(.generation(index)) {
      generations[index] = nil
      ancestries[index] = nil
      homes[index] = nil
    }
  }

  private func draws(_ generation: Int, _ strategy: Strategy) -> [PoolDraw] {
    strategy.recipe.mixing.draws(generation, budget: original.count)
  }

  /// Returns the training set that a strategy mixes for a generation; generation 0 is the original.
  ///
  /// - Parameter judge: Applies the filters of the strategy.
  /// - Throws: what the filters throw.
  func trainingSet(
    for generation: Int, strategy: Strategy, judge: SampleJudge
  ) throws -> MixedTrainingSet {
    guard generation > 0 else {
      return MixedTrainingSet(
        samples: original, origins: (0..<original.count).map(SampleOrigin.original))
    }
    let freshBefore = (1..<generation).reduce(0) {
      $0 + strategy.recipe.mixing.freshCount($1, budget: original.count)
    }
    let draws = draws(generation, strategy)
    var mixed: SampleSet?
    var counts: [Int] = []
    var origins: [SampleOrigin] = []
    for (index, part) in draws.enumerated() {
      var taken = take(part, index: index, generation: generation, freshBefore: freshBefore)
      for (place, filter) in part.filters.enumerated() {
        let filtered = try judge.apply(
          filter, to: taken.samples, generation: generation, part: index, place: place)
        taken = MixedTrainingSet(
          samples: filtered.samples, origins: filtered.kept.map { taken.origins[$0] })
      }
      origins += taken.origins
      counts.append(taken.samples.count)
      mixed = mixed?.appending(taken.samples) ?? taken.samples
    }
    return MixedTrainingSet(
      samples: mixed ?? original.selecting([]),
      weights: PartWeights(draws.map(\.weight), counts: counts).ofSamples, origins: origins)
  }

  private func take(
    _ part: PoolDraw, index: Int, generation: Int, freshBefore: Int
  ) -> MixedTrainingSet {
    if part.pools == [.fresh] {
      let count = part.choice.count ?? 0
      let samples = fresh.samples(freshBefore..<freshBefore + count, generation: generation)
      return MixedTrainingSet(
        samples: samples,
        origins: (freshBefore..<freshBefore + count).map(SampleOrigin.fresh))
    }
    let sizes = part.pools.map { pool in count(of: pool) }
    let chosen = chosen(part.choice, of: sizes, generation: generation, index: index)
    // Each pool is asked for its own rows only, so that no copy of the whole union is made.
    var mixed: SampleSet?
    var origins: [SampleOrigin] = []
    var start = 0
    var position = 0
    for (pool, size) in zip(part.pools, sizes) {
      let end = start + size
      var rows: [Int] = []
      while position < chosen.count, chosen[position] < end {
        rows.append(chosen[position] - start)
        position += 1
      }
      let taken =
        rows.elementsEqual(0..<samples(of: pool).count)
        ? samples(of: pool) : samples(of: pool).selecting(rows)
      origins += rows.map { SampleOrigin(pool, $0) }
      mixed = mixed?.appending(taken) ?? taken
      start = end
    }
    return MixedTrainingSet(samples: mixed ?? original.selecting([]), origins: origins)
  }

  /// The positions that are chosen of pools put end to end, ascending.
  private func chosen(
    _ choice: PoolDraw.Choice, of sizes: [Int], generation: Int, index: Int
  ) -> [Int] {
    let total = sizes.reduce(0, +)
    var stream = RandomStream(seed: seed, purpose: "mix", generation: generation, sample: index)
    switch choice {
    case .all: return Array(0..<total)
    case .leading: return Array(0..<choice.taken(of: sizes))
    case .random: return stream.sample(choice.taken(of: sizes), outOf: total).sorted()
    case .replacement:
      return (0..<choice.taken(of: sizes)).map { _ in stream.integer(below: total) }.sorted()
    case .equal(let count):
      var (chosen, start) = ([Int](), 0)
      let shares = PoolDraw.Choice.equalShares(of: count, from: sizes)
      for (share, size) in zip(shares, sizes) {
        chosen += stream.sample(share, outOf: size).sorted().map { start + $0 }
        start += size
      }
      return chosen
    }
  }

  private func count(of pool: Pool) -> Int {
    if case .reservoir(let count) = pool { return min(count, original.count) }
    return samples(of: pool).count
  }

  private func samples(of pool: Pool) -> SampleSet {
    switch pool {
    // Only the leading rows of the reservoir are ever asked for.
    case .original, .reservoir: original
    case .fresh: preconditionFailure("fresh samples are taken by number, not pooled with others")
    case .generation(let generation):
      {
        guard let samples = generations[generation] else {
          preconditionFailure("generation \(generation) was let go of, and is asked for again")
        }
        return samples
      }()
    }
  }
}
