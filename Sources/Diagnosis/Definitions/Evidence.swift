import Statistics

/// What one run says about one quantity of one generation.
struct Evidence: Equatable, Sendable {
  /// The value as it is shown.
  let value: Double

  /// What the value must pass, on the same scale.
  let threshold: Double

  /// How far the value has passed the threshold, on the scale of the test: positive beyond it.
  let excess: Double

  /// One standard error of ``excess``; `nil` where there is none.
  let standardError: Double?

  /// The probability of as much or more under health, where it is known directly.
  var chance: Double?

  /// The probability, under health, of an excess as large; 1 where nothing tells.
  ///
  /// - Parameter spread: How the same quantity varies in a loop in which nothing changes.
  func pValue(spread: ControlSpread.Deviation) -> Double {
    guard excess > 0 else { return 1 }
    if let chance { return chance }
    guard let error = error(spread: spread) else { return 1 }
    guard spread.variance > 0 else {
      return error > 0 ? upperTail(excess / error, degreesOfFreedom: nil) : 1
    }
    // Welch and Satterthwaite: of the two variances that of the control alone is estimated from few.
    let share = error * error / spread.variance
    let degrees = (Double(spread.degreesOfFreedom) * share * share).rounded(.down)
    return upperTail(
      excess / error, degreesOfFreedom: degrees < 1e6 ? max(1, Int(degrees)) : nil)
  }

  /// One standard error with the spread of a loop in which nothing changes; `nil` where there is none.
  func error(spread: ControlSpread.Deviation) -> Double? {
    standardError.map { ($0 * $0 + spread.variance).squareRoot() }
  }
}
