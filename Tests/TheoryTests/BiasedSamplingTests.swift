import Foundation
import Testing
import Theory

@Suite("Biased, truncated and curated sampling")
struct BiasedSamplingTests {
  @Test("Without a bias the laws are those of replace")
  func unbiased() {
    let n = 30
    let sizes = (0..<7).map {
      GenerationSizes(real: $0 == 0 ? n : 0, synthetic: $0 == 0 ? 0 : n)
    }
    let share = biasedVarianceShare(bias: 1, sampleCount: n, fits: 7, divisor: .sampleCount)
    #expect(abs(share - expectedVarianceShare(.replace, sizes)[6]) < 1e-12)
    let drift = biasedMeanDrift(bias: 1, sampleCount: n, fits: 7, divisor: .sampleCount)
    #expect(abs(drift - expectedMeanDrift(.replace, sizes)[6]) < 1e-12)
    #expect(
      abs(
        biasedMeanDrift(bias: 1, sampleCount: n, fits: 7, divisor: .degreesOfFreedom) - 7.0 / 30)
        < 1e-12)
  }

  @Test("With a bias the drift stops at 1/(n (1 − λ))")
  func frozen() {
    let drift = biasedMeanDrift(
      bias: 0.8, sampleCount: 50, fits: 200, divisor: .degreesOfFreedom)
    #expect(abs(drift - 1 / (50 * 0.2)) < 1e-12)
  }

  @Test("A tenth of new real data levels a bias off where Alemohammad et al. 2023 found it")
  func plateau() {
    for (bias, distance) in [(0.97, 1.27), (0.95, 2.87), (0.93, 4.70), (0.9, 7.54)] {
      let limit = biasedMixtureLimit(bias: bias, realShare: 0.1)
      #expect(abs(100 * pow(1 - limit.squareRoot(), 2) - distance) < 0.01)
      let finite = biasedMixtureVariance(
        bias: bias, real: 100_000, synthetic: 900_000, first: 1_000_000, fits: 400)
      #expect(abs(finite - limit) < 1e-4)
    }
  }

  @Test("Without a bias the recursion of finite sizes is that of new real data")
  func noBias() {
    let variance = biasedMixtureVariance(bias: 1, real: 5, synthetic: 15, first: 20, fits: 80)
    #expect(abs(variance - SteadyState.freshData(real: 5, synthetic: 15).variance) < 1e-9)
  }

  @Test("Truncation and the likeliest share take the known parts of the variance")
  func truncation() {
    for (c, factor) in [(1.0, 0.291), (2, 0.774), (3, 0.973)] {
      #expect(abs(truncatedVarianceFactor(deviations: c) - factor) < 5e-4)
    }
    #expect(abs(likeliestVarianceFactor(fraction: 0.8, dimension: 20) - 0.881) < 5e-4)
    // In one dimension the likeliest share is a truncation at both ends.
    let within = erf(1.5 / 2.0.squareRoot())
    #expect(
      abs(
        likeliestVarianceFactor(fraction: within, dimension: 1)
          - truncatedVarianceFactor(deviations: 1.5)) < 1e-9)
  }

  @Test("A low temperature leaves one component, a high one makes all alike")
  func temperature() {
    let cold = temperedWeights([0.5, 0.3, 0.2], temperature: 0.5, draws: 8)
    #expect(cold[0] > 1 - 1e-9)
    let hot = temperedWeights([0.5, 0.3, 0.2], temperature: 2, draws: 30)
    #expect(hot.allSatisfy { abs($0 - 1.0 / 3) < 1e-6 })
    #expect(temperedWeights([0.5, 0.5], temperature: 1, draws: 3) == [0.5, 0.5])
  }

  @Test("The larger of two moves a refitted Gaussian by 3.236 deviations in the end")
  func curation() {
    #expect(abs(largerOfTwoMean(generations: 400) - 3.236) < 5e-4)
    #expect(abs(curatedVariance(4, width: 2, generations: 3) - 1) < 1e-15)
  }
}
