import Foundation

/// The map from the values of one quantity to a line from 0 to 1, with its ticks.
struct Axis: Equatable, Sendable {
  /// How values turn into lengths.
  enum Scale {
    case linear
    case logarithmic
  }

  let scale: Scale
  let low: Double
  let high: Double
  let ticks: [Double]
  let labels: [String]

  /// An axis with exactly these ends.
  init(
    _ low: Double, _ high: Double, scale: Scale = .linear, atMost count: Int, whole: Bool = false
  ) {
    self.scale = scale
    self.low = low
    self.high = high
    switch scale {
    case .linear:
      ticks =
        whole
        ? Ticks.integers(low, high, atMost: count) : Ticks.linear(low, high, atMost: count)
      labels = NumberText.ticks(ticks)
    case .logarithmic:
      ticks = Ticks.logarithmic(low, high, atMost: count)
      labels = NumberText.logarithmicTicks(ticks)
    }
  }

  /// An axis without ticks, for a plot without values.
  private init(withoutValues: Void) {
    scale = .linear
    low = 0
    high = 1
    ticks = []
    labels = []
  }

  /// A horizontal axis with exactly these ends and as many ticks as their numbers have room for.
  init(
    _ low: Double, _ high: Double, along length: Double, scale: Scale = .linear, whole: Bool = false
  ) {
    var count = max(2, Int(length / 36))
    self.init(low, high, scale: scale, atMost: count, whole: whole)
    while count > 2, !labelsFit(length) {
      count -= 1
      self.init(low, high, scale: scale, atMost: count, whole: whole)
    }
  }

  private func labelsFit(_ length: Double) -> Bool {
    var free = -Double.infinity
    for (tick, label) in zip(ticks, labels) {
      let center = clampedFraction(of: tick) * length
      let half = Font.tick.width(of: label) / 2
      if center - half < free { return false }
      free = center + half + 10
    }
    return true
  }

  /// Below this ratio of the largest to the smallest value the ticks of a logarithmic axis would be
  /// odd numbers, and nobody would see that it is one.
  private static let leastLogarithmicRatio = 10.0

  /// An axis for these values with a little air at both ends.
  ///
  /// Values that are not finite do not count, and those beyond 1e150 count as 1e150. A linear axis
  /// starts at 0 if the values are not negative and 0 is not far below them. An axis is logarithmic
  /// only if the positive values span a decade, and then covers those.
  init(covering values: [Double], scale wanted: Scale = .linear, atMost count: Int) {
    let finite = values.filter(\.isFinite).map(Axis.bounded)
    guard !finite.isEmpty else {
      self.init(withoutValues: ())
      return
    }
    let positive = finite.filter { $0 > 0 }
    if wanted == .logarithmic, let low = positive.min(), let high = positive.max(),
      high >= Self.leastLogarithmicRatio * low
    {
      let air = pow(high / low, 0.04)
      self.init(low / air, high * air, scale: .logarithmic, atMost: count)
      return
    }
    let low = finite.min() ?? 0
    let high = finite.max() ?? 0
    let size = max(abs(low), abs(high))
    guard high - low > 1e-9 * size else {
      // All equal: an axis round the value.
      let air = size > 0 ? size / 10 : 1
      self.init(low >= 0 ? max(0, low - air) : low - air, high + air, atMost: count)
      return
    }
    let air = 0.06 * (high - low)
    if low >= 0 {
      let start = low < 0.4 * high ? 0 : low - air
      self.init(max(0, start), high + air, atMost: count)
    } else if high <= 0 {
      self.init(low - air, high > 0.4 * low ? 0 : min(0, high + air), atMost: count)
    } else {
      self.init(low - air, high + air, atMost: count)
    }
  }

  /// The nearest number of a size with which ticks and differences can be computed without
  /// overflow.
  private static func bounded(_ value: Double) -> Double {
    abs(value) < 1e-150 ? 0 : min(max(value, -1e150), 1e150)
  }

  /// Where a value lies, 0 at the low end and 1 at the high end; `nil` if it has no place, because
  /// it is not finite or not positive on a logarithmic axis.
  func fraction(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch scale {
    case .linear: return (value - low) / (high - low)
    case .logarithmic:
      return value > 0 ? log(value / low) / log(high / low) : nil
    }
  }

  /// As ``fraction(of:)``, moved to the nearer end if it lies beyond; what is not positive is at
  /// the low end of a logarithmic axis.
  func clampedFraction(of value: Double) -> Double {
    fraction(of: value).map { min(max($0, 0), 1) } ?? 0
  }

  /// The width of the widest number.
  var labelWidth: Double { labels.map { Font.tick.width(of: $0) }.max() ?? 0 }
}
