/// Where training samples come from.
public enum Pool: Hashable, Sendable {
  /// The real training set of generation 0: the same samples in every generation.
  case original

  /// Real samples that no earlier generation has trained on.
  case fresh

  /// What the model of this generation drew, after the carry.
  case generation(Int)

  /// Whether the samples are real.
  public var isReal: Bool {
    switch self {
    case .original, .fresh: true
    case .generation: false
    }
  }
}

/// A part of a training set: which samples to take from which pools.
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
  }

  /// The pools, put end to end.
  public let pools: [Pool]

  /// Which of their samples are taken.
  public let choice: Choice

  /// Creates a part of a training set.
  public init(_ pools: [Pool], _ choice: Choice) {
    self.pools = pools
    self.choice = choice
  }
}
