import Foundation

/// The places on an axis that get a number.
enum Ticks {
  /// The multiples of the finest step of 1, 2 or 5 times a power of ten of which at most `count`
  /// lie from `low` to `high`.
  static func linear(_ low: Double, _ high: Double, atMost count: Int) -> [Double] {
    steps(low, high, atMost: count, finest: NumberText.order(of: (high - low) / Double(count)))
  }

  /// As ``linear(_:_:atMost:)``, with whole steps only.
  static func integers(_ low: Double, _ high: Double, atMost count: Int) -> [Double] {
    steps(
      low, high, atMost: count,
      finest: max(0, NumberText.order(of: (high - low) / Double(count))))
  }

  /// Powers of ten, or every so many of them, from `low` to `high`.
  ///
  /// Between few of them also 2 and 5
  /// times a power. A range with fewer than two of those gets linear ticks.
  static func logarithmic(_ low: Double, _ high: Double, atMost count: Int) -> [Double] {
    let slack = 1e-9
    let first = Int((log10(low) - slack).rounded(.up))
    let last = Int((log10(high) + slack).rounded(.down))
    let within = low * (1 - slack)...high * (1 + slack)
    let candidates: [Double] = (first - 1...max(first - 1, last)).flatMap { exponent in
      let power = pow(10, Double(exponent))
      return [power, 2 * power, 5 * power]
    }
    let fine = candidates.filter { within.contains($0) }
    if fine.count < 2 { return linear(low, high, atMost: count) }
    if fine.count <= count { return fine }
    let powers = last - first + 1
    if powers < 2 { return linear(low, high, atMost: count) }
    let stride = (1...powers).first { (powers - 1) / $0 + 1 <= count } ?? powers
    // Anchored at 1, so that neighbouring charts have ticks at the same powers.
    let start = Int((Double(first) / Double(stride)).rounded(.up)) * stride
    return Swift.stride(from: start, through: last, by: stride).map { pow(10, Double($0)) }
  }

  private static func steps(
    _ low: Double, _ high: Double, atMost count: Int, finest: Int
  ) -> [Double] {
    for exponent in finest... {
      for mantissa in [1.0, 2, 5] {
        // Multiplied or divided by a whole power of ten, so that 0.3 is 3 / 10 and not 3 * 0.1.
        func multiple(_ k: Double) -> Double {
          let power = pow(10, Double(abs(exponent)))
          return exponent < 0 ? k * mantissa / power : k * mantissa * power
        }
        let slack = (high - low) * 1e-9
        let step = multiple(1)
        let first = ((low - slack) / step).rounded(.up)
        let last = ((high + slack) / step).rounded(.down)
        if last - first + 1 <= Double(count) {
          return first > last ? [] : stride(from: first, through: last, by: 1).map(multiple)
        }
      }
    }
    return []
  }
}
