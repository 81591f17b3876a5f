extension MetricValue {
  /// The null band within the range of the metric.
  ///
  /// The band itself is that of a normal law and may reach beyond what the metric can be; z-scores need
  /// it uncut, titles and charts do not.
  public var shownNull: ClosedRange<Double>? {
    guard let null else { return nil }
    let range = MetricCatalogue.range(of: metric)
    return null.clamped(to: range)
  }
}
