public import Statistics

/// What the runs of one value of the axis gave.
public struct Probe: Equatable, Sendable {
  /// The value of the axis.
  public let x: Double

  /// What is held against the limit, one a seed, in the order of seeds.
  public let summary: SampleSummary

  /// Creates a probe; `nil` for values that cannot be averaged.
  public init?(x: Double, values: [Double], scale: AveragingScale) {
    guard let summary = SampleSummary(values, scale: scale) else { return nil }
    self.x = x
    self.summary = summary
  }

  /// The end of the 95 % interval of the mean that is the better or the worse one; the mean itself of a
  /// single seed, or of a geometric mean of 0.
  func end(better: Bool, isLowerBetter: Bool) -> Double {
    guard let interval = summary.interval else { return summary.mean }
    return better != isLowerBetter ? interval.upperBound : interval.lowerBound
  }
}
