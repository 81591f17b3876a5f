import Foundation
import Testing
import Theory

@Suite("Digamma and trigamma")
struct PolygammaFunctionsTests {
  private static let euler = 0.577_215_664_901_532_9

  @Test("Known values come out to 1e-12")
  func knownValues() {
    let values: [(Double, Double, Double)] = [
      (1, -Self.euler, .pi * .pi / 6),
      (0.5, -Self.euler - 2 * log(2.0), .pi * .pi / 2),
      (0.25, -Self.euler - .pi / 2 - 3 * log(2.0), .pi * .pi + 8 * 0.915_965_594_177_219),
      (2, 1 - Self.euler, .pi * .pi / 6 - 1),
      (10, 2.251_752_589_066_721, 0.105_166_335_681_685_75),
      (1e6, 13.815_510_057_964_191, 1.000_000_500_000_166_7e-6),
    ]
    for (x, first, second) in values {
      #expect(abs(digamma(x) - first) < 1e-12 * max(1, abs(first)), "digamma(\(x))")
      #expect(abs(trigamma(x) / second - 1) < 1e-12, "trigamma(\(x))")
    }
  }

  @Test("The recurrences hold everywhere, also across the start of the series")
  func recurrences() {
    for x in stride(from: 0.05, to: 30, by: 0.37) {
      #expect(abs(digamma(x + 1) - digamma(x) - 1 / x) < 1e-12 * max(1, 1 / x))
      #expect(abs(trigamma(x) - trigamma(x + 1) - 1 / (x * x)) < 1e-12 * max(1, 1 / (x * x)))
    }
  }
}
