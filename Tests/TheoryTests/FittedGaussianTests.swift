import Foundation
import Testing
import Theory

@Suite("One Gaussian under replace")
struct FittedGaussianTests {
  @Test("The factor of the standard deviation is the known constant of quality control")
  func deviationFactors() {
    // c₄(n) of Montgomery, Introduction to Statistical Quality Control, appendix VI.
    for (n, constant) in [(2, 0.7979), (5, 0.9400), (10, 0.9727), (25, 0.9896)] {
      let factor = deviationFactor(sampleCount: n, divisor: .degreesOfFreedom)
      #expect(abs(factor - constant) < 5e-5)
      let likelihood = deviationFactor(sampleCount: n, divisor: .sampleCount)
      #expect(abs(likelihood / factor - (1 - 1 / Double(n)).squareRoot()) < 1e-12)
    }
  }

  @Test(
    "The exact distance begins as 3t/(2n); by maximum likelihood it ends at 2, else it does not")
  func exactDistance() {
    for divisor in [VarianceDivisor.sampleCount, .degreesOfFreedom] {
      let early = exactFrechetDistance(sampleCount: 10_000, fits: 3, divisor: divisor)
      #expect(abs(early / firstOrderError(sampleCounts: [10_000, 10_000, 10_000]).mean - 1) < 1e-3)
    }
    #expect(abs(exactFrechetDistance(sampleCount: 10, fits: 900, divisor: .sampleCount) - 2) < 1e-9)
    #expect(exactFrechetDistance(sampleCount: 10, fits: 900, divisor: .degreesOfFreedom) > 90)
  }

  @Test("Errors of fits of different sizes add up")
  func firstOrder() {
    let error = firstOrderError(sampleCounts: [10, 40])
    #expect(abs(error.mean - 1.5 * 0.125) < 1e-15)
    #expect(abs(error.variance - 2.5 * 0.125 * 0.125) < 1e-15)
  }

  @Test("For many samples a fit costs (d + d(d + 1)/2)/(2n) nats, more for few")
  func divergence() {
    let first = Double(4 + 10) / 2
    #expect(
      abs(expectedDivergence(sampleCount: 100_000, dimension: 4, fits: 1) * 100_000 / first - 1)
        < 1e-3)
    // A quarter low already at d/n = 0.13.
    let exact = expectedDivergence(sampleCount: 30, dimension: 4, fits: 1)
    #expect(abs(first / 30 / exact - 0.7) < 0.05)
  }

  @Test("The inverse covariance of patches of 64 numbers and 1000 samples grows 7.1 % a fit")
  func inverse() {
    let factor = expectedInverseCovariance(sampleCount: 1000, dimension: 64, fits: 1)
    #expect(abs(factor - 1.0707) < 1e-3)
    #expect(
      abs(expectedLogVolumeStep(sampleCount: 10_000, dimension: 8) + 8 * 11 / 20_000) < 1e-5)
  }

  @Test("Symmetric polynomials are traces, determinants and what lies between")
  func polynomials() {
    let values = [1.0, 2, 3]
    #expect((0...4).map { elementarySymmetricPolynomial($0, of: values) } == [1, 6, 11, 6, 0])
    #expect(abs(symmetricPolynomialFactor(1, sampleCount: 20) - 0.95) < 1e-12)
    #expect(abs(symmetricPolynomialFactor(2, sampleCount: 20) - 0.855) < 1e-12)
  }

  @Test("The expectations of (tr Σ)² and tr Σ² agree with the symmetric polynomial e₂ = (u − v)/2")
  func traceSquares() {
    let spectrum = [4.0, 2, 1, 0.5]
    let (u, v) = expectedTraceSquares(spectrum: spectrum, sampleCount: 30, fits: 6)
    let expected =
      elementarySymmetricPolynomial(2, of: spectrum)
      * pow(symmetricPolynomialFactor(2, sampleCount: 30), 6)
    #expect(abs((u - v) / 2 - expected) < 1e-12)
  }
}
