import LinearAlgebra

/// Metrics of one space that a run was asked for and that are computed as `genloss measure` does.
struct FurtherMetrics: Sendable {
  /// The metrics, in the order of the output.
  let metrics: [MeasuredMetric]

  private let settings: MeasureSettings
  private let frozen: FrozenScales

  /// Freezes what is the same for all generations.
  ///
  /// - Parameters:
  ///   - features: The samples that the space was fitted to, which also make the bins.
  ///   - seed: Decides the directions of sliced distances.
  /// - Returns: `nil` where nothing was asked for.
  init?(
    _ metrics: [MeasuredMetric], features: RowSource, bandwidth: Double?, seed: UInt64
  ) throws(MetricsError) {
    guard !metrics.isEmpty else { return nil }
    self.metrics = metrics
    var settings = MeasureSettings(metrics: Set(metrics))
    settings.neighbours = [Comparison.neighbours]
    settings.seed = seed
    settings.largestVendiSet = MeasureSettings.usualVendiSet
    self.settings = settings
    frozen = try FrozenScales(
      real: try FeatureSet(features, as: .real), bandwidth: bandwidth, settings: settings)
  }

  /// Returns what they give between two sets.
  func outcomes(
    of pair: SetPair, withStandardErrors: Bool
  ) -> [MeasuredMetric: MetricOutcome] {
    let keys = metrics.map { MeasuredKey($0, k: Comparison.neighbours) }
    let outcomes = SetComparison(
      sets: pair, train: nil, frozen: frozen, settings: settings,
      withStandardErrors: withStandardErrors
    ).outcomes(of: keys)
    var found: [MeasuredMetric: MetricOutcome] = [:]
    for key in keys { found[key.metric] = outcomes[key] }
    return found
  }
}
