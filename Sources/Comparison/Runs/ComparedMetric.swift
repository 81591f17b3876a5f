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

  /// Short names of metrics that tables and people use.
  static let aliases = ["fd": "frechet_distance", "variance": "total_variance"]

  private static let shares: Set<String> = [
    "recall", "recall_train", "recall_tail", "symmetric_recall", "improved_recall", "p_recall",
    "modes_lost", "hallucinated_share", "mode_entanglement", "heterozygosity_share",
    "mode_survival",
    "energy_distance_normalised",
  ]

  private static let neverNegative: Set<String> = [
    "frechet_distance", "frechet_distance_mean", "frechet_distance_train", "energy_distance",
    "total_variance", "effective_rank", "participation_ratio", "distinct_nearest", "density",
    "mind",
    "sliced_wasserstein", "mmd_rbf_v", "cmmd", "kernel_distance_v", "jsd", "ndb",
    "spectrum_distance", "vendi_rbf", "vendi_rbf_q2", "vendi_rbf_qinf",
  ]

  /// The values that the metric can have.
  public var range: ClosedRange<Double> {
    if Self.shares.contains(id) { return 0...1 }
    return Self.neverNegative.contains(id) ? 0...(.infinity) : -.infinity...(.infinity)
  }

  /// Finds a metric by its id, or by `fd` or `variance`.
  ///
  /// - Throws: ``ComparisonError/unknownMetric(_:suggestion:)`` or ``ComparisonError/unranked(_:)``.
  public init(_ name: String) throws(ComparisonError) {
    let id = Self.aliases[name] ?? name
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
