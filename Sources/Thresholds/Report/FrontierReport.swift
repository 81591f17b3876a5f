public import Comparison
import Recursion
import Statistics
public import Storage

/// What a search under prices found, in words and numbers.
public struct FrontierReport: Sendable {
  /// The version of `frontier.json`.
  static let schemaVersion = 1

  /// The settings by their cost.
  public let frontier: CostFrontier

  /// What is changed beside the number of samples.
  public let axis: SweptAxis

  /// The prices.
  public let price: SamplePrice

  /// The data, as short as titles have them.
  public let data: String

  /// The strategy without what is changed.
  public let strategy: String

  /// The last generation.
  public let generation: Int

  /// The number of seeds.
  public let seedCount: Int

  /// Creates a report.
  public init(
    _ frontier: CostFrontier, axis: SweptAxis, price: SamplePrice, data: String, strategy: String,
    generation: Int, seedCount: Int
  ) {
    self.frontier = frontier
    self.axis = axis
    self.price = price
    self.data = data
    self.strategy = strategy
    self.generation = generation
    self.seedCount = seedCount
  }

  private var bound: KeptBound { frontier.bound }

  /// Title, strategy and prices, in a line.
  public var title: String {
    "\(data), \(strategy), generation \(generation): \(bound.metric.id) by cost "
      + "(real \(price.real.plainText), synthetic \(price.synthetic.plainText) a sample), "
      + "\(seedCount) seed\(seedCount == 1 ? "" : "s")"
  }

  /// A setting in words: `real share 0.25, n 400`.
  public func words(_ point: CostFrontier.Point) -> String {
    axis == .samples
      ? "n \(point.samples)"
      : "\(axis.words) \(ThresholdReport.text(point.x)), n \(point.samples)"
  }

  /// The settings, the cheapest first.
  public var table: ReportTable {
    let first = axis == .samples ? [] : [axis.words]
    return ReportTable(
      title: title,
      columns: first + [
        "n", "real", "synthetic", "cost",
        bound.metric.id + (bound.isRelative ? " / gen 0" : ""), "95 % of the mean", "frontier",
        "keeps it",
      ] + (frontier.budget == nil ? [] : ["in budget"]),
      rows: frontier.points.map { point in
        let start = axis == .samples ? [] : [ThresholdReport.text(point.x)]
        let isKept = bound.isKept(by: point.summary.mean)
        return start + [
          "\(point.samples)", ReportNumber.count(point.real),
          ReportNumber.count(point.synthetic), ReportNumber.short(point.cost),
          ReportNumber.short(point.summary.mean), ReportNumber.range(point.summary.interval),
          frontier.isEfficient(point) ? "yes" : "-", isKept ? "yes" : "no",
        ] + (frontier.budget.map { [point.cost <= $0 ? "yes" : "no"] } ?? [])
      }, words: [])
  }

  /// The best within the budget, the cheapest that keeps the bound, and what a reader must know.
  public var sentences: [String] {
    var sentences: [String] = []
    if let budget = frontier.budget {
      sentences.append(
        frontier.best.map { best in
          "the best within \(budget.plainText): \(words(best)), \(told(best))"
        } ?? "nothing that was tried costs \(budget.plainText) or less")
    }
    sentences.append(
      frontier.cheapestKept.map { kept in
        "the cheapest that keeps \(bound.words): \(words(kept)), \(told(kept))"
      } ?? "nothing that was tried keeps \(bound.words)")
    if let rival {
      sentences.append(
        "too few seeds to say whether \(words(rival)) at \(ReportNumber.short(rival.cost)) is worse"
      )
    }
    return sentences + [ThresholdReport.warning(ofSeeds: seedCount)].compactMap { $0 }
  }

  private func told(_ point: CostFrontier.Point) -> String {
    "\(bound.metric.id) \(ReportNumber.short(point.summary.mean))"
      + (bound.isRelative ? " of generation 0's" : "")
      + (point.summary.interval.map { " (95 %: \(ReportNumber.range($0)))" } ?? "")
      + " at a cost of \(ReportNumber.short(point.cost))"
  }

  /// The cheapest setting that is not surely worse than the best within the budget.
  private var rival: CostFrontier.Point? {
    guard let best = frontier.best, seedCount > 1 else { return nil }
    return frontier.points.first { $0.cost < best.cost && isOpen($0, beside: best) }
  }

  /// Whether two settings cannot be told apart on their seeds, which they share.
  private func isOpen(_ point: CostFrontier.Point, beside best: CostFrontier.Point) -> Bool {
    let scale = bound.metric.scale
    let pairs = Array(zip(point.summary.values, best.summary.values))
    guard let difference = PairedDifference(pairs, scale: scale) else { return true }
    let neutral = scale == .plain ? 0.0 : 1
    return difference.interval?.contains(neutral) ?? (difference.test.pValue > Self.alpha)
  }

  /// What an interval of 95 % leaves out.
  private static let alpha = 0.05

  /// A row for each setting.
  public var csv: [UInt8] {
    let first = axis == .samples ? [] : [axis.rawValue]
    return CSV.table(
      columns: first + [
        "samples", "real", "synthetic", "cost", "metric", "mean", "low", "high", "frontier",
        "keeps", "in_budget",
      ],
      rows: frontier.points.map { point in
        let start: [CSV.Field] = axis == .samples ? [] : [.text(point.x.plainText)]
        func word(_ holds: Bool?) -> CSV.Field { .text(holds.map { $0 ? "true" : "false" } ?? "") }
        return start + [
          .integer(point.samples), .count(point.real), .count(point.synthetic),
          .number(point.cost), .text(bound.metric.id), .number(point.summary.mean),
          .number(point.summary.interval?.lowerBound), .number(point.summary.interval?.upperBound),
          word(frontier.isEfficient(point)), word(bound.isKept(by: point.summary.mean)),
          word(frontier.budget.map { point.cost <= $0 }),
        ]
      })
  }

  /// Everything as one object.
  public var json: JSONValue {
    func json(_ point: CostFrontier.Point) -> JSONValue {
      .object([
        .init("x", .number(point.x)), .init("samples", .integer(point.samples)),
        .init("real", .number(point.real)), .init("synthetic", .number(point.synthetic)),
        .init("cost", .number(point.cost)), .init("mean", .finite(point.summary.mean)),
        .init("low", .finite(point.summary.interval?.lowerBound)),
        .init("high", .finite(point.summary.interval?.upperBound)),
        .init("values", .array(point.summary.values.map { .finite($0) })),
        .init("frontier", .bool(frontier.isEfficient(point))),
        .init("keeps", .bool(bound.isKept(by: point.summary.mean))),
      ])
    }
    return .object([
      .init("schema_version", .integer(Self.schemaVersion)), .init("data", .string(data)),
      .init("strategy", .string(strategy)), .init("over", .string(axis.rawValue)),
      .init("metric", .string(bound.metric.id)), .init("limit", .number(bound.limit)),
      .init("relative", .bool(bound.isRelative)), .init("generation", .integer(generation)),
      .init("seeds", .integer(seedCount)), .init("price_real", .number(price.real)),
      .init("price_synthetic", .number(price.synthetic)),
      .init("budget", .finite(frontier.budget)), .init("points", .array(frontier.points.map(json))),
      .init("best", frontier.best.map(json) ?? .null),
      .init("cheapest_kept", frontier.cheapestKept.map(json) ?? .null),
      .init("sentences", .array(sentences.map { .string($0) })),
    ])
  }
}
