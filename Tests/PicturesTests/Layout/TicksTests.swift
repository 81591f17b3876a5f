import Foundation
import Testing

@testable import Pictures

@Suite("Ticks")
struct TicksTests {
  private static let ranges: [(Double, Double)] = [
    (0, 1), (0.36, 0.83), (14, 62), (-5, 4), (-3, -1), (1e-6, 3e-6), (1e9, 3e9), (-1e12, 1e-3),
    (0.999, 1.001), (0, 60), (7, 7.0001),
  ]

  @Test(
    "Linear ticks are multiples of 1, 2 or 5 times a power of ten, few enough, and cover the range")
  func linear() {
    for (low, high) in Self.ranges {
      for count in 2...12 {
        let ticks = Ticks.linear(low, high, atMost: count)
        #expect((1...count).contains(ticks.count))
        guard ticks.count > 1 else { continue }
        let step = ticks[1] - ticks[0]
        let mantissa = step / pow(10, log10(step * 1.0001).rounded(.down))
        #expect([1, 2, 5].contains { abs(mantissa - $0) < 1e-6 * $0 })
        for (k, tick) in ticks.enumerated() {
          #expect(abs(tick - ticks[0] - Double(k) * step) < 1e-6 * step)
        }
        #expect(ticks[0] >= low - 1e-6 * step && ticks[0] - step < low)
        #expect(ticks[ticks.count - 1] <= high + 1e-6 * step)
        #expect(ticks[ticks.count - 1] + step > high)
      }
    }
  }

  @Test("Ticks of generations are whole numbers")
  func integers() {
    for last in 1...60 {
      let ticks = Ticks.integers(-0.2, Double(last) + 0.2, atMost: 8)
      #expect(ticks.count <= 8)
      #expect(ticks.allSatisfy { $0 == $0.rounded() })
      #expect(ticks.first == 0)
    }
  }

  @Test("Logarithmic ticks are few enough, rise, and lie in the range")
  func logarithmic() {
    let ranges = [(1e-6, 1e9), (0.001, 3), (0.5, 62), (2, 3), (1.1, 1.3), (1e-300, 1e300), (9, 11)]
    for (low, high) in ranges {
      for count in 3...9 {
        let ticks = Ticks.logarithmic(low, high, atMost: count)
        #expect((1...count).contains(ticks.count))
        #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 })
        #expect(ticks.allSatisfy { $0 >= low * (1 - 1e-6) && $0 <= high * (1 + 1e-6) })
      }
    }
    #expect(Ticks.logarithmic(0.001, 1000, atMost: 7) == [0.001, 0.01, 0.1, 1, 10, 100, 1000])
    #expect(Ticks.logarithmic(0.9, 6, atMost: 5) == [1, 2, 5])
  }
}
