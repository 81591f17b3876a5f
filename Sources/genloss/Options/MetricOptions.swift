import ArgumentParser
import Metrics
import Recursion
import Storage
import SystemPackage

/// Metrics, spaces and neighbours of a command that measures sets.
struct MetricOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .upToNextOption,
    help:
      "Spaces: pixels, conv, patches, colour; vector for rows (default: pixels and conv; calibrate: all)."
  )
  var features: [String] = []

  @Option(
    name: .long, parsing: .upToNextOption,
    help: "Metrics by their ids, or all (default: those that see a collapse, and the usual ones).")
  var metrics: [String] = []

  @Option(name: .long, help: "Numbers of neighbours, such as 3,5,10.")
  var neighbours = "5"

  @Option(
    name: .long, help: "Directions of sliced distances (default: 1000).",
    transform: WrittenNumber.whole)
  var directions = 1000

  @Option(
    name: .long,
    help: "The seed of halves, directions and subsets (default: 1); bins have a seed of their own.",
    transform: WrittenNumber.seed)
  var seed: UInt64 = 1

  func validate() throws {
    guard (2...1_000_000).contains(directions) else {
      throw ValidationError("--directions must lie between 2 and 1000000, not \(directions).")
    }
    if let wrong = MeasurementOptions.words(features).first(where: {
      SpaceName(rawValue: $0) == nil
    }) {
      let names = SpaceName.allCases.map(\.rawValue)
      throw ValidationError(
        "there is no space \(UsageError.shown(wrong)); there are \(names.joined(separator: ", "))."
          + NearestName.question(wrong, among: names) + Self.order(wrong, "--features"))
    }
    _ = try settings()
  }

  /// The spaces; `nil` for the usual ones.
  var spaces: [SpaceName]? {
    let names = MeasurementOptions.words(features).compactMap(SpaceName.init(rawValue:))
    return names.isEmpty ? nil : names
  }

  /// What is measured, and the constants of the definitions.
  func settings() throws -> MeasureSettings {
    var settings = MeasureSettings(metrics: try chosenMetrics())
    settings.neighbours = try neighbourNumbers()
    settings.directions = directions
    settings.seed = seed
    return settings
  }

  private func neighbourNumbers() throws -> [Int] {
    let numbers = neighbours.split(separator: ",", omittingEmptySubsequences: false)
      .map { Int($0) ?? 0 }
    guard numbers.allSatisfy({ (1...1000).contains($0) }) else {
      throw ValidationError("--neighbours takes whole numbers from 1 to 1000, such as 3,5,10.")
    }
    return Set(numbers).sorted()
  }

  /// The metrics asked for by their ids that need the set that the model was trained on.
  var needingTrainingSet: [String] {
    MeasurementOptions.words(metrics).filter {
      MeasuredMetric(rawValue: $0)?.needsTrainingSet ?? false
    }
  }

  /// What to do with a path that an option before it took for one of its words.
  private static func order(_ word: String, _ option: String) -> String {
    FileStore.exists(FilePath(word)) ? " Put paths before \(option)." : ""
  }

  /// Refuses a metric that only a run can measure.
  private static func requireMeasurable(_ word: String) throws {
    guard MetricCatalogue.entries.contains(where: { $0.id == word }) else { return }
    let reason = ModelMetric(rawValue: word) == nil ? "needs a run" : "needs a model"
    throw ValidationError("\(word) \(reason): only `genloss run` measures it.")
  }

  private func chosenMetrics() throws -> Set<MeasuredMetric> {
    let words = MeasurementOptions.words(metrics)
    guard !words.isEmpty else { return Set(MeasuredMetric.allCases.filter(\.isDefault)) }
    var chosen: Set<MeasuredMetric> = []
    for word in words {
      if word == "all" {
        chosen.formUnion(MeasuredMetric.allCases)
      } else if let metric = MeasuredMetric(rawValue: word) {
        chosen.insert(metric)
      } else {
        try Self.requireMeasurable(word)
        let names = MeasuredMetric.allCases.map(\.rawValue) + ["all"]
        throw ValidationError(
          "there is no metric \(UsageError.shown(word))."
            + NearestName.metricQuestion(word, among: names) + Self.order(word, "--metrics")
            + " `genloss list metrics` explains them.")
      }
    }
    return chosen
  }
}
