import Recursion
import Statistics
import Storage

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
    let comparable = try ComparableRuns.all(of: runs)
    let variants = try Variant.all(of: comparable.sets.map(\.runs))
    let sets = try zip(comparable.sets, variants).map { (set, variants) throws(ComparisonError) in
      try DataSetComparison(
        set.name, variants, metric: metric, companion: companion, settings: settings)
    }
    let labels = sets.flatMap { $0.variants.map(\.variant.label) }.uniqued
    if let baseline = settings.baseline, !labels.contains(baseline) {
      throw .unknownBaseline(baseline, known: labels)
    }
    dataSets = sets
    overall = OverallComparison(sets, metric: metric, settings: settings)
    self.notes =
      notes + comparable.notes
      + (settings.generation == nil ? sets.compactMap(Self.lengthNote) : [])
      + sets.flatMap { Self.notes(on: $0, by: metric, equal: settings.equal) }
      + Self.overallNotes(on: sets) + Self.programNotes(on: runs)
  }

  /// What does not hold over all data sets.
  private static func overallNotes(on sets: [DataSetComparison]) -> [String] {
    guard sets.count > 1 else { return [] }
    let labels = sets.map { Set($0.variants.map(\.variant.label)) }
    let partial = Set(labels.joined()).filter { label in !labels.allSatisfy { $0.contains(label) } }
    let others = Variant.otherSettings(
      on: sets.map { (name: $0.data, variants: $0.variants.map(\.variant)) })
    return [
      partial.isEmpty
        ? nil
        : "\(partial.sorted().joined(separator: "; ")): not on all data sets, and without a place over "
          + "all of them.",
      others.isEmpty
        ? nil
        : "the data sets are not run with the same settings: \(others.joined(separator: "; ")).",
    ].compactMap { $0 }
  }

  /// That runs were made by different programs.
  private static func programNotes(on runs: [ComparedRun]) -> [String] {
    func several(_ key: String) -> String? {
      let values = runs.compactMap { $0.record.run[key]?.string }.uniqued
      return values.count > 1 ? values.joined(separator: ", ") : nil
    }
    return [
      several("version").map {
        "the runs were made by different versions of genloss (\($0)), and may differ by that alone."
      },
      several("blas").map {
        "the runs were made on different kernels of BLAS (\($0)), and may differ by rounding alone."
      },
    ].compactMap { $0 }
  }

  /// What must be known of the budgets and seeds on a data set.
  private static func notes(
    on set: DataSetComparison, by metric: ComparedMetric, equal: ComparedBudget
  ) -> [String] {
    var notes: [String] = []
    if equal == .real {
      notes += budgetNotes(on: set)
      notes += set.groups.compactMap { sizeNote(on: set, set.variants(ofGroup: $0), by: metric) }
    }
    notes += PhasePlane.ambiguities(on: set)
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
          + "no rank is given; differences are those of the other seeds.")
    }
    let lost = set.variants.filter { variant in
      variant.summary.map { $0.scale == .logarithmic && $0.values.contains(0) } ?? false
    }
    if !lost.isEmpty {
      notes.append(
        "\(set.data): \(lost.map(\.variant.label).joined(separator: ", ")): \(metric.id) is 0 in a run, "
          + "and so is its geometric mean, which has no interval; differences with it are judged by signed "
          + "ranks.")
    }
    return notes
  }
}

extension Comparison {
  /// How many runs are named that end before others.
  private static let mostNamed = 3

  /// Which runs decide the generation that is compared, where others have more.
  private static func lengthNote(on set: DataSetComparison) -> String? {
    let runs = set.variants.flatMap(\.variant.runs)
    let most = runs.map(\.last).max() ?? 0
    let shortest = runs.filter { $0.last == set.generation }
    guard set.generation < most else { return nil }
    let names = shortest.prefix(mostNamed).map(\.record.path.printable).joined(separator: ", ")
    let more = shortest.count > mostNamed ? " and \(shortest.count - mostNamed) more" : ""
    return "\(set.data): generation \(set.generation) is compared, the last of \(names)\(more); "
      + "others have up to \(most)."
  }

  /// Which strategies saw more real samples than those that saw fewest, and what would make them equal.
  private static func budgetNotes(on set: DataSetComparison) -> [String] {
    let groups = set.groups.map { set.variants(ofGroup: $0) }
    func labels(_ group: [RankedVariant]) -> String {
      group.map(\.variant.label).joined(separator: ", ")
    }
    let known = groups.filter { $0[0].distinctReal != nil }
    let unknown = groups.filter { $0[0].distinctReal == nil }.flatMap { $0 }
    let lowest = known.first?.compactMap(\.distinctReal).min() ?? 0
    let more = known.dropFirst().compactMap { group -> String? in
      guard let budget = group.compactMap(\.distinctReal).min(), lowest > 0 else { return nil }
      let needed = group.map { $0.variant.runs[0].samples(spending: lowest, upTo: set.generation) }
      let (it, isNot) = group.count == 1 ? ("it", "is") : ("them", "are")
      let counts = Set(needed.compactMap { $0 }).sorted()
      let advice =
        needed.contains(nil)
        ? "With no --samples do they see as few: compare with --equal n."
        : "Run \(it) with --samples \(counts.map(String.init).joined(separator: " or ")) for an equal "
          + "budget, or compare with --equal n."
      return
        "\(set.data): \(labels(group)) saw \(ReportNumber.short(budget / lowest)) times the real "
        + "samples of \(labels(known[0])), and \(isNot) not ranked with them. \(advice)"
    }
    guard !unknown.isEmpty else { return more }
    return more + [
      "\(set.data): how many real samples \(labels(unknown)) saw is not known to this version of "
        + "genloss, and nothing is ranked with \(unknown.count == 1 ? "it" : "them"). Compare with "
        + "--equal n."
    ]
  }

  /// That strategies of one budget draw different numbers of samples, on which metrics depend.
  private static func sizeNote(
    on set: DataSetComparison, _ group: [RankedVariant], by metric: ComparedMetric
  ) -> String? {
    let counts = Set(group.map { $0.variant.runs[0].sampleCount }).sorted()
    guard counts.count > 1, let least = counts.first, let most = counts.last,
      let budget = group[0].distinctReal
    else { return nil }
    func null(_ count: Int) -> String? {
      group.first { $0.variant.runs[0].sampleCount == count && $0.null != nil }?.null
        .map { "\(ReportNumber.range($0)) at n = \(count)" }
    }
    let nulls = [least, most].compactMap(null)
    return
      "\(set.data): the strategies that saw \(ReportNumber.count(budget)) real "
      + "samples draw from \(least) to \(most) samples a generation (n), and \(metric.id) depends on n: "
      + (nulls.isEmpty
        ? "part of their distance is that alone."
        : "between real sets it is \(nulls.joined(separator: ", ")). Judge each beside its own "
          + "real-real.")
  }
}
