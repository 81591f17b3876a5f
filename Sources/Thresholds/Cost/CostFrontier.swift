import Comparison
public import Statistics

/// Settings of a loop by what they cost and what they keep.
public struct CostFrontier: Sendable {
  /// A setting.
  public struct Point: Equatable, Sendable {
    /// The value of the axis.
    public let x: Double

    /// The samples drawn in each generation.
    public let samples: Int

    /// The distinct real samples that the loop sees.
    public let real: Double

    /// The synthetic samples that anything is trained on.
    public let synthetic: Double

    /// The price of both together.
    public let cost: Double

    /// What is held against the limit, over seeds.
    public let summary: SampleSummary

    /// Creates a point.
    public init(
      x: Double, samples: Int, real: Double, synthetic: Double, price: SamplePrice,
      summary: SampleSummary
    ) {
      self.x = x
      self.samples = samples
      self.real = real
      self.synthetic = synthetic
      cost = price.cost(real: real, synthetic: synthetic)
      self.summary = summary
    }
  }

  /// What must be kept.
  public let bound: KeptBound

  /// What may be spent; `nil` for no limit.
  public let budget: Double?

  /// The settings, the cheapest first.
  public let points: [Point]

  /// Orders settings by their cost.
  public init(_ points: [Point], bound: KeptBound, budget: Double?) {
    self.bound = bound
    self.budget = budget
    self.points = points.sorted { ($0.cost, $0.samples, $0.x) < ($1.cost, $1.samples, $1.x) }
  }

  /// Whether no other setting is as cheap and better, or as good and cheaper.
  public func isEfficient(_ point: Point) -> Bool {
    !points.contains { other in
      let isBetter = bound.metric.prefers(other.summary.mean, to: point.summary.mean)
      let isWorse = bound.metric.prefers(point.summary.mean, to: other.summary.mean)
      return other.cost <= point.cost && !isWorse && (isBetter || other.cost < point.cost)
    }
  }

  /// The settings that no other beats, the cheapest first.
  public var frontier: [Point] { points.filter(isEfficient) }

  /// The best setting within the budget; `nil` without a budget, or if none is cheap enough.
  public var best: Point? {
    guard let budget else { return nil }
    return frontier.last { $0.cost <= budget }
  }

  /// The cheapest setting whose mean keeps the bound.
  public var cheapestKept: Point? { points.first { bound.isKept(by: $0.summary.mean) } }
}
