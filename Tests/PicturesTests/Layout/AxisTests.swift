import Testing

@testable import Pictures

@Suite("Axes")
struct AxisTests {
  private static let ranges: [(Double, Double)] = [
    (0, 1), (0.36, 0.83), (14, 62), (-5, 4), (-3, -1), (1e-6, 3e-6), (1e9, 3e9), (-1e12, 1e-3),
    (0.999, 1.001), (0, 60), (7, 7.0001),
  ]

  @Test("An axis holds every finite value strictly inside, whatever the values are")
  func covers() {
    for (low, high) in Self.ranges {
      let axis = Axis(covering: [low, high, .nan, .infinity], atMost: 6)
      #expect(axis.low <= low && axis.high > high)
      #expect(axis.labels.count == axis.ticks.count)
      #expect(Set(axis.labels).count == axis.labels.count)
    }
    for value in [0.0, 3, -3, 1e-6, 1e9, -1e300, 1e308, 1e-300] {
      let axis = Axis(covering: [value, value], atMost: 6)
      #expect(axis.high > axis.low)
      #expect((axis.high - axis.low).isFinite)
    }
  }

  @Test("An axis starts at 0 if 0 is not far below the values")
  func startsAtZero() {
    #expect(Axis(covering: [14, 62], atMost: 6).low == 0)
    #expect(Axis(covering: [0.78, 0.81], atMost: 6).low > 0.7)
  }

  @Test("An axis is logarithmic only if the values span a decade")
  func logarithmicOverADecade() {
    #expect(Axis(covering: [2, 3.1], scale: .logarithmic, atMost: 5).scale == .linear)
    #expect(Axis(covering: [2, 31], scale: .logarithmic, atMost: 5).scale == .logarithmic)
  }

  @Test("A logarithmic axis without positive values is linear, and one without values has no ticks")
  func fallBacks() {
    #expect(Axis(covering: [-1, 0], scale: .logarithmic, atMost: 5).scale == .linear)
    #expect(Axis(covering: [.nan], scale: .logarithmic, atMost: 5).ticks.isEmpty)
    let axis = Axis(covering: [-1, 0, 0.1, 10], scale: .logarithmic, atMost: 5)
    #expect(axis.scale == .logarithmic)
    #expect(axis.fraction(of: -1) == nil)
    #expect(axis.clampedFraction(of: -1) == 0)
    #expect(abs((axis.fraction(of: 1) ?? 0) - 0.5) < 1e-12)
  }

  @Test("Numbers along a horizontal axis never touch")
  func roomForNumbers() {
    for length in [60.0, 200, 900] {
      let axis = Axis(-1e9, 1e9, along: length)
      let gap =
        (axis.fraction(of: axis.ticks.last ?? 0) ?? 0) - (axis.fraction(of: axis.ticks[0]) ?? 0)
      #expect(
        axis.ticks.count <= 2
          || gap * length > axis.labelWidth * Double(axis.ticks.count - 1))
    }
  }
}
