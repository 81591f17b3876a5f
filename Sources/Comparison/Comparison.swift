import Statistics

/// How runs are compared.
public struct ComparisonSettings: Equatable, Sendable {
  /// The id of the metric that ranks.
  public var metric = "frechet_distance"

  /// The generation; `nil` takes the last that all runs on a data set have.
  public var generation: Int?

  /// What is made equal.
  public var equal = ComparedBudget.real

  /// The variant that all others are compared with; `nil` compares all pairs.
  public var baseline: String?

  /// The probability of any wrong claim of a difference on a data set.
  public var alpha = 0.05

  /// Creates the default settings.
  public init() {}
}

/// Runs of several strategies, compared.
public struct Comparison: Sendable {
  /// The version of `comparison.json`.
  ///
  /// In version 1 `overall.concordance` was one number; since version 2 it is a list, with one number for
  /// each budget (`budget_group`) in their order.
  public static let schemaVersion = 2

  /// How they are compared.
  public let settings: ComparisonSettings

  /// The metric that ranks.
  public let metric: ComparedMetric

  /// The metric that is shown beside it.
  public let companion: ComparedMetric

  /// One for each data set, in the order in which they come.
  public let dataSets: [DataSetComparison]

  /// Over all data sets; `nil` for one.
  public let overall: OverallComparison?

  /// What a reader must know.
  public let notes: [String]

  /// Compares runs.
  ///
  /// - Throws: ``ComparisonError``.
  public init(
    _ folders: ComparedFolders, settings: ComparisonSettings = ComparisonSettings()
  ) throws(ComparisonError) {
    try self.init(folders.runs, notes: folders.notes, settings: settings)
  }

  init(
    _ runs: [ComparedRun], notes: [String] = [], settings: ComparisonSettings
  ) throws(ComparisonError) {
    self.settings = settings
    let metric = try ComparedMetric(settings.metric)
    let companion = try ComparedMetric(metric.id == "recall" ? "frechet_distance" : "recall")
    self.metric = metric
    self.companion = companion
    guard
      runs.contains(where: { run in (0...run.last).contains { run.value(metric.id, $0) != nil } })
    else { throw .unknownMetric(metric.id, suggestion: "") }
    var names: [String] = []
    for run in runs where !names.contains(run.data) { names.append(run.data) }
    var sets: [DataSetComparison] = []
    for name in names {
      sets.append(
        try DataSetComparison(
          name, try Variant.all(of: runs.filter { $0.data == name }), metric: metric,
          companion: companion, settings: settings))
    }
    dataSets = sets
    overall = OverallComparison(sets, metric: metric, settings: settings)
    self.notes = notes + sets.flatMap { Self.notes(on: $0, equal: settings.equal) }
  }

  /// What must be known of the budgets and seeds on a data set.
  private static func notes(on set: DataSetComparison, equal: ComparedBudget) -> [String] {
    var notes: [String] = []
    if equal == .real, set.groups.count > 1 {
      let groups = set.groups.map { set.variants(ofGroup: $0) }
      let lowest = groups[0].compactMap(\.distinctReal).min() ?? 0
      for group in groups.dropFirst() {
        guard let budget = group.compactMap(\.distinctReal).min(), lowest > 0 else { continue }
        let run = group[0].variant.runs[0]
        let samples = Int((Double(run.sampleCount) * lowest / budget).rounded())
        notes.append(
          "\(set.data): \(group.map(\.variant.label).joined(separator: ", ")) saw "
            + "\(ReportNumber.short(budget / lowest)) times the real samples of "
            + "\(groups[0].map(\.variant.label).joined(separator: ", ")), and "
            + "\(group.count == 1 ? "is" : "are") not ranked with them. Run "
            + "\(group.count == 1 ? "it" : "them") with --samples \(samples) for an equal budget, or "
            + "compare with --equal n.")
      }
    }
    let counts = Set(set.variants.map(\.variant.runs.count))
    if counts.count > 1 {
      notes.append(
        "\(set.data): not all strategies have as many seeds; differences are those of the seeds in "
          + "common.")
    }
    let missing = set.variants.filter { $0.summary == nil }
    if !missing.isEmpty {
      notes.append(
        "\(set.data): \(missing.map(\.variant.label).joined(separator: ", ")): a run has no value, and "
          + "no rank is given.")
    }
    return notes
  }
}
