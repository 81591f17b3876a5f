import Foundation
import Theory

/// Real data in the loop (D).
enum RealDataChecks {
  private static let (real, synthetic) = (5, 15)
  private static let fresh = LoopSetting(
    strategy: "fresh-data:share=0.25", n: 20, fits: 16, chains: 6000)
  private static let fixed = LoopSetting(
    strategy: "synthetic-augmentation:share=0.25", n: 20, fits: 26, chains: 4000)

  static let all = [
    Check(
      "D1", "new real data hold the variance, whatever the first model",
      "E[S] = σ² (1 − 1/D), D = N(1 − q²) + q"
    ) {
      lab in
      [
        .exact(
          "E[S_16], fresh-data, 5 real + 15 synthetic",
          SteadyState.freshData(real: real, synthetic: synthetic).variance,
          try lab.average(fresh, fit: 16) { $0.variance })
      ]
    },
    Check(
      "D2", "synthetic samples beside new real ones always help, at most by half their error",
      "Var(μ) = σ²/n_e, n_e/n_r = 1 + q + q/n_r"
    ) { lab in
      let q = Double(synthetic) / Double(real + synthetic)
      return [
        .exact(
          "E[μ_16²], fresh-data, 5 real + 15 synthetic",
          1 / (Double(real) * (1 + q + q / Double(real))),
          try lab.average(fresh, fit: 16) { $0.squaredMean })
      ]
    },
    Check(
      "D3", "fixed real data stop the drift as well",
      "E[S] = σ² (1 − 1/n_r)/(1 + a), a = q/(n_r (1 + q)), Var(μ) = σ² − E[S]"
    ) { lab in
      let rest = SteadyState.reservoir(real, real: real, synthetic: synthetic)
      return [
        .exact(
          "E[S_26], synthetic-augmentation, 5 real + 15 synthetic", rest.variance,
          try lab.average(fixed, fit: 26) { $0.variance }),
        .exact(
          "E[μ_26²], synthetic-augmentation, 5 real + 15 synthetic", rest.drift,
          try lab.average(fixed, fit: 26) { $0.squaredMean }),
      ]
    },
    Check(
      "D4", "a finite reservoir is everything between fresh and fixed",
      "C* = σ² (1 − 1/R₀) g/(1 − q² + q²/n_s), g = (p²/n_r)(R₀ − n_r)/(R₀ − 1) + q²/n_s"
    ) { lab in
      let setting = LoopSetting(
        strategy: "reservoir:originals=12,real=5", n: 20, fits: 20, chains: 6000)
      let rest = SteadyState.reservoir(12, real: real, synthetic: synthetic)
      return [
        .exact(
          "E[S_20], 5 of R₀ = 12 real + 15 synthetic", rest.variance,
          try lab.average(setting, fit: 20) { $0.variance }),
        .exact(
          "E[μ_20²], 5 of R₀ = 12 real + 15 synthetic", rest.drift,
          try lab.average(setting, fit: 20) { $0.squaredMean }),
      ]
    },
    Check("D5", "an error of the first mean is forgotten", "E[μ_t] − μ_0 = q^(t−1) × the first") {
      lab in
      let setting = LoopSetting(
        strategy: "fresh-data:share=0.5", firstLaw: .gaussian(spectrum: [1], mean: 8), n: 20,
        fits: 4, chains: 4000)
      return [
        .exact(
          "E[μ_4], first law moved by 8, q = 1/2", 8 * pow(0.5, 3),
          try lab.average(setting, fit: 4) { $0.mean[0] })
      ]
    },
    Check(
      "D6", "a sampling bias beside new real data levels off",
      "S → σ² p/(1 − qλ); with finite sizes S' = p + q(λS + V) − V', V' = p²/n_r + q²(V + λS/n_s)"
    ) { lab in
      let small = LoopSetting(
        strategy: "fresh-data:share=0.1", bias: 0.9, n: 50, fits: 30, chains: 3000)
      let large = LoopSetting(
        strategy: "fresh-data:share=0.1", bias: 0.9, n: 4000, fits: 30, chains: 80)
      return [
        .exact(
          "E[S_30], λ = 0.9, 5 real + 45 synthetic",
          biasedMixtureVariance(bias: 0.9, real: 5, synthetic: 45, first: 50, fits: 30),
          try lab.average(small, fit: 30) { $0.variance }),
        // What finite sizes take away is the drift of the mean, less than 1/(n_r (1 + q)); what is left
        // of the start is (qλ)^29 of it.
        .firstOrder(
          "E[S_30], λ = 0.9, 400 real + 3600 synthetic",
          biasedMixtureLimit(bias: 0.9, realShare: 0.1),
          within: 1 / (400 * 1.9) + 0.5 * pow(0.81, 29),
          try lab.average(large, fit: 30) { $0.variance }),
      ]
    },
    Check(
      "D7", "the golden weight on new real data errs least",
      "w* = (√(k² + 4k) − k)/2, Var(μ) = σ² w*/n; plain pooling (1 + k)/(2 + k)"
    ) { lab in
      let n = 20
      let weighted = { (weight: String) in
        LoopSetting(
          strategy: "weighted:weight=\(weight),share=0.5,real=fresh", n: 2 * n, fits: 12,
          chains: 8000)
      }
      let golden = goldenWeight(real: n, synthetic: n)
      return try [("golden", "golden", golden), ("0.5", "w = 1/2", 0.5)].map { text, words, w in
        let expected = weightedMeanError(weight: w, real: n, synthetic: n) / Double(n)
        // The formula has samples of the last model vary by σ², not by the part of it that they have
        // kept: less by the drift, of which (1 − w)²/n comes back.
        return .firstOrder(
          "E[μ_12²], \(words), 20 real + 20 synthetic", expected,
          within: expected * (1 - w) * (1 - w) / (w * (2 - w)) / Double(n),
          try lab.average(weighted(text), fit: 12) { $0.squaredMean })
      }
    },
    Check(
      "D8", "a systematic error of every draw comes to rest with real data, and grows without",
      "b q/(1 − q), and b (t − 1) under replace"
    ) { lab in
      let mixed = LoopSetting(
        effect: .shift(0.3), strategy: "fresh-data:share=0.5", n: 20, fits: 12, chains: 4000)
      let alone = LoopSetting(effect: .shift(0.3), n: 20, fits: 8, chains: 4000)
      return [
        .exact(
          "E[μ_12], b = 0.3, q = 1/2", accumulatedShift(0.3, syntheticShare: 0.5, fits: 12),
          try lab.average(mixed, fit: 12) { $0.mean[0] }),
        .exact(
          "E[μ_8], b = 0.3, replace", accumulatedShift(0.3, syntheticShare: 1, fits: 8),
          try lab.average(alone, fit: 8) { $0.mean[0] }),
      ]
    },
    Check("D9", "the real share that anchors the variance", "1/D = ε, p ≈ (1 − ε)/(2 n ε)") { lab in
      // A tenth of 100 samples nearly to the last digit: 10.06.
      let share = anchoringShare(loss: 0.05, total: 100)
      let setting = LoopSetting(
        strategy: "fresh-data:share=\(share)", n: 100, fits: 40, chains: 1500)
      let rounded = SteadyState.freshData(real: 10, synthetic: 90).drift
      // What is left of the first variance after 39 more fits: q^78 of at most 0.05.
      return [
        .firstOrder(
          "1 − E[S_40], n = 100, p = \((1000 * share).rounded() / 1000)", 0.05,
          within: abs(rounded - 0.05) + 0.05 * pow(0.9, 78),
          try lab.average(setting, fit: 40) { 1 - $0.variance })
      ]
    },
  ]
}
