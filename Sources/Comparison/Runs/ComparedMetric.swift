import Metrics
import Recursion
public import Statistics

/// A number by which runs are compared.
public struct ComparedMetric: Equatable, Sendable {
  /// The metric's id.
  public let id: String

  /// Whether the lower value is the better one: collapse raises it.
  public let isLowerBetter: Bool

  /// On which scale it is averaged over seeds.
  ///
  /// Variances and what is counted from them are multiplied by chance in every generation: their
  /// logarithms are averaged (theory A4, A5). Fréchet distances are averaged as they are, as their
  /// expectation is what theory gives (0.3), and so are shares.
  public let scale: AveragingScale

  private static let logarithmic: Set<String> = [
    "total_variance", "effective_rank", "participation_ratio", "vendi_rbf", "kl_real_model",
  ]

  /// Collapse raises the density, but samples far from all real ones have none.
  private static let twoSided = "density"

  /// Short names of metrics that tables and people use.
  static let aliases = ["fd": "frechet_distance", "variance": "total_variance"]

  /// The values that the metric can have.
  public var range: ClosedRange<Double> { MetricCatalogue.range(of: id) }

  /// Finds a metric by its id, or by `fd` or `variance`.
  ///
  /// - Throws: ``ComparisonError/unknownMetric(_:suggestion:)`` or ``ComparisonError/unranked(_:)``.
  public init(_ name: String) throws(ComparisonError) {
    let id = Self.aliases[name] ?? name
    let entry = MetricCatalogue.entries.first { $0.id == id }
    // A run may be asked for what `measure` computes.
    let direction = entry?.direction ?? MeasuredMetric(rawValue: id)?.underCollapse.word
    guard let direction else {
      let known = Set(
        MetricCatalogue.entries.map(\.id) + MeasuredMetric.allCases.map(\.rawValue)
      ).sorted()
      throw .unknownMetric(id, suggestion: NearestName.metricQuestion(id, among: known))
    }
    switch direction {
    case "rises" where id != Self.twoSided: isLowerBetter = true
    case "falls": isLowerBetter = false
    default: throw .unranked(id)
    }
    self.id = id
    scale = Self.logarithmic.contains(id) ? .logarithmic : .plain
  }

  /// Whether one value is better than another.
  public func prefers(_ first: Double, to second: Double) -> Bool {
    isLowerBetter ? first < second : first > second
  }
}
