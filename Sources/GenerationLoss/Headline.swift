public import Metrics

/// The three numbers that lead a title: those that see collapse, each beside its null band.
public struct Headline: Sendable {
  /// One leading metric.
  public struct Entry: Sendable {
    /// The metric's id.
    public let metric: String

    /// A short name for titles.
    public let label: String

    /// The measurement.
    public let measurement: MetricValue

    /// The name, the value and the band, such as `recall 0.36 (real 0.81 to 0.89)`.
    public var text: String {
      guard let value = measurement.value else { return "\(label) -" }
      let band = measurement.shownNull.map {
        " (real \(FigureText.significant($0.lowerBound)) to "
          + "\(FigureText.significant($0.upperBound)))"
      }
      return "\(label) \(FigureText.significant(value))\(band ?? "")"
    }
  }

  /// The metrics that lead, in order, with their short names.
  ///
  /// Precision, density and coverage are not among them: they flatter a collapsing model.
  public static let metrics = [
    (id: "frechet_distance", label: "FD"), (id: "recall", label: "recall"),
    (id: "distinct_nearest", label: "distinct nearest real"),
  ]

  /// The leading metrics that were measured.
  public let entries: [Entry]

  /// Picks the leading numbers of one generation.
  public init(_ measurements: [MetricValue]) {
    let space = Self.leadingSpace(of: measurements)
    entries = Self.metrics.compactMap { metric in
      measurements.first { $0.metric == metric.id && $0.space == space }
        .map { Entry(metric: metric.id, label: metric.label, measurement: $0) }
    }
  }

  /// One text an entry.
  public var text: [String] { entries.map(\.text) }

  /// The feature space that leads: `conv` where it was chosen, else the first.
  public static func leadingSpace(of measurements: [MetricValue]) -> String {
    let names = measurements.lazy.map(\.space).uniqued().compactMap(SpaceName.init(rawValue:))
    return (SpaceName.leading(among: names) ?? .vector).rawValue
  }
}
