/// Where training samples come from.
public enum Pool: Hashable, Sendable {
  /// The real training set of generation 0: the same samples in every generation.
  case original

  /// The first so many samples of the original set: what was kept of it.
  case reservoir(Int)

  /// Real samples that no earlier generation has trained on.
  case fresh

  /// What the model of this generation drew, after the carry.
  case generation(Int)

  /// Whether the samples are real.
  public var isReal: Bool {
    switch self {
    case .original, .reservoir, .fresh: true
    case .generation: false
    }
  }
}

/// A part of the training set of one generation: which samples to take from which pools.
public struct PoolDraw: Equatable, Sendable {
  /// Which of the pooled samples are taken.
  public enum Choice: Equatable, Sendable {
    /// Every one.
    case all

    /// The first so many: the same in every generation for the pool `original`, whose order is
    /// random.
    case leading(Int)

    /// So many, drawn without replacement and anew in each generation.
    case random(Int)

    /// So many, drawn with replacement and anew in each generation.
    case replacement(Int)

    /// So many, as equally many from every pool as can be, drawn without replacement.
    case equal(Int)

    /// How many samples are taken; `nil` for all that there are.
    public var count: Int? {
      switch self {
      case .all: nil
      case .leading(let count), .random(let count), .replacement(let count), .equal(let count):
        count
      }
    }

    /// How many samples are taken of pools of these sizes: fewer than are asked for where they hold
    /// fewer.
    func taken(of sizes: [Int]) -> Int {
      let total = sizes.reduce(0, +)
      return switch self {
      case .all: total
      case .leading(let count), .random(let count): min(count, total)
      case .replacement(let count): total > 0 ? count : 0
      case .equal(let count): Self.equalShares(of: count, from: sizes).reduce(0, +)
      }
    }

    /// How many samples are taken of each pool, as equally many as can be.
    static func equalShares(of count: Int, from sizes: [Int]) -> [Int] {
      // What cannot be divided goes to the latest pools.
      sizes.enumerated().map { min((count + $0.offset) / sizes.count, $0.element) }
    }
  }

  /// The samples of each pool that is put end to end with the others.
  ///
  /// - Parameters:
  ///   - budget: The samples in generation 0's training set.
  ///   - drawn: The samples that a generation drew.
  func sizes(budget: Int, drawn: (Int) -> Int) -> [Int] {
    pools.map { pool in
      switch pool {
      case .original: budget
      case .reservoir(let count): min(count, budget)
      case .fresh: choice.count ?? 0
      case .generation(let generation): drawn(generation)
      }
    }
  }

  /// What a part weighs in the fit beside the others.
  public enum Weight: Equatable, Sendable {
    /// This share of the whole.
    case share(Double)

    /// The share for which a fit to new real samples and those of the last model errs least.
    case golden

    /// What the other parts leave.
    case rest
  }

  /// The pools, put end to end.
  public let pools: [Pool]

  /// Which of their samples are taken.
  public let choice: Choice

  /// What the part weighs; `nil` where every sample weighs the same.
  public let weight: Weight?

  /// What happens to the samples taken before they enter the training set.
  public let filters: [SampleFilter]

  /// Creates a part of a training set.
  public init(
    _ pools: [Pool], _ choice: Choice, weight: Weight? = nil, filters: [SampleFilter] = []
  ) {
    self.pools = pools
    self.choice = choice
    self.weight = weight
    self.filters = filters
  }
}
