public import Metrics
public import Recursion

/// The early-warning rule as a brake.
public struct ForecastBrake: BrakeRule {
  /// The threshold as a share of generation 0's value.
  private let share: Double

  /// Creates the rule.
  public init(share: Double = EarlyWarning.defaultShare) {
    self.share = share
  }

  /// What the loop is warned of after these generations, in words.
  public func alarm(after generations: [[MetricValue]]) -> String? {
    let warning = EarlyWarning(generations, share: share)
    return warning.alarm.map { "\($0.name) \(warning.words(of: $0))" }
  }
}
