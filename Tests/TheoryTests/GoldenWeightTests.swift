import Testing
import Theory

@Suite("The golden weight")
struct GoldenWeightTests {
  /// The variance of the mean at weight `w`, in units of `σ²/n` (D7).
  private func variance(_ w: Double, _ k: Double) -> Double {
    (w * w + k * (1 - w) * (1 - w)) / (w * (2 - w))
  }

  @Test("Equal numbers of real and synthetic samples give the golden ratio")
  func goldenRatio() {
    #expect(abs(goldenWeight(real: 7, synthetic: 7) - (5.0.squareRoot() - 1) / 2) < 1e-15)
  }

  @Test("No other weight is better, and the variance there is the weight itself")
  func minimum() {
    for (real, synthetic) in [(1, 1), (1, 9), (9, 1), (200, 300)] {
      let k = Double(real) / Double(synthetic)
      let weight = goldenWeight(real: real, synthetic: synthetic)
      let best = variance(weight, k)
      #expect(abs(best / weight - 1) < 1e-12)
      for w in stride(from: 0.01, through: 1, by: 0.01) { #expect(variance(w, k) > best - 1e-12) }
      let naive = k / (1 + k)
      #expect(abs(variance(naive, k) - (1 + k) / (2 + k)) < 1e-12)
    }
  }
}
