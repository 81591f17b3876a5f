/// One value of a series over time.
public struct TimelinePoint: Equatable, Sendable {
  /// The generation.
  public let x: Double

  /// The value; `nil` leaves a gap in the line.
  public let value: Double?

  /// The lower end of the error bar.
  public let low: Double?

  /// The upper end of the error bar.
  public let high: Double?

  /// Creates a point.
  public init(x: Double, value: Double?, low: Double? = nil, high: Double? = nil) {
    self.x = x
    self.value = value
    self.low = low
    self.high = high
  }
}

/// A line of a panel.
public struct TimelineSeries: Equatable, Sendable {
  /// What a line stands for, which decides how it looks.
  public enum Role: Equatable, Sendable {
    /// The loop that is looked at; several get a colour each.
    case run
    /// The loop in which nothing should change.
    case control
    /// What theory predicts.
    case theory
    /// The same metric against the previous generation.
    case previous
    /// The same metric against the training pictures.
    case training
  }

  /// The name, written at the end of the line; an empty one is not written.
  public let label: String

  /// The values, in the order of time.
  public let points: [TimelinePoint]

  /// What the line stands for.
  public let role: Role

  /// The place of its colour and dashes among those of loops; `nil` for its place among the panel's.
  public let place: Int?

  /// Creates a series.
  public init(label: String, points: [TimelinePoint], role: Role, place: Int? = nil) {
    self.place = place
    self.label = label
    self.points = points
    self.role = role
  }
}

/// Where a metric lies between sets that are both real.
public struct NullBand: Equatable, Sendable {
  /// What is written beside it.
  public let label: String

  /// Its values.
  public let range: ClosedRange<Double>

  /// Creates a band; of sets of another size than others it tells the size.
  public init(_ range: ClosedRange<Double>, size: Int? = nil) {
    self.range = range
    label = "real vs real" + (size.map { ", n \($0)" } ?? "")
  }
}

/// One metric over the generations.
public struct TimelinePanel: Equatable, Sendable {
  /// The name of the metric.
  public let title: String

  /// How to read it: `lower is better`, `1 = real`.
  public let hint: String?

  /// The lines.
  public let series: [TimelineSeries]

  /// The metric between sets that are both real, drawn as strips: one for each size of them.
  public let nullBands: [NullBand]

  /// Whether the axis of values is logarithmic, where they allow it.
  public let logarithmic: Bool

  /// A time at which something was done to the loop, drawn as an upright line; `nil` for none.
  public let mark: Double?

  /// Whether the axis of values covers the errors as well; else they are cut where it ends.
  public let coversErrors: Bool

  /// Creates a panel.
  public init(
    title: String, hint: String? = nil, series: [TimelineSeries],
    nullBands: [NullBand] = [], logarithmic: Bool = false,
    mark: Double? = nil, coversErrors: Bool = true
  ) {
    self.title = title
    self.hint = hint
    self.series = series
    self.nullBands = nullBands
    self.logarithmic = logarithmic
    self.mark = mark
    self.coversErrors = coversErrors
  }

  /// Every value that the axis must show.
  var values: [Double] {
    series.flatMap(\.points).flatMap { point in
      ([point.value] + (coversErrors ? [point.low, point.high] : [])).compactMap { $0 }
    }
      + nullBands.flatMap { [$0.range.lowerBound, $0.range.upperBound] }
  }
}
