public import Metrics

/// The early-warning rule: when variance, recall and the mass of the tail will fall to a share of what
/// they were at generation 0, if the loop goes on as it does.
public struct EarlyWarning: Equatable, Sendable {
  /// A quantity that is watched.
  public struct Watched: Equatable, Sendable {
    /// The metric's id.
    public let metric: String

    /// The name in words.
    public let name: String

    /// When it will cross the threshold.
    public let forecast: CrossingForecast
  }

  /// The quantities, in the order of the output; those that were not measured are missing.
  public let watched: [Watched]

  /// The threshold as a share of generation 0's value.
  public let share: Double

  /// The default of ``share``.
  public static let defaultShare = 0.5

  /// How many generations ahead a crossing is near enough to warn of.
  public static let horizon = 5.0

  /// Forecasts from the measurements of generations 0, 1 … so far.
  public init(_ generations: [[MetricValue]], share: Double = defaultShare) {
    self.share = share
    let series = GenerationSeries(generations)
    let quantities: [(metric: String, name: String, of: (Int) -> MetricValue?)] = [
      (
        Metric.totalVariance.rawValue, "variance",
        { series.leading(Metric.totalVariance.rawValue, $0) }
      ),
      (Metric.recall.rawValue, "recall", { series.leading(Metric.recall.rawValue, $0) }),
      (
        ModelMetric.tailMassRatio.rawValue, "mass of the tail",
        { series.model(.tailMassRatio, $0) }
      ),
    ]
    watched = quantities.compactMap { quantity in
      let values = (0..<series.count).compactMap { quantity.of($0)?.value }
      guard values.count == series.count, !values.isEmpty else { return nil }
      return Watched(
        metric: quantity.metric, name: quantity.name,
        forecast: CrossingForecast(values: values, share: share))
    }
  }

  /// What the loop is warned of: a quantity that has crossed, or falls beyond doubt and is expected to
  /// cross within ``horizon`` generations; `nil` if there is none.
  public var alarm: Watched? {
    watched.first { watched in
      switch watched.forecast.outcome {
      case .crossed: return true
      case .ahead(let expected?, _, _):
        return watched.forecast.isFalling
          && expected <= Double(watched.forecast.generation) + Self.horizon
      case .ahead, .unknown: return false
      }
    }
  }
}
