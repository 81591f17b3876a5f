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
    watched = WatchedSeries.all(of: generations).map { series in
      Watched(
        metric: series.metric, name: series.name,
        forecast: series.forecast(share: share))
    }
  }

  /// What the loop is warned of; `nil` if there is nothing.
  public var alarm: Watched? { watched.first(where: \.forecast.isAlarm) }
}

extension CrossingForecast {
  /// Whether the quantity falls beyond doubt, and has crossed or is expected to within
  /// ``EarlyWarning/horizon`` generations.
  var isAlarm: Bool {
    switch outcome {
    case .crossed: isFalling
    case .ahead(let expected?, _, _):
      isFalling && expected <= Double(generation) + EarlyWarning.horizon
    case .ahead, .unknown: false
    }
  }
}
