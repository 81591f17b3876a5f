public import Metrics
public import Recursion
import Storage
import SystemPackage

/// A finished run as a comparison sees it.
public struct ComparedRun: Sendable {
  /// What its folder says.
  public let record: RunRecord

  /// The processor time that it took, in seconds; `nil` where nobody measured it.
  public let processorSeconds: Double?

  /// The data as they were named.
  public let data: String

  /// The strategy with its settings as the run holds it: text, or an object where it is written out.
  public let strategyText: String

  /// The strategy; `nil` for one that this version of the program does not know.
  public let strategy: Strategy?

  /// The strategy as it was run, with the real samples that a brake mixed in.
  private let executed: Strategy?

  /// Whether a brake changed what was mixed.
  let isBraked: Bool

  /// The seed as it is written.
  public let seed: String

  /// The samples drawn each generation: `N`.
  public let sampleCount: Int

  /// The space whose numbers lead: `conv` for pictures, `vector` for vectors.
  public let leadingSpace: String

  private let generations: [[String: MetricValue]]
  private let control: [[String: MetricValue]]

  /// Takes a run that was read.
  public init(_ record: RunRecord, processorSeconds: Double? = nil) {
    self.record = record
    self.processorSeconds = processorSeconds
    let configuration = record.run["configuration"]
    data =
      configuration?["data"]?.string.map(Self.canonical) ?? record.path.lastComponent?.string ?? "?"
    let written = configuration?["strategy"]
    let text =
      written?.string ?? written.map { String(decoding: $0.bytes(), as: UTF8.self) } ?? "?"
    strategyText = text
    strategy = try? StrategyCatalogue.strategy(named: text)
    seed = configuration?["seed"]?.string ?? configuration?["seed"]?.integer.map(String.init) ?? "?"
    sampleCount = configuration?["samples"]?.integer ?? 0
    let braking = Braking.first(in: record.generations).flatMap { $0.stops ? nil : $0 }
    isBraked = braking != nil
    executed =
      if let braking {
        try? strategy?.braked(from: braking.generation + 1, budget: sampleCount)
      } else {
        strategy
      }
    let spaces = (record.generations.first ?? []).compactMap { SpaceName(rawValue: $0.space) }
    leadingSpace = (SpaceName.leading(among: spaces) ?? .vector).rawValue
    generations = record.generations.map(Self.byName)
    control = record.control.map(Self.byName)
  }

  /// Whether the data are drawn from a law, anew for each seed.
  var isOfLaw: Bool { data.utf8.contains(UInt8(ascii: ":")) }

  /// A folder or a file by its shortest name, so that `DIR` and `DIR/` are one data set; a law as it is.
  package static func canonical(_ data: String) -> String {
    guard !data.utf8.contains(UInt8(ascii: ":")) else { return data }
    return FilePath(data).lexicallyNormalized().string
  }

  private static func byName(_ measurements: [MetricValue]) -> [String: MetricValue] {
    Dictionary(measurements.map { ("\($0.space) \($0.metric)", $0) }) { first, _ in first }
  }

  /// The last generation.
  public var last: Int { generations.count - 1 }

  /// The classes whose shares were measured; empty for data without classes.
  var classNames: [String] {
    (record.generations.first ?? []).compactMap { measurement in
      measurement.space == leadingSpace ? Metric.className(ofShare: measurement.metric) : nil
    }
  }

  /// The value of an option as it is resolved, in words.
  public func option(_ key: String) -> String? {
    guard let value = record.run["configuration"]?[key] else { return nil }
    return value.string ?? String(decoding: value.bytes(), as: UTF8.self)
  }

  /// A measurement: of the leading space, else of the model, else of theory.
  public func measurement(_ metric: String, _ generation: Int, ofControl: Bool = false)
    -> MetricValue?
  {
    let generations = ofControl ? control : generations
    guard generations.indices.contains(generation) else { return nil }
    let found = generations[generation]
    return found["\(leadingSpace) \(metric)"] ?? found["\(ModelMetric.space) \(metric)"]
      ?? found["\(PredictedMetric.space) \(metric)"]
  }

  /// The value of a metric.
  public func value(_ metric: String, _ generation: Int) -> Double? {
    measurement(metric, generation)?.value
  }

  /// The rows that models were fitted to, up to a generation.
  func trainingRows(upTo generation: Int) -> Double? {
    let rows = (0...generation).map { generation -> Double? in
      guard let real = value("training_rows_real", generation),
        let synthetic = value("training_rows_synthetic", generation)
      else { return nil }
      return real + synthetic
    }
    let known = rows.compactMap { $0 }
    return known.count == rows.count ? known.reduce(0, +) : nil
  }

  /// The finite real samples from which fresh ones are drawn again and again; `nil` where they are new.
  ///
  /// The number held out is known; the shares of the division give the rest within a rounding.
  private var supply: Int? {
    guard option("reuse-real") == "true", option("truth") != "model", !isOfLaw,
      let holdout = option("holdout").flatMap(Double.init),
      let features = option("feature-share").flatMap(Double.init), holdout > 0,
      let heldOut = measurement("frechet_distance", 0)?.n
    else { return nil }
    return Int((Double(heldOut) / holdout * (1 - holdout - features)).rounded())
  }

  /// The real samples that the loop has seen up to a generation, each counted once.
  func distinctRealCount(upTo generation: Int) -> Double? {
    executed?.distinctRealCount(generations: generation, budget: sampleCount, supply: supply)
  }

  /// The samples a generation with which the loop would see so many real samples; `nil` if it cannot.
  func samples(spending budget: Double, upTo generation: Int) -> Int? {
    executed?.samples(spending: budget, generations: generation, supply: supply)
  }

  /// The generations up to which theory's effective sample size is computed: its cost is quadratic.
  private static let mostGenerations = 1000

  /// Theory's effective sample size at a generation; `nil` where there is none.
  func effectiveSampleSize(_ generation: Int) -> Double? {
    guard generation <= Self.mostGenerations, sampleCount > 0, let strategy = executed,
      strategy.recipe.sampling.bias ?? 1 == 1, option("bias").flatMap(Double.init) ?? 1 == 1
    else { return nil }
    return strategy.effectiveSampleSizes(
      generations: generation, budget: sampleCount, supply: supply)?[generation]
  }
}
