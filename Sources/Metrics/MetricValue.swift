/// One number about a set of samples, with what is needed to judge it.
public struct MetricValue: Equatable, Sendable {
  /// The metric's id, such as `frechet_distance` or `recall_train`.
  public let metric: String

  /// The feature space it was measured in, such as `conv`; `model` for numbers about the model itself.
  public let space: String

  /// The value; `nil` where it could not be computed, for the reason in ``note``.
  public let value: Double?

  /// Half-width of the error bar: one standard error of ``value``; `nil` where there is none.
  public let standardError: Double?

  /// The 95 % range of the value where it is not symmetric about it, in place of ``standardError``.
  public let range: ClosedRange<Double>?

  /// The 95 % range of the same metric between real sets of the same sizes; `nil` where there is none.
  public let null: ClosedRange<Double>?

  /// The number of real samples.
  public let n: Int?

  /// The number of generated samples.
  public let m: Int?

  /// What a reader must know, such as why there is no value; empty if nothing.
  public let note: String

  /// Creates a measurement.
  public init(
    metric: String, space: String, value: Double?, standardError: Double? = nil,
    range: ClosedRange<Double>? = nil, null: ClosedRange<Double>? = nil, n: Int? = nil,
    m: Int? = nil, note: String = ""
  ) {
    self.metric = metric
    self.space = space
    self.value = value
    self.standardError = standardError
    self.range = range
    self.null = null
    self.n = n
    self.m = m
    self.note = note
  }
}

extension MetricValue {
  /// The factor between a standard deviation and half of a 95 % interval of a normal law.
  public static let normalQuantile = 1.96

  /// The lower end of the 95 % error bar; `nil` without one.
  public var low: Double? { range?.lowerBound ?? end(-1) }

  /// The upper end of the 95 % error bar; `nil` without one.
  public var high: Double? { range?.upperBound ?? end(1) }

  private func end(_ sign: Double) -> Double? {
    guard let value, let standardError else { return nil }
    return value + sign * Self.normalQuantile * standardError
  }

  /// How many standard deviations of the null band the value lies from its middle; `nil` without a
  /// value or a band of positive width.
  public var z: Double? {
    guard let value, let null, null.upperBound > null.lowerBound else { return nil }
    let deviation = (null.upperBound - null.lowerBound) / (2 * Self.normalQuantile)
    return (value - (null.lowerBound + null.upperBound) / 2) / deviation
  }
}
