import Testing
import Theory

@Suite("Participation ratio")
struct ParticipationRatioTests {
  @Test("Equal eigenvalues count fully, one alone counts once, none has no ratio")
  func extremes() {
    #expect(participationRatio(spectrum: [2, 2, 2, 2]) == 4)
    #expect(participationRatio(spectrum: [5, 0, 0]) == 1)
    #expect(participationRatio(spectrum: [0, 0]) == nil)
  }

  @Test("From an isotropic start it falls as d / (1 + (d + 1) t / (n − 1)) (A22)")
  func isotropicStart() {
    let (n, d) = (200, 16)
    let ratios = expectedParticipationRatio(
      spectrum: Array(repeating: 1, count: d), sampleCounts: Array(repeating: n, count: 12))
    for (t, ratio) in ratios.enumerated() {
      let approximation = Double(d) / (1 + Double((d + 1) * t) / Double(n - 1))
      #expect(abs(ratio / approximation - 1) < 0.015 + 0.002 * Double(t))
    }
  }

  @Test("One dimension stays one dimension")
  func oneDimension() {
    for ratio in expectedParticipationRatio(spectrum: [3], sampleCounts: [5, 6, 7]) {
      #expect(abs(ratio - 1) < 1e-12)
    }
  }
}
