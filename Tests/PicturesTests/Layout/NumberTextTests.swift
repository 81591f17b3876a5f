import Testing

@testable import Pictures

@Suite("Numbers as text")
struct NumberTextTests {
  @Test(
    "A short number has three digits",
    arguments: [
      (62.14, "62.1"), (0.0831, "0.0831"), (0, "0"), (9.996, "10.0"), (999.6, "1000"),
      (12345678, "1.2e7"), (0.000012, "1.2e−5"), (-31.25, "−31.2"), (12345, "12345"),
      (.nan, "–"), (99999.9, "1.0e5"),
    ])
  func short(value: Double, expected: String) {
    #expect(NumberText.short(value) == expected)
  }

  @Test("Ticks of an axis share their decimals or their power of ten")
  func ticks() {
    #expect(NumberText.ticks([0, 0.5, 1]) == ["0", "0.5", "1.0"])
    #expect(NumberText.ticks([-4, -2, 0, 2]) == ["−4", "−2", "0", "2"])
    #expect(NumberText.ticks([0, 1e9, 2e9]) == ["0", "1×10⁹", "2×10⁹"])
    #expect(NumberText.ticks([1e-6, 1.5e-6]) == ["1.0×10⁻⁶", "1.5×10⁻⁶"])
    #expect(NumberText.ticks([0.3, 0.30000000000000004 + 0.1]) == ["0.3", "0.4"])
  }

  @Test("Powers of ten near 1 are written out and others as powers")
  func logarithmicTicks() {
    #expect(NumberText.logarithmicTicks([0.01, 1, 100]) == ["0.01", "1", "100"])
    #expect(NumberText.logarithmicTicks([1e-6, 1, 2e6]) == ["10⁻⁶", "10⁰", "2×10⁶"])
  }
}
