import Randomness
public import Samples

/// A training set with what theory must know about it.
public struct MixedTrainingSet: Sendable {
  /// The samples, real ones first where parts are separate.
  public let samples: SampleSet

  /// How many of them are real.
  public let realCount: Int

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

  private let seed: UInt64

  /// Creates pools without synthetic samples.
  public init(original: SampleSet, fresh: FreshSupply, seed: UInt64) {
    self.original = original
    self.fresh = fresh
    self.seed = seed
  }

  /// Adds what the next generation drew.
  public mutating func append(_ samples: SampleSet) {
    generations.append(samples)
  }

  /// Lets go of the synthetic samples from which a generation is not mixed, and so no later one.
  ///
  /// See ``Strategy/parts`` for the promise that strategies make.
  public mutating func keepOnlyPools(
    of generation: Int, strategy: Strategy, realShare: Double
  ) {
    let needed = Set(
      strategy.parts(context(generation, realShare: realShare)).flatMap(\.pools))
    for index in generations.indices where !needed.contains(.generation(index)) {
      generations[index] = nil
    }
  }

  private func context(_ generation: Int, realShare: Double) -> Strategy.Context {
    Strategy.Context(
      generation: generation, sampleCount: original.count, realShare: realShare)
  }

  /// Returns the training set that a strategy mixes for a generation; generation 0 is the original.
  public func trainingSet(
    for generation: Int, strategy: Strategy, realShare: Double
  ) -> MixedTrainingSet {
    guard generation > 0 else {
      return MixedTrainingSet(samples: original, realCount: original.count)
    }
    let freshBefore = (1..<generation).reduce(0) {
      $0 + strategy.freshCount(context($1, realShare: realShare))
    }
    var mixed: SampleSet?
    var realCount = 0
    for (index, part) in strategy.parts(context(generation, realShare: realShare))
      .enumerated()
    {
      let taken = take(part, index: index, generation: generation, freshBefore: freshBefore)
      realCount += taken.realCount
      mixed = mixed?.appending(taken.samples) ?? taken.samples
    }
    return MixedTrainingSet(samples: mixed ?? original.selecting([]), realCount: realCount)
  }

  private func take(
    _ part: PoolDraw, index: Int, generation: Int, freshBefore: Int
  ) -> MixedTrainingSet {
    if part.pools == [.fresh] {
      let count =
        switch part.choice {
        case .all: 0
        case .leading(let count), .random(let count): count
        }
      let samples = fresh.samples(freshBefore..<freshBefore + count, generation: generation)
      return MixedTrainingSet(samples: samples, realCount: samples.count)
    }
    let sizes = part.pools.map { pool in samples(of: pool).count }
    let total = sizes.reduce(0, +)
    let chosen: [Int] =
      switch part.choice {
      case .all: Array(0..<total)
      case .leading(let count): Array(0..<min(count, total))
      case .random(let count):
        {
          var stream = RandomStream(
            seed: seed, purpose: "mix", generation: generation, sample: index)
          return stream.sample(min(count, total), outOf: total).sorted()
        }()
      }
    // Each pool is asked for its own rows only, so that no copy of the whole union is made.
    var mixed: SampleSet?
    var realCount = 0
    var start = 0
    var position = 0
    for (pool, size) in zip(part.pools, sizes) {
      let end = start + size
      var rows: [Int] = []
      while position < chosen.count, chosen[position] < end {
        rows.append(chosen[position] - start)
        position += 1
      }
      let taken = rows.count == size ? samples(of: pool) : samples(of: pool).selecting(rows)
      if pool.isReal { realCount += taken.count }
      mixed = mixed?.appending(taken) ?? taken
      start = end
    }
    return MixedTrainingSet(samples: mixed ?? original.selecting([]), realCount: realCount)
  }

  private func samples(of pool: Pool) -> SampleSet {
    switch pool {
    case .original: original
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
