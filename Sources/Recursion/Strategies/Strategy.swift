/// A rule that turns pools of real and synthetic samples into the training set of a generation.
///
/// A strategy is a value: a name, the words that explain it, and the parts of the training set as a
/// function of the generation. Adding one means adding a value to ``StrategyCatalogue``.
public struct Strategy: Sendable {
  /// What a strategy is told about the generation it mixes for.
  public struct Context: Equatable, Sendable {
    /// The generation to be fitted, at least 1.
    public let generation: Int

    /// The samples drawn in each generation, and the size of generation 0's training set: `N`.
    public let sampleCount: Int

    /// The share of real samples in a training set of fixed size, 0 … 1: `p`.
    public let realShare: Double

    /// The real samples in a training set of `N`: `round(p N)`.
    public var realCount: Int { Int((realShare * Double(sampleCount)).rounded()) }

    /// The synthetic samples in a training set of `N`.
    public var syntheticCount: Int { sampleCount - realCount }

    /// Creates a context.
    public init(generation: Int, sampleCount: Int, realShare: Double) {
      self.generation = generation
      self.sampleCount = sampleCount
      self.realShare = realShare
    }
  }

  /// The name on the command line, as in the papers.
  public let name: String

  /// What a generation is trained on, in one sentence.
  public let summary: String

  /// The paper that studies it.
  public let source: String

  /// Whether the real share `p` changes anything.
  public let usesRealShare: Bool

  /// The parts of the training set of a generation, at least 1.
  ///
  /// The samples of a generation that one generation is not mixed from are not asked for later: memory
  /// lets go of them.
  public let parts: @Sendable (Context) -> [PoolDraw]

  /// The fresh real samples that a generation asks for.
  public func freshCount(_ context: Context) -> Int {
    parts(context).filter { $0.pools == [.fresh] }.reduce(0) { count, part in
      switch part.choice {
      case .all: count
      case .leading(let more), .random(let more): count + more
      }
    }
  }
}
