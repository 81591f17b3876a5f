/// The thin end of a set's support, by neighbours alone: the samples whose nearest others are farthest.
///
/// The distance to the `k`-th nearest sample is the larger, the thinner samples lie. Where a model has a density
/// of its own, runs take that.
struct SupportTail: Sendable {
  /// The share of the set that is its tail.
  static let share = 0.1

  /// The distances of the tail's samples, squared: what lies farther out than all but a thousandth of the set
  /// is outside of it.
  let squares: ClosedRange<Double>

  /// The samples of the set that are in the tail: a tenth, and those at the same distance as the last.
  let count: Int

  /// The tail by the distances to the `k`-th nearest others; `nil` where it has no beginning, as in a set of
  /// copies.
  init?(of radii: NeighbourRadii, neighbour k: Int) {
    guard (1...max(1, radii.count)).contains(k), radii.count > 0 else { return nil }
    let total = radii.squares.count / radii.count
    let sorted = (0..<total).map { radii.square($0, neighbour: k) }.sorted(by: >)
    let beginning = sorted[max(1, Int(Self.share * Double(total))) - 1]
    guard beginning > 0 else { return nil }
    let squares = beginning...max(beginning, sorted[total / 1000])
    self.squares = squares
    count = sorted.count { squares.contains($0) }
  }

  /// The share of other samples whose distances to the nearest of the set are those of its tail, over the
  /// share of a law between so many of its order statistics: 1 on average between sets of one law.
  ///
  /// - Returns: `nil` where the tail is a single sample, as in sets of fewer than 20.
  func mass(nearestDistances: [Double], total: Int) -> Estimate? {
    guard count > 1 else { return nil }
    // Roots of equal squares are equal, squares of roots need not be.
    let distances = squares.lowerBound.squareRoot()...squares.upperBound.squareRoot()
    let found = NeighbourScores.Share(
      count: nearestDistances.count { distances.contains($0) }, total: nearestDistances.count)
    let own = Double(count - 1) / Double(total + 1)
    return Estimate(value: found.value / own, standardError: found.standardError / own)
  }
}
