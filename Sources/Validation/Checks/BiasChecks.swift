import Foundation
import Generators
import LinearAlgebra
import Recursion
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
      "B3", "keeping the likeliest fraction takes variance at every draw",
      "× P(χ²_{d+2} ≤ c)/f with P(χ²_d ≤ c) = f"
    ) { lab in
      let (n, fraction, fits) = (1000, 0.8, 4)
      let setting = LoopSetting(
        strategy: "bias:lambda=1,likeliest=\(fraction)",
        law: .gaussian(spectrum: [1, 1, 1, 1]), n: n, fits: fits, chains: 150)
      let factor = likeliestVarianceFactor(fraction: fraction, dimension: 4)
      let expected =
        4
        * biasedVarianceShare(
          bias: factor, sampleCount: n, fits: fits, divisor: .sampleCount)
      // The cut is at a quantile of the sample, whose expectation is off by 1/n of a density: so is, at
      // most, the factor.
      return [
        .firstOrder(
          "E[tr Σ_4], f = 0.8, d = 4, n = 1000", expected,
          within: Double(fits) / Double(n) * expected,
          try lab.average(setting, fit: fits) { $0.variance })
      ]
    },
    Check(
      "B4", "numbers beyond ±c deviations never drawn", "× 1 − 2c φ(c)/(2Φ(c) − 1)"
    ) { lab in
      try [1.0, 2].map { c in
        let setting = LoopSetting(
          strategy: "bias:lambda=1,deviations=\(c)", n: 50, fits: 6, chains: 4000)
        return .exact(
          "E[S_6], c = \(Int(c)), n = 50",
          biasedVarianceShare(
            bias: truncatedVarianceFactor(deviations: c), sampleCount: 50, fits: 6,
            divisor: .sampleCount),
          try lab.average(setting, fit: 6) { $0.variance })
      }
    },
    Check(
      "B5", "a temperature sharpens or levels mixture weights", "π_t ∝ π_0^(τ^−k) after k draws"
    ) {
      lab in
      try [0.8, 1.5].map { temperature in
        let n = 1000
        let setting = LoopSetting(
          family: .mixture(components: 2, steps: 20),
          strategy: "bias:lambda=1,temperature=\(temperature)",
          law: .twoClusters(distance: 12, share: 0.7), n: n, fits: 4, chains: 120)
        let expected = temperedWeights([0.7, 0.3], temperature: temperature, draws: 3)[0]
        let shares = try lab.records(setting) { ClusterShare(of: $0.model) }
        // With logits z the law is z → z/τ and noise of variance 1/(nπ(1 − π)) at each of the 4 fits,
        // which the later draws raise to τ⁻²ᵏ; the curvature of the share in z is at most 0.1.
        let noise = (0..<4).reduce(0.0) { $0 + pow(temperature, -2 * Double($1)) }
        return .firstOrder(
          "E[π_4] of 0.7, τ = \(temperature), n = 1000", expected,
          within: 0.05 * noise / (Double(n) * 0.21 * 0.5),
          Average(shares.map { $0[3].upper }))
      }
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
    Check(
      "B8", "negative extrapolation undoes a sampling bias",
      "θ = (1 + w) θ_r − w θ_s: w* = 1/λ for covariances, λ for precisions"
    ) { lab in
      let (bias, n, fits) = (0.8, 2000, 4)
      let covariance = LoopSetting(
        strategy: "negative:weight=\(1 / bias),of=covariance", bias: bias, n: 50, fits: fits,
        chains: 4000)
      let precision = LoopSetting(
        strategy: "negative:weight=\(bias),of=precision", bias: bias, n: n, fits: fits, chains: 150)
      // A fit to n of a model's own samples has λ(1 − 1/n) of its variance on average.
      let kept = 1 - 1.0 / 50
      let step = 1 + (1 - bias * kept) / bias
      return [
        .exact(
          "λ E[θ_4] of covariances, λ = 0.8, n = 50",
          bias * step * kept * pow(bias * step * kept, Double(fits - 1)),
          try lab.average(covariance, fit: fits) { bias * $0.variance }),
        // With δ = n/χ² − 1 of the own samples the variance is S/λ · (1 + δ/λ + δ²/λ² + …), where δ is
        // 3/n on average and its square 2/n: together 7/n a fit, and 1/n is lost by each.
        .firstOrder(
          "λ E[θ_4] of precisions, λ = 0.8, n = 2000", 1,
          within: Double(fits) * 8 / Double(n),
          try lab.average(precision, fit: fits) { bias * $0.variance }),
      ]
    },
  ]
}

/// The share of a mixture of two far clusters in the one with the larger first coordinate.
private struct ClusterShare: Sendable {
  let upper: Double

  init(of model: any GenerativeModel) {
    let means = model.componentMeans
    upper = zip(0..<means.rowCount, model.componentWeights).reduce(0) {
      means[$1.0, 0] > 0 ? $0 + $1.1 : $0
    }
  }
}
