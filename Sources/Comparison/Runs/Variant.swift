import Metrics
import Recursion
import Statistics
import Storage

/// Runs of one setting that differ in their seed alone.
public struct Variant: Sendable {
  /// What it is called: the strategy, and the options that tell it from others of that strategy.
  public let label: String

  /// The options that tell variants of its strategy apart, such as `samples`, with their values.
  public let options: [(key: String, value: String)]

  /// The runs, one a seed, in the order of seeds.
  public let runs: [ComparedRun]

  /// The options in which runs of one setting may differ.
  private static let free: Set<String> = ["seed", "data", "data-fingerprint", "threads", "out"]

  /// Those that follow from others unless they are chosen: they tell variants apart only where they do not.
  private static let derived: Set<String> = [
    "components", "rank", "dimensions", "patch", "detail-block", "real-share", "bias", "features",
    "metrics",
  ]

  /// Those that follow from the strategy, do not touch what is compared, or stand beside each strategy in the
  /// tables: they tell runs of one strategy apart, and not the strategies.
  private static let ofStrategy: Set<String> = [
    "samples", "generations", "control", "error-budget", "real-share", "features", "metrics",
  ]

  /// Those of them that may follow from what a seed draws.
  private static let drawn: Set<String> = ["dimensions"]

  /// The option that is told of every strategy if of any: metrics depend on it.
  private static let samples = "samples"

  /// Sorts the runs of each of some data sets into variants, in the order in which they come.
  ///
  /// What tells settings apart on one data set is told on all of them, so that a setting is called the same
  /// on all.
  ///
  /// - Throws: ``ComparisonError/sameSeed(_:_:seed:)``.
  static func all(of sets: [[ComparedRun]]) throws(ComparisonError) -> [[Variant]] {
    var told: [String: [String]] = [:]
    for runs in sets {
      let confounded = telling(differing(runs).filter { !ofStrategy.contains($0) }, runs)
      for (strategy, same) in Dictionary(grouping: runs, by: \.strategyText) {
        told[strategy, default: []] += telling(differing(same), same) + confounded
      }
    }
    if told.values.contains(where: { $0.contains(samples) }) {
      told = told.mapValues { $0.contains(samples) ? $0 : $0 + [samples] }
    }
    return try sets.map { (runs) throws(ComparisonError) in try all(of: runs, told: told) }
  }

  /// Sorts the runs of one data set into variants, in the order in which they come.
  ///
  /// - Throws: ``ComparisonError/sameSeed(_:_:seed:)``.
  static func all(of runs: [ComparedRun]) throws(ComparisonError) -> [Variant] {
    try all(of: [runs]).flatMap { $0 }
  }

  private static func all(
    of runs: [ComparedRun], told: [String: [String]]
  ) throws(ComparisonError) -> [Variant] {
    var variants: [Variant] = []
    for strategy in runs.map(\.strategyText).uniqued {
      let same = runs.filter { $0.strategyText == strategy }
      let told = told[strategy, default: []].uniqued
      let settings = same.map { run in told.map { run.option($0) ?? "" } }
      for setting in settings.uniqued {
        let members = zip(same, settings).filter { $0.1 == setting }.map(\.0)
        let name = members[0].strategy?.label ?? strategy
        let options = zip(told, setting).map { (key: $0, value: $1) }
        // A run may be without an option, such as another generator's setting.
        let words = options.filter { !$0.value.isEmpty }.map { "\($0.key) \($0.value)" }
        variants.append(
          Variant(
            label: ([name] + words).joined(separator: ", "),
            options: options, runs: try bySeed(members)))
      }
    }
    return variants
  }

  /// The options in which runs differ.
  private static func differing(_ runs: [ComparedRun]) -> [String] {
    runs.flatMap { $0.record.configuration.map(\.key) }.uniqued.filter { key in
      !free.contains(key) && key != "strategy"
        && runs.contains { $0.option(key) != runs[0].option(key) }
    }
  }

  /// The options by which runs are told apart, of those in which they differ: those that are chosen, and of
  /// the others those that do not follow from them, from the number of samples or from a strategy that sets
  /// its own, whatever the seeds are.
  private static func telling(_ keys: [String], _ runs: [ComparedRun]) -> [String] {
    var told = keys.filter { key in
      let values = runs.compactMap { $0.option(key) }
      // A setting that some runs do not have and that is the same in all others comes with their generator.
      let isIncidental = values.count < runs.count && Set(values).count == 1
      return !derived.contains(key) && !isIncidental
    }
    for key in keys where !told.contains(key) {
      let drawn = Self.drawn.contains(key)
      var known: [[String]: String] = [:]
      let isFree = runs.contains { run in
        let value = run.option(key) ?? ""
        let isOwn = key == "bias" && run.strategy?.recipe.sampling.bias != nil
        let place =
          [run.option("samples") ?? "", isOwn ? run.strategyText : "", drawn ? run.seed : ""]
          + told.map { run.option($0) ?? "" }
        return known.updateValue(value, forKey: place).map { $0 != value } ?? false
      }
      if isFree { told.append(key) }
    }
    return told
  }

  private static func bySeed(_ runs: [ComparedRun]) throws(ComparisonError) -> [ComparedRun] {
    for (index, run) in runs.enumerated() {
      if let other = runs[..<index].first(where: { $0.seed == run.seed }) {
        throw .sameSeed(other.record.path, run.record.path, seed: run.seed)
      }
    }
    return runs.sorted {
      (UInt64($0.seed) ?? .max, $0.seed) < (UInt64($1.seed) ?? .max, $1.seed)
    }
  }

  /// The options in which the variants of several data sets differ that are called the same, as words.
  static func otherSettings(on sets: [(name: String, variants: [Variant])]) -> [String] {
    let told = Set(sets.flatMap(\.variants).flatMap { $0.options.map(\.key) })
    let all = sets.map { set in (name: set.name, runs: set.variants.flatMap(\.runs)) }
    // What not all data have is theirs: pictures have a size.
    let keys = differing(all.flatMap(\.runs)).filter { key in
      !told.contains(key) && !derived.contains(key) && !ofStrategy.contains(key)
        && all.allSatisfy { $0.runs.allSatisfy { $0.option(key) != nil } }
        && !ComparableRuns.readingKeys.contains(key)
    }
    return keys.map { key in
      key + " "
        + all.map { set in
          let values = set.runs.compactMap { $0.option(key) }.uniqued
          return "\(values.joined(separator: " or ")) on \(set.name)"
        }.joined(separator: ", ")
    }
  }

  /// The values of a metric, one a run that has one.
  func values(_ metric: String, _ generation: Int) -> [Double] {
    runs.compactMap { $0.value(metric, generation) }
  }

  /// The range of a metric between sets that are both real, the mean over seeds of both its ends; `nil` where
  /// it was not measured.
  package func null(of metric: String) -> ClosedRange<Double>? {
    let ranges = runs.compactMap { $0.measurement(metric, 0)?.shownNull }
    guard !ranges.isEmpty else { return nil }
    return ranges.map(\.lowerBound).mean...ranges.map(\.upperBound).mean
  }

  /// The values of two variants of the runs that have the same seed.
  static func pairs(
    _ first: Variant, _ second: Variant, _ metric: String, _ generation: Int
  ) -> [(seed: String, values: (Double, Double))] {
    first.runs.compactMap { run in
      guard let other = second.runs.first(where: { $0.seed == run.seed }),
        let value = run.value(metric, generation), let against = other.value(metric, generation)
      else { return nil }
      return (run.seed, (value, against))
    }
  }
}
