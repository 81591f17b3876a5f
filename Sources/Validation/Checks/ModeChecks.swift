import Foundation
import Theory

/// Modes, weights and memorisation (E): the bootstrap of categories is the Wright-Fisher chain.
enum ModeChecks {
  private static func bootstrap(
    _ law: RealLaw, n: Int, fits: Int, chains: Int, strategy: String = "replace",
    stops: Bool = false
  ) -> LoopSetting {
    LoopSetting(
      family: .bootstrap, strategy: strategy, law: law, n: n, fits: fits,
      stopsWhenFixed: stops, chains: chains)
  }

  private static let uneven = bootstrap(
    .categories([0.4, 0.3, 0.24, 0.06]), n: 50, fits: 15, chains: 8000)
  private static let pair = bootstrap(
    .categories([0.3, 0.7]), n: 10, fits: 400, chains: 4000, stops: true)
  private static let originals = bootstrap(.distinct, n: 50, fits: 11, chains: 3000)

  static let all = [
    Check("E1", "the probability that two samples differ", "E[1 − Σ π_k²] = H_0 (1 − 1/n)^t") {
      lab in
      let h0 = 1 - [0.4, 0.3, 0.24, 0.06].reduce(0) { $0 + $1 * $1 }
      return [
        .exact(
          "E[1 − Σ π²], 4 categories, n = 50, t = 15",
          h0 * expectedVarianceShare(.replace, replaceSizes(n: 50, fits: 15))[14],
          try lab.count(uneven, fit: 15) { $0.heterozygosity })
      ]
    },
    Check(
      "E2", "how long a mode of c expected samples lives",
      "P(alive after k) = 1 − exp(−c g_k), g_1 = 1, g_{k+1} = 1 − exp(−g_k); exactly by the binomial "
        + "chain"
    ) { lab in
      let chain = BinomialChain(sampleCount: 50, probability: 0.06).advanced(by: 9)
      let poisson = modeSurvival(expectedCount: 3, generations: 10)
      let alive = try lab.count(uneven, fit: 10) { $0[3] > 0 ? 1 : 0 }
      return [
        .exact("P(alive), c = 3, n = 50, k = 10, binomial chain", chain.survival, alive),
        // Poisson counts for binomial ones: their variance is too large by the share of the mode, at
        // first 6 %, of which the logarithm of the survival takes no more than half.
        .firstOrder(
          "P(alive), c = 3, n = 50, k = 10, 1 − exp(−c g_k)", poisson, within: 0.03 * poisson, alive
        ),
      ]
    },
    Check(
      "E3", "a mode takes over with the probability of its weight",
      "P = π_0; mean time −2n ((1−p) ln(1−p) + p ln p), exactly by the binomial chain"
    ) { lab in
      let histories = try lab.counts(pair)
      let chain = BinomialChain(sampleCount: 10, probability: 0.3)
      return [
        .exact(
          "P(takes over), π_0 = 0.3, n = 10", 0.3,
          Average(histories.map { $0[$0.count - 1][0] == 10 ? 1 : 0 })),
        .exact(
          "generations until one is left, n = 10", chain.expectedAbsorptionTime,
          Average(histories.map { Double($0.count - 1) })),
      ]
    },
    Check(
      "E4", "originals that a memoriser still holds",
      "n (1 − (1 − 1/n)^n) after one generation, then ≈ n (1 − exp(−g_t)); exactly by the binomial chain"
    ) { lab in
      try [1, 10].map { generations in
        let chain = BinomialChain(sampleCount: 50, copies: 1).advanced(by: generations)
        let expected =
          generations == 1
          ? expectedDistinctOriginals(50, generations: 1)[1] : 50 * chain.survival
        return .exact(
          "distinct originals, n = 50, after \(generations)", expected,
          try lab.count(originals, fit: generations + 1) { Double($0.occupied) })
      }
    },
    Check(
      "E5", "generations until one original is left",
      "≈ 2n (1 − 1/n); exactly by counting ancestors"
    ) {
      lab in
      let setting = bootstrap(.distinct, n: 10, fits: 600, chains: 3000, stops: true)
      return [
        .exact(
          "generations until one is left, n = 10", expectedTimeToCommonAncestor(sampleCount: 10),
          Average(try lab.counts(setting).map { Double($0.count - 1) }))
      ]
    },
    Check("E6", "survivors among equal modes", "K × P(alive) by the binomial chain") { lab in
      let setting = bootstrap(
        .categories(Array(repeating: 0.05, count: 20)), n: 100, fits: 12, chains: 2000)
      let chain = BinomialChain(sampleCount: 100, probability: 0.05).advanced(by: 11)
      return [
        .exact(
          "modes alive, K = 20, n = 100, t = 12", 20 * chain.survival,
          try lab.count(setting, fit: 12) { Double($0.occupied) })
      ]
    },
    Check("E7", "new real data keep the weights apart", "E[π(1 − π)] = π_0(1 − π_0)(1 − 1/D)") {
      lab in
      let setting = bootstrap(
        .categories([0.3, 0.7]), n: 20, fits: 16, chains: 5000, strategy: "fresh-data:share=0.25")
      return [
        .exact(
          "E[π(1 − π)], 5 real + 15 synthetic",
          0.21 * SteadyState.freshData(real: 5, synthetic: 15).variance,
          try lab.count(setting, fit: 16) { $0.share(0) * $0.share(1) })
      ]
    },
    Check("E8", "so does keeping everything", "E[π(1 − π)] = π_0(1 − π_0) Π (1 − 1/(n t²))") {
      lab in
      let setting = bootstrap(
        .categories([0.3, 0.7]), n: 20, fits: 8, chains: 6000, strategy: "accumulate")
      return [
        .exact(
          "E[π(1 − π)], accumulate, n = 20, T = 8",
          0.21 * expectedVarianceShare(.accumulate, accumulateSizes(n: 20, fits: 8))[7],
          try lab.count(setting, fit: 8) { $0.share(0) * $0.share(1) })
      ]
    },
  ]
}

extension Laboratory {
  /// An average over chains of a number of the categories at a fit, counted from 1.
  fileprivate func count(
    _ setting: LoopSetting, fit: Int, _ value: (CategoryCounts) -> Double
  ) throws -> Average {
    Average(try counts(setting).map { value($0[fit - 1]) })
  }
}
