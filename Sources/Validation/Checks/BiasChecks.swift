import Foundation
import Generators
import Theory

/// Biased and truncated sampling (B).
enum BiasChecks {
  static let all = [
    Check(
      "B1", "a sampling bias multiplies the variance at every draw",
      "E[S_t] = λ^(t−1) (1 − 1/n)^t σ²"
    ) {
      lab in
      let setting = LoopSetting(bias: 0.8, n: 50, fits: 8, chains: 6000)
      return [
        .exact(
          "E[S_t], λ = 0.8, n = 50, t = 8",
          biasedVarianceShare(bias: 0.8, sampleCount: 50, fits: 8, divisor: .sampleCount),
          try lab.average(setting, fit: 8) { $0.variance })
      ]
    },
    Check(
      "B2", "a sampling bias freezes the drift of the mean", "Var(μ_t) = (σ²/n) (1 − λ^t)/(1 − λ)"
    ) {
      lab in
      let setting = LoopSetting(
        family: .gaussian(.unbiased), bias: 0.8, n: 50, fits: 8, chains: 6000)
      return [
        .exact(
          "E[μ_t²], λ = 0.8, n = 50, t = 8, m = n − 1",
          biasedMeanDrift(bias: 0.8, sampleCount: 50, fits: 8, divisor: .degreesOfFreedom),
          try lab.average(setting, fit: 8) { $0.squaredMean })
      ]
    },
    Check(
      "B6", "principal components without their noise lose what they discard once",
      "E[tr_t | tr_1] = (1 − 1/n)^(t−1) tr_1"
    ) { lab in
      let setting = LoopSetting(
        effect: .rank(2), law: .gaussian(spectrum: [4, 2, 1, 0.5]), n: 50, fits: 8, chains: 3000)
      let kept = try lab.moments(setting).map { $0[7].variance / $0[0].variance }
      return [
        .exact("E[tr_t/tr_1], rank 2 of 4, n = 50, t = 8", pow(1 - 1.0 / 50, 7), Average(kept))
      ]
    },
    Check("B7", "probabilistic principal components lose nothing", "E[tr_t] = (1 − 1/n)^t tr_0") {
      lab in
      let setting = LoopSetting(
        family: .mixture(components: 1, dimensions: 2), law: .gaussian(spectrum: [4, 2, 1, 0.5]),
        n: 50, fits: 8, chains: 2000)
      return [
        .exact(
          "E[tr_t], 2 of 4 dimensions and noise, n = 50, t = 8",
          7.5 * expectedVarianceShare(.replace, replaceSizes(n: 50, fits: 8))[7],
          try lab.average(setting, fit: 8) { $0.variance })
      ]
    },
  ]
}
