import Metrics
import Samples
public import Theory

/// What theory predicts for runs that differ in strategy and sample count alone, before any is run.
///
/// The real samples are looked at once, in the leading space, as the division of one run has them.
public struct TheoryOutlook: Sendable {
  private let prepared: PreparedRun
  private let spread: (spectrum: [Double], trainVariance: Double)

  /// The metrics of which theory speaks, by their ids.
  public static let metrics: Set<String> = [
    Metric.frechetDistance.rawValue, Metric.frechetDistanceMean.rawValue,
    Metric.totalVariance.rawValue, Metric.participationRatio.rawValue,
  ]

  /// Looks at the real samples of a run; `nil` where they do not vary.
  ///
  /// - Throws: what preparing the run or measuring its samples throws.
  public init?(_ run: Run) throws {
    prepared = try PreparedRun(configuration: run.configuration, data: run.data)
    guard let space = SpaceName.leading(among: prepared.spaces) else { return nil }
    let division = prepared.division
    let evaluator = try Evaluator(
      train: division.original, heldOut: division.heldOut, features: division.features,
      spaces: [space], generatedCount: division.original.count,
      seed: run.configuration.seed, nullDraws: 0)
    guard let spread = evaluator.realSpread(in: space) else { return nil }
    self.spread = spread
  }

  /// Returns what theory expects of a metric at a generation, as it stands in the rows of the space
  /// `theory`; `nil` where it has no closed form.
  ///
  /// - Parameter configuration: That of the run, with another strategy or number of samples.
  /// - Throws: what preparing the run throws.
  public func prediction(
    of metric: String, at generation: Int, under configuration: RunConfiguration
  ) throws -> (value: PredictedValue, note: String)? {
    let isSameDivision = configuration.samples == prepared.configuration.samples
    let run =
      isSameDivision
      ? prepared : try PreparedRun(configuration: configuration, data: prepared.data)
    let engine = run.engine(strategy: try configuration.resolvedStrategy())
    let theory = TheoryPrediction(run, engine: engine, spread: spread)
    guard let row = theory?.measurements(generation).first(where: { $0.metric == metric }),
      let value = row.value
    else { return nil }
    return (PredictedValue(value, range: row.range), row.note)
  }
}
