extension MetricValue {
  /// The null band within the range of the metric.
  ///
  /// The band itself is that of a normal law and may reach beyond what the metric can be; z-scores need
  /// it uncut, titles and charts do not.
  public var shownNull: ClosedRange<Double>? {
    guard let null else { return nil }
    let isShare =
      ["precision", "recall", "coverage"].contains(metric) || metric.hasPrefix("share:")
    let lowest = metric.hasPrefix("kernel_distance") ? -Double.infinity : 0
    let highest = isShare ? 1 : Double.infinity
    let low = min(max(null.lowerBound, lowest), highest)
    return low...min(max(null.upperBound, low), highest)
  }
}
