import Foundation
import Generators
import LinearAlgebra
import Recursion
import Samples
import Theory

/// Synthetic samples that are chosen before the next model sees them (K).
enum CurationChecks {
  /// One of `k` by odds that are the exponentials of `strength` times the score.
  private static func odds(_ verifier: String, _ k: Int, _ strength: Double) -> String {
    "curated:by=\(verifier),rule=odds,k=\(k),strength=\(strength)"
  }

  private static let largest = LoopSetting(
    strategy: "curated:by=brightness,rule=best,k=2", n: 50, fits: 6, chains: 3000)
  private static let largestOfMany = LoopSetting(
    strategy: "curated:by=brightness,rule=best,k=2", n: 2000, fits: 6, chains: 100)

  static let all = [
    Check(
      "K1", "a linear reward moves the mean and leaves the variance",
      "p_{t+1} ∝ p_t e^{ax}: μ_t = a σ² (t − 1), S_t = σ² for endless candidates"
    ) { lab in
      let (k, n, a) = (40, 250, 0.3)
      let setting = LoopSetting(
        strategy: odds("brightness", k, a), n: n, fits: 4, chains: 250)
      // Among k candidates odds are relative to their own sum, which is off by √(Var(e^r)/k): the mean
      // moves and the variance changes by terms of relative order 1/k, twice that at most for so weak a
      // reward. Finite samples shrink the variance by 1/n a fit, and the moves with it.
      let bound = 2 / Double(k) + 4 / Double(n)
      return [
        .firstOrder(
          "E[μ_4], a = 0.3, n = 250, one of 40", 3 * a, within: 3 * a * bound,
          try lab.average(setting, fit: 4) { $0.mean[0] }),
        .firstOrder(
          "E[S_4], a = 0.3, n = 250, one of 40", 1, within: bound,
          try lab.average(setting, fit: 4) { $0.variance }),
      ]
    },
    Check(
      "K2", "a reward that falls with the square of the distance narrows the law",
      "r = −x²/(2τ²): S = σ²/(1 + k σ²/τ²) after k choices"
    ) { lab in
      let (k, n, strength) = (40, 250, 0.5)
      // The log-density of the first model is the reward, so that τ² is its variance over the strength.
      let setting = LoopSetting(
        strategy: odds("real-likelihood", k, strength), n: n, fits: 4, chains: 250)
      let expected = curatedVariance(1, width: (1 / strength).squareRoot(), generations: 3)
      return [
        .firstOrder(
          "E[S_4], σ²/τ² = 0.5, n = 250, one of 40", expected,
          within: expected * (2 / Double(k) + 4 / Double(n)),
          try lab.average(setting, fit: 4) { $0.variance })
      ]
    },
    Check(
      "K3", "the larger of two, refitted",
      "E[S] × (1 − 1/π) a generation, the mean moves by σ/√π, to 3.236 σ in the end"
    ) { lab in
      [
        .exact(
          "E[S_6], n = 50",
          biasedVarianceShare(
            bias: largerOfTwoVarianceFactor, sampleCount: 50, fits: 6, divisor: .sampleCount),
          try lab.average(largest, fit: 6) { $0.variance }),
        // Each standard deviation is low by 3/(4n) of itself for every fit before it.
        .firstOrder(
          "E[μ_6], n = 2000", largerOfTwoMean(generations: 5),
          within: 5 * 0.75 / 2000 * largerOfTwoMean(generations: 5),
          try lab.average(largestOfMany, fit: 6) { $0.mean[0] }),
      ]
    },
    Check(
      "K4", "a choice raises the mean reward at least by its spread",
      "E_{t+1}[e^r] ≥ E_t[e^r] + ((K−1)/K) Var_t(e^r)/e^{r*}"
    ) { lab in
      try [2, 4].map { k in
        let setting = LoopSetting(
          strategy: odds("real-likelihood", k, 2), n: 100, fits: 2, chains: 1500)
        let gains = try lab.records(setting) { RewardRecord($0) }.map { record in
          record[1].gain(over: record[0], strength: 2, candidates: k)
        }
        return .atLeast("E[gain − bound], e^{r*} = 1, one of \(k)", 0, Average(gains))
      }
    },
  ]
}

/// What the reward of a generation is computed from.
private struct RewardRecord: Sendable {
  /// The training samples: those that were chosen.
  let chosen: [Double]

  /// What the model drew: the candidates of the next generation.
  let drawn: [Double]

  /// The model's mean and variance.
  let moments: Moments

  init(_ generation: Chain.Generation) {
    chosen = generation.training.values.map(Double.init)
    drawn = generation.carried.values.map(Double.init)
    moments = Moments(of: generation.model)
  }

  /// How much more the chosen samples are worth than the candidates, less what they have to be at least.
  ///
  /// The reward is the log-density of the first model over its height: at most 0.
  func gain(over first: RewardRecord, strength: Double, candidates: Int) -> Double {
    let (centre, variance) = (first.moments.mean[0], first.moments.variance)
    func worth(_ values: [Double]) -> [Double] {
      values.map { exp(-strength * ($0 - centre) * ($0 - centre) / (2 * variance)) }
    }
    let before = worth(first.drawn)
    let mean = before.reduce(0, +) / Double(before.count)
    // The variance of the law, not of the sample, is meant: divided by one less.
    let spread =
      before.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(before.count - 1)
    let after = worth(chosen).reduce(0, +) / Double(chosen.count)
    return after - mean - Double(candidates - 1) / Double(candidates) * spread
  }
}
