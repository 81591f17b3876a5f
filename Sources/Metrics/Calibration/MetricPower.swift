/// How often a metric finds a damage, and how often it finds one where there is none.
///
/// Each repetition is judged by the band of all others: the mean and deviation of the values between
/// honest sets without its own. A value is found out if it lies more than
/// ``threshold(repeats:quantile:)`` deviations from the mean.
public struct MetricPower: Equatable, Sendable {
  /// A share of repetitions.
  public struct Share: Equatable, Sendable {
    /// The repetitions beyond the threshold.
    public let count: Int

    /// All repetitions.
    public let total: Int

    /// The mean distance from the band in its deviations, which says the direction; `nil` where the band
    /// has no width.
    public let meanScore: Double?

    /// The share.
    public var value: Double { Double(count) / Double(total) }

    /// Wilson's 95 % interval, which takes the repetitions for independent.
    public var interval: ClosedRange<Double> {
      let (n, z) = (Double(total), MetricValue.normalQuantile)
      let centre = value + z * z / (2 * n)
      let half = z * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot()
      let scale = 1 / (1 + z * z / n)
      return max(0, scale * (centre - half))...min(1, scale * (centre + half))
    }
  }

  /// The metric.
  public let metric: MeasuredMetric

  /// Its id in the output.
  public let id: String

  /// The share of honest sets that are found out.
  public let falseAlarms: Share

  /// The share of damaged sets that are.
  public let power: [Damage: Share]

  /// The mean power over the damages.
  public var meanPower: Double {
    // In a fixed order: a sum in the order of a dictionary differs in its last digit.
    let shares = Damage.allCases.compactMap { power[$0]?.value }
    return shares.isEmpty ? 0 : shares.reduce(0, +) / Double(shares.count)
  }

  /// The threshold at which a normal metric gives false alarms at the level of a Student quantile with
  /// `repeats - 2` degrees of freedom: the value is not among those that the band is made of.
  public static func threshold(repeats: Int, quantile: Double) -> Double {
    quantile * (1 + 1 / Double(repeats - 1)).squareRoot()
  }

  /// Judges the values of a metric; `nil` where a repetition between honest sets has none.
  public init?(_ values: SpaceCalibration.Values, threshold: Double) {
    let honest = values.honest.compactMap(\.self)
    guard honest.count == values.honest.count, honest.count >= 3 else { return nil }
    let bands = Self.bands(honest, leastDeviation: values.leastDeviation)
    metric = values.metric
    id = values.id
    falseAlarms = Self.share(honest, bands, threshold)
    power = values.damaged.compactMapValues { damaged in
      let found = damaged.compactMap(\.self)
      return found.count == damaged.count ? Self.share(found, bands, threshold) : nil
    }
  }

  /// The mean and deviation of all values but each one.
  private static func bands(
    _ values: [Double], leastDeviation: Double
  ) -> [(mean: Double, deviation: Double)] {
    values.indices.map { left in
      var others = values
      others.remove(at: left)
      let n = Double(others.count)
      let mean = others.reduce(0, +) / n
      let squares = others.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, max((squares / (n - 1)).squareRoot(), leastDeviation))
    }
  }

  private static func share(
    _ values: [Double], _ bands: [(mean: Double, deviation: Double)], _ threshold: Double
  ) -> Share {
    var count = 0
    var scores: [Double] = []
    for (value, band) in zip(values, bands) {
      let distance = value - band.mean
      // Between sets that never differ any difference is one.
      if abs(distance) > threshold * band.deviation { count += 1 }
      if band.deviation > 0 { scores.append(distance / band.deviation) }
    }
    let mean = scores.reduce(0, +) / Double(max(1, scores.count))
    return Share(
      count: count, total: values.count,
      meanScore: scores.count == values.count && mean.isFinite ? mean : nil)
  }
}
