import Recursion
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

  /// Those that follow from others: they tell variants apart only where nothing else does.
  private static let derived: Set<String> = [
    "components", "dimensions", "real-share", "bias", "strategy",
  ]

  /// Sorts the runs of one data set into variants, in the order in which they come.
  ///
  /// - Throws: ``ComparisonError/sameSeed(_:_:seed:)``.
  static func all(of runs: [ComparedRun]) throws(ComparisonError) -> [Variant] {
    var variants: [Variant] = []
    for strategy in ordered(runs.map(\.strategyText)) {
      let same = runs.filter { $0.strategyText == strategy }
      let keys = ordered(same.flatMap { $0.record.configuration.map(\.key) })
        .filter { key in
          !free.contains(key) && key != "strategy"
            && same.contains { $0.option(key) != same[0].option(key) }
        }
      // The number of components follows that of samples, unless it was chosen.
      let telling = keys.filter { !derived.contains($0) }
      let isEnough = same.allSatisfy { run in
        same.filter { other in
          other.seed == run.seed && telling.allSatisfy { other.option($0) == run.option($0) }
        }.count == 1
      }
      let told = isEnough ? telling : keys
      let settings = same.map { run in told.map { run.option($0) ?? "" } }
      for setting in ordered(settings) {
        let members = zip(same, settings).filter { $0.1 == setting }.map(\.0)
        let name = members[0].strategy?.label ?? strategy
        let options = zip(told, setting).map { (key: $0, value: $1) }
        // What a run does not have, such as another generator's setting, tells nothing.
        let words = options.filter { !$0.value.isEmpty }.map { "\($0.key) \($0.value)" }
        variants.append(
          Variant(
            label: ([name] + words).joined(separator: ", "),
            options: options, runs: try bySeed(members)))
      }
    }
    return variants
  }

  private static func ordered<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
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

  /// The values of a metric, one a run that has one.
  func values(_ metric: String, _ generation: Int) -> [Double] {
    runs.compactMap { $0.value(metric, generation) }
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
