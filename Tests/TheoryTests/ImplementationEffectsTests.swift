import Foundation
import Testing
import Theory

@Suite("Effects of an implementation")
struct ImplementationEffectsTests {
  @Test("Noise in every draw stalls the collapse at (n − 1) h², a ridge at n ε")
  func stalls() {
    #expect(abs(varianceWithNoise(0.25, start: 9, sampleCount: 20, fits: 2000) - 4.75) < 1e-9)
    #expect(abs(varianceWithRidge(0.25, start: 9, sampleCount: 20, fits: 2000) - 5) < 1e-9)
    // The first fit is to real samples: without noise, with a ridge.
    #expect(abs(varianceWithNoise(0.25, start: 8, sampleCount: 20, fits: 1) - 7.6) < 1e-12)
    #expect(abs(varianceWithRidge(0.25, start: 8, sampleCount: 20, fits: 1) - 7.85) < 1e-12)
    // Each step is the recursion's.
    let steps = (3...4).map { varianceWithNoise(0.25, start: 8, sampleCount: 20, fits: $0) }
    #expect(abs(steps[1] - 0.95 * (steps[0] + 0.25)) < 1e-12)
  }

  @Test("Where everything is kept noise grows by a logarithm")
  func harmonic() {
    #expect(accumulatedNoise(0.5, start: 2, fits: 1) == 2)
    #expect(
      abs(accumulatedNoise(0.5, start: 2, fits: 4) - (2 + 0.5 * (0.5 + 1.0 / 3 + 0.25))) < 1e-12)
  }

  @Test(
    "Clipping N(128, 64²) keeps 0.919 of its variance, and leaves 46.8 of 64 levels in 20 passes")
  func clipping() {
    var law = CensoredNormal(mean: 128, variance: 4096, clippedTo: 0...255)
    #expect(abs(law.variance / 4096 - 0.919) < 5e-4)
    for _ in 1..<20 {
      law = CensoredNormal(mean: law.mean, variance: law.variance, clippedTo: 0...255)
    }
    #expect(abs(law.variance.squareRoot() - 46.8) < 0.1)
  }

  @Test("Clipping far from the borders changes nothing, and all at one side leaves a point")
  func extremes() {
    let far = CensoredNormal(mean: 0, variance: 1, clippedTo: -50...50)
    #expect(abs(far.variance - 1) < 1e-12 && abs(far.mean) < 1e-12)
    let point = CensoredNormal(mean: -100, variance: 1, clippedTo: 0...255)
    #expect(abs(point.variance) < 1e-12 && abs(point.mean) < 1e-12)
  }

  @Test("Overlapping patches divide the variance by their number")
  func overlap() {
    #expect(overlapFactor(weights: [1, 1, 1, 1]) == 0.25)
    #expect(abs(overlapFactor(weights: [3, 1]) - 10.0 / 16) < 1e-15)
  }
}
