import Statistics

/// What a search has found.
public struct ThresholdAnswer: Equatable, Sendable {
  /// Where the bound begins to be kept.
  public enum Place: Equatable, Sendable {
    /// The low end of the range keeps it already.
    case atLowEnd
    /// At this value of the axis.
    case at(Double)
    /// Not even the high end keeps it.
    case beyondHighEnd

    /// The value, if it is one between the ends.
    public var value: Double? {
      if case .at(let value) = self { value } else { nil }
    }
  }

  /// By the mean over seeds.
  public let place: Place

  /// The lower end of the 95 % interval: below it the runs do not keep the bound.
  public let least: Place

  /// The upper end: above it they do.
  public let most: Place

  /// The number of seeds.
  public let seedCount: Int

  /// Whether there are seeds enough for an interval.
  public var hasInterval: Bool { seedCount > 1 }
}

extension ThresholdSearch {
  /// What is known when ``next`` is empty.
  public var answer: ThresholdAnswer {
    func place(_ curve: Curve) -> ThresholdAnswer.Place {
      switch crossing(curve) {
      case .atStart: .atLowEnd
      case .between(_, _, let place): .at(value(at: place))
      case .beyondEnd: .beyondHighEnd
      }
    }
    return ThresholdAnswer(
      place: place(.mean), least: place(.better), most: place(.worse),
      seedCount: probes.first?.summary.values.count ?? 0)
  }
}
