/// What one generation of a linear loop is trained on: parts, each taken from pools by a rule that
/// does not look at the samples.
public struct GenerationPlan: Equatable, Sendable {
  /// The parts of the training set; those of the first generation are real.
  public var parts: [PlannedPart]

  /// The samples that the model draws.
  public var drawn: Int

  /// Creates a plan.
  public init(_ parts: [PlannedPart], drawn: Int) {
    self.parts = parts
    self.drawn = drawn
  }
}

/// A part of a training set.
public struct PlannedPart: Equatable, Sendable {
  /// Which of the pooled samples are taken.
  public enum Choice: Equatable, Sendable {
    /// Every one.
    case all
    /// The first so many.
    case leading(Int)
    /// So many at random, anew in each generation, none more often than the others: each at most once
    /// while there are enough, else each as often as can be and a random rest once more.
    case random(Int)
    /// So many at random, with replacement.
    case replacement(Int)
    /// So many at random, as many from every pool as can be; the latest pools get what cannot be
    /// divided.
    case equal(Int)
  }

  /// The pools, put end to end.
  public var pools: [PlannedPool]

  /// Which of their samples are taken.
  public var choice: Choice

  /// The share of the part in the weight of the whole; `nil`, in all parts or in none, where every
  /// sample weighs the same.
  public var weight: Double?

  /// Creates a part.
  public init(_ pools: [PlannedPool], _ choice: Choice = .all, weight: Double? = nil) {
    self.pools = pools
    self.choice = choice
    self.weight = weight
  }
}

/// Samples that are alike to theory.
public enum PlannedPool: Hashable, Sendable {
  /// The first so many of one set of real samples, which never changes.
  case original(Int)
  /// So many real samples that nothing else is trained on.
  case fresh(Int)
  /// What the model of an earlier generation drew.
  case generation(Int)
}

extension StrategyKind {
  /// The plans of generations of these sizes.
  func plans(_ sizes: [GenerationSizes]) -> [GenerationPlan] {
    sizes.indices.map { generation in
      let size = sizes[generation]
      let isReal = size.real > 0
      let real: [PlannedPool] =
        isReal ? [size.fresh ? .fresh(size.real) : .original(size.real)] : []
      let total = size.real + size.synthetic
      let choice: PlannedPart.Choice =
        size.subsample.map { $0 < total ? .random($0) : .all } ?? .all
      let next = generation + 1 < sizes.count ? sizes[generation + 1] : nil
      switch self {
      case .accumulate, .accumulateSubsample:
        let pools = real + (0..<generation).map(PlannedPool.generation)
        let grown = next.map { $0.real + $0.synthetic - total } ?? 0
        return GenerationPlan([PlannedPart(pools, choice)], drawn: max(0, grown))
      default:
        let synthetic: [PlannedPool] =
          size.synthetic > 0 && generation > 0 ? [.generation(generation - 1)] : []
        return GenerationPlan(
          [PlannedPart(real + synthetic, choice)], drawn: next?.synthetic ?? 0)
      }
    }
  }
}
