/// A curve through noisy values of which is known that it does not fall.
///
/// Values in the wrong order share their mean: least squares under the condition, by pooling adjacent
/// violators.
///
/// - Note: Barlow, Bartholomew, Bremner and Brunk, Statistical Inference under Order Restrictions (1972).
struct MonotoneCurve: Equatable, Sendable {
  /// The places, ascending.
  let places: [Double]

  /// The values there, none below the one before.
  let values: [Double]

  /// Where a curve reaches a height.
  enum Crossing: Equatable, Sendable {
    /// It is there at its beginning.
    case atStart
    /// Between the points of these numbers, at this place: on the straight line between them.
    case between(Int, Int, at: Double)
    /// It never is.
    case beyondEnd

    /// The place between two points; `nil` at the ends.
    var place: Double? {
      if case .between(_, _, let place) = self { place } else { nil }
    }
  }

  /// Fits a curve to values at places that ascend.
  init(places: [Double], values: [Double]) {
    var pools: [(sum: Double, count: Int)] = []
    for value in values {
      var pool = (sum: value, count: 1)
      while let last = pools.last, last.sum / Double(last.count) > pool.sum / Double(pool.count) {
        pool = (last.sum + pool.sum, last.count + pool.count)
        pools.removeLast()
      }
      pools.append(pool)
    }
    self.places = places
    self.values = pools.flatMap {
      [Double](repeating: $0.sum / Double($0.count), count: $0.count)
    }
  }

  /// Where it first reaches a height.
  func crossing(_ height: Double) -> Crossing {
    guard let index = values.firstIndex(where: { $0 >= height }) else { return .beyondEnd }
    guard index > 0 else { return .atStart }
    let (low, high) = (values[index - 1], values[index])
    // A height at infinity, or a wall: the place where it is kept for sure.
    let share = high > low && low.isFinite && high.isFinite ? (height - low) / (high - low) : 1
    return .between(
      index - 1, index, at: places[index - 1] + share * (places[index] - places[index - 1]))
  }
}
