/// What theory says of a threshold.
public struct TheoryAnswer: Equatable, Sendable {
  /// Where the expectation begins to keep the bound; `nil` where theory does not speak.
  public let place: ThresholdAnswer.Place?

  /// The expectation along the axis.
  public let curve: [Point]

  /// Why theory does not speak, or what it leaves out; empty if nothing.
  public private(set) var note: String

  /// The expectation at a value of the axis.
  public struct Point: Equatable, Sendable {
    /// The value of the axis.
    public let x: Double

    /// What is held against the limit.
    public let value: Double
  }

  /// What cannot be said, and why.
  public init(silence reason: String) {
    place = nil
    curve = []
    note = reason
  }

  /// The same answer with what theory leaves out.
  public func noted(_ note: String) -> TheoryAnswer {
    var answer = self
    answer.note = note
    return answer
  }

  /// The steps into which the axis is divided for the curve.
  private static let steps = 24

  /// Follows the expectation along the axis of a search.
  ///
  /// - Parameter expectation: What is held against the limit at a value of the axis; `nil` where there is
  ///   none.
  public init(
    _ search: ThresholdSearch, expectation: (Double) throws -> Double?
  ) rethrows {
    let axis = search.axis
    let (low, high) = (search.range.lowerBound, search.range.upperBound)
    let ends = (axis.coordinate(low), axis.coordinate(high))
    var places: [Double] = []
    for step in 0...Self.steps {
      let share = Double(step) / Double(Self.steps)
      let value = search.value(at: ends.0 + share * (ends.1 - ends.0))
      if places.last.map({ $0 < value }) ?? true { places.append(value) }
    }
    var curve: [Point] = []
    for x in places {
      if let value = try expectation(x) { curve.append(Point(x: x, value: value)) }
    }
    self.curve = curve
    note = ""
    guard let index = curve.firstIndex(where: { search.bound.isKept(by: $0.value) }) else {
      place = curve.isEmpty ? nil : .beyondHighEnd
      return
    }
    guard index > 0 else {
      place = .atLowEnd
      return
    }
    var (fails, keeps) = (curve[index - 1].x, curve[index].x)
    // As far as four digits of a share, and neighbouring numbers.
    while keeps - fails > (axis.isCount ? 1 : 1e-5), let middle = axis.middle(fails, keeps) {
      let isKept = try expectation(middle).map(search.bound.isKept(by:)) ?? false
      if isKept { keeps = middle } else { fails = middle }
    }
    place = .at(keeps)
  }

  /// The expectation at a value of the axis, on the straight line between points; `nil` beyond them.
  public func value(at x: Double) -> Double? {
    guard let upper = curve.firstIndex(where: { $0.x >= x }) else { return nil }
    if curve[upper].x == x { return curve[upper].value }
    guard upper > 0 else { return nil }
    let (low, high) = (curve[upper - 1], curve[upper])
    return low.value + (x - low.x) / (high.x - low.x) * (high.value - low.value)
  }
}
