extension MeasuredMetric {
  /// Why it is given without an error bar, in a sentence; `nil` for metrics that have one wherever there
  /// are enough samples.
  public var reasonForNoError: String? {
    switch self {
    case .frechetDistanceInfinite:
      "No error bar: the fifteen distances of the line share their samples, so that its scatter does "
        + "not tell how far the intercept is off."
    case .differentBins:
      "No error bar: it counts tests that are passed or not, which has no derivative; its null band "
        + "says what chance gives."
    case .memorisationRankScore:
      "No error bar: it is counted in its own standard errors, those of a set without copies."
    case .memorisationCellScore:
      "No error bar: it is the mean over cells of scores that are counted in their own standard errors, so "
        + "that of a set without copies it varies by less than 1: read z."
    default: nil
    }
  }
}
