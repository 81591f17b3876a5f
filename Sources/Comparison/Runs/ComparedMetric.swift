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

  /// Finds a metric by its id.
  ///
  /// - Throws: ``ComparisonError/unknownMetric(_:suggestion:)`` or ``ComparisonError/unranked(_:)``.
  public init(_ id: String) throws(ComparisonError) {
    guard let entry = MetricCatalogue.entries.first(where: { $0.id == id }) else {
      throw .unknownMetric(
        id, suggestion: NearestName.question(id, among: MetricCatalogue.entries.map(\.id)))
    }
    switch entry.direction {
    case "rises": isLowerBetter = true
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
