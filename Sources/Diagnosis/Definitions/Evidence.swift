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
  /// - Parameter spread: The deviation of the same quantity in a loop in which nothing changes.
  func pValue(spread: Double) -> Double {
    guard excess > 0 else { return 1 }
    if let chance { return chance }
    guard let standardError else { return 1 }
    let error = (standardError * standardError + spread * spread).squareRoot()
    return error > 0 ? upperTail(excess / error, degreesOfFreedom: nil) : 1
  }
}
