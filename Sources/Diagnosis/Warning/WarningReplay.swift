public import Metrics

/// How often the early-warning rule was right on loops that are finished: at every generation it is given
/// what was known then, and held against what came.
public struct WarningReplay: Equatable, Sendable {
  /// The quantities that fell to the threshold, late enough to be foreseen.
  public private(set) var crossings = 0

  /// For each of them that was warned of before, by how many generations.
  public private(set) var leads: [Int] = []

  /// The first warnings ahead of a crossing whose outcome is known: it came, or the loop went on beyond
  /// the horizon of the warning.
  public private(set) var warnings = 0

  /// Those after which the quantity did not fall to the threshold before the loop ended.
  public private(set) var unfulfilled = 0

  /// The intervals that were given for crossings that came.
  public private(set) var intervals = 0

  /// Those that held the generation of the crossing.
  public private(set) var held = 0

  /// The generations of a loop at which the rule is asked, at most: a forecast takes a while.
  private static let mostForecasts = 64

  /// Replays the rule on loops, each by its measurements from generation 0 on.
  public init(_ loops: [[[MetricValue]]], share: Double = EarlyWarning.defaultShare) {
    for loop in loops {
      for series in WatchedSeries.all(of: loop) { replay(series, share: share) }
    }
  }

  private mutating func replay(_ series: WatchedSeries, share: Double) {
    let values = series.values
    guard let first = values.first, first > 0 else { return }
    let crossing = values.firstIndex { $0 <= share * first }
    let start = CrossingForecast.fewestValues - 1
    let end = crossing ?? values.count
    guard end > start else { return }
    if crossing != nil { crossings += 1 }
    var alarm: Int?
    let step = max(1, (end - start + Self.mostForecasts - 1) / Self.mostForecasts)
    for generation in stride(from: start, to: end, by: step) {
      let forecast = series.forecast(share: share, upTo: generation)
      if alarm == nil, forecast.isAlarm { alarm = generation }
      guard let crossing else {
        if alarm != nil { break }
        continue
      }
      guard case .ahead(_, let earliest, let latest) = forecast.outcome else { continue }
      intervals += 1
      let time = Double(crossing)
      if earliest.rounded(.down) <= time, latest.map({ time <= $0.rounded(.up) }) ?? true {
        held += 1
      }
    }
    guard let alarm else { return }
    if let crossing {
      leads.append(crossing - alarm)
      warnings += 1
    } else if Double(values.count - 1 - alarm) >= EarlyWarning.horizon {
      warnings += 1
      unfulfilled += 1
    }
  }

  /// The median of ``leads``; `nil` without any.
  public var medianLead: Int? { leads.isEmpty ? nil : leads.sorted()[leads.count / 2] }
}
