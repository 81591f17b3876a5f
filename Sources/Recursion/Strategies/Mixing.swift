/// A rule that turns pools of real and synthetic samples into a weighted training set.
public struct Mixing: Equatable, Sendable {
  /// The parts of the training set, real ones first.
  public var parts: [MixingPart]

  /// Creates a rule.
  public init(_ parts: [MixingPart]) {
    self.parts = parts
  }

  /// The parts of the training set of a generation, at least 1.
  ///
  /// - Parameter budget: The samples in generation 0's training set, `N`, of which shares are.
  public func draws(_ generation: Int, budget: Int) -> [PoolDraw] {
    zip(parts, counts(generation, budget: budget)).map { $0.draw(generation, count: $1) }
  }

  /// The samples of each part, after its filters; `nil` for all that its pools hold.
  private func counts(_ generation: Int, budget: Int) -> [Int?] {
    let counts = parts.map { $0.count(generation, budget: budget) }
    let taken = counts.reduce(0) { $0 + ($1 ?? 0) }
    return zip(parts, counts).map { part, count in
      part.size == .rest ? max(0, budget - taken) : count
    }
  }

  /// The samples that a generation draws: the budget, or more where the next generation is to be mixed
  /// from more.
  ///
  /// It does not depend on where the run ends, so that a longer run has the same bytes.
  public func drawnCount(_ generation: Int, budget: Int) -> Int {
    zip(parts, counts(generation + 1, budget: budget))
      .filter { $0.0.sources == [.generations(last: 1)] }
      .reduce(budget) { most, part in max(most, part.1.map(part.0.candidates) ?? 0) }
  }

  /// The first generation whose samples a later one is mixed from; `nil` if it is mixed from none.
  func firstPool(of generation: Int) -> Int? {
    parts.flatMap(\.sources).compactMap { source in
      source.pools(for: generation).lazy.compactMap { pool in
        if case .generation(let drawn) = pool { drawn } else { nil }
      }.first
    }.min()
  }

  /// The fresh real samples that a generation asks for.
  public func freshCount(_ generation: Int, budget: Int) -> Int {
    draws(generation, budget: budget).filter { $0.pools == [.fresh] }
      .reduce(0) { $0 + ($1.choice.count ?? 0) }
  }
}

/// A part of a training set as a rule for all generations.
public struct MixingPart: Equatable, Sendable {
  /// Where the samples of a part come from.
  ///
  /// The samples of a generation that one generation is not mixed from are not asked for later: memory
  /// lets go of them.
  public enum Source: Equatable, Sendable {
    /// The real training set of generation 0.
    case original
    /// The first so many samples of it.
    case reservoir(Int)
    /// New real samples.
    case fresh
    /// The synthetic samples of the last so many generations; `nil` for all.
    case generations(last: Int?)
    /// The last so many sets, the original one being the first and followed by each generation's.
    case window(Int)
  }

  /// How many samples a part has.
  public enum Size: Equatable, Sendable {
    /// All that are in the pools.
    case all
    /// A share of the budget.
    case share(Schedule)
    /// A number.
    case count(Schedule)
    /// What the other parts leave of the budget.
    case rest
  }

  /// Which of the pooled samples are taken.
  public enum Choice: String, CaseIterable, Sendable {
    /// The first.
    case leading
    /// At random without replacement, anew in each generation.
    case random
    /// At random with replacement.
    case replacement
    /// At random without replacement, equally many from every pool.
    case equal
  }

  /// What a part weighs in the fit.
  public enum Weight: Equatable, Sendable {
    /// A share of the whole.
    case share(Schedule)
    /// The share for which the fit errs least; see ``PoolDraw/Weight/golden``.
    case golden
    /// What the other parts leave.
    case rest
  }

  /// The pools, put end to end.
  public var sources: [Source]

  /// How many samples are taken.
  public var size: Size

  /// Which of them.
  public var choice: Choice

  /// What they weigh; `nil` in all parts or in none.
  public var weight: Weight?

  /// What happens to them before the training set, one filter after the other.
  public var filters: [SampleFilter]

  /// Creates a part.
  public init(
    _ sources: [Source], _ size: Size, _ choice: Choice = .leading, weight: Weight? = nil,
    filters: [SampleFilter] = []
  ) {
    self.sources = sources
    self.size = size
    self.choice = choice
    self.weight = weight
    self.filters = filters
  }

  /// The samples that no part takes from its pools: more than any machine holds.
  static let mostCandidates = 1 << 40

  /// The samples to take from the pools where so many are wanted after the filters.
  func candidates(for count: Int) -> Int {
    filters.reversed().reduce(count) { $1.candidates(for: $0) }
  }

  /// The samples that the part asks for; `nil` where that depends on the pools or on other parts.
  func count(_ generation: Int, budget: Int) -> Int? {
    switch size {
    case .all, .rest: nil
    case .share(let share): Int((share.value(at: generation) * Double(budget)).rounded())
    case .count(let count): Int(count.value(at: generation).rounded())
    }
  }

  func draw(_ generation: Int, count: Int?) -> PoolDraw {
    PoolDraw(
      sources.flatMap { $0.pools(for: generation) },
      count.map { drawn(choice, candidates(for: $0)) } ?? .all,
      weight: weight.map { $0.drawn(generation) }, filters: filters)
  }

  private func drawn(_ choice: Choice, _ count: Int) -> PoolDraw.Choice {
    switch choice {
    case .leading: .leading(count)
    case .random: .random(count)
    case .replacement: .replacement(count)
    case .equal: .equal(count)
    }
  }
}

extension MixingPart.Source {
  /// The pools from which a generation is mixed, at least 1.
  func pools(for generation: Int) -> [Pool] {
    switch self {
    case .original: [.original]
    case .reservoir(let count): [.reservoir(count)]
    case .fresh: [.fresh]
    case .generations(let last):
      ((last.map { max(0, generation - $0) } ?? 0)..<generation).map(Pool.generation)
    case .window(let count):
      (generation < count ? [.original] : [])
        + (max(0, generation - count)..<generation).map(Pool.generation)
    }
  }
}

extension MixingPart.Weight {
  func drawn(_ generation: Int) -> PoolDraw.Weight {
    switch self {
    case .share(let share): .share(share.value(at: generation))
    case .golden: .golden
    case .rest: .rest
    }
  }
}
