import Theory

/// The effective sample size of each strategy (N): the table of theory 0.3.
enum EffectiveSizeChecks {
  static let all = [
    check(
      "N1", "replace: the error grows by one fit's with every fit", "n_e = n/t", .replace,
      LoopSetting(law: law, n: 500, fits: 6, chains: 1500), replaceSizes(n: 500, fits: 6)),
    check(
      "N2", "accumulate: the error stays below π²/6 of one fit's", "n_e = n/Σ_{s≤T} 1/s² → 0.608 n",
      .accumulate, LoopSetting(strategy: "accumulate", law: law, n: 500, fits: 12, chains: 400),
      accumulateSizes(n: 500, fits: 12)),
    check(
      "N3", "accumulate-subsample: about twice that", "n_e → n/(π²/2 − 2) = 0.341 n",
      .accumulateSubsample,
      LoopSetting(strategy: "accumulate-subsample", law: law, n: 500, fits: 12, chains: 800),
      accumulateSizes(n: 500, fits: 12, subsample: 500)),
    Check(
      "N4", "a window of W generations: errors grow ((W + 1)/2)² times slower than under replace",
      "1/n_e grows by (2/(W + 1))²/n a fit"
    ) { lab in
      let (n, w, fits) = (500, 3, 16)
      let setting = LoopSetting(
        strategy: "window:generations=\(w)", law: law, n: n, fits: fits, chains: 300)
      // From fit 6 on the first window is nearly forgotten: what is left of it is 0.7 % of the growth.
      let growth = Double(fits - 6) * 4 / Double((w + 1) * (w + 1)) / Double(n)
      let expected = frechetConstant(spectrum: spectrum) * growth
      return [
        .firstOrder(
          "E[W₂²] from fit 6 to 16, W = 3, n = 500", expected, within: 0.05 * expected,
          Average(
            try lab.moments(setting).map {
              try $0[fits - 1].frechetDistance(toSpectrum: spectrum)
                - $0[5].frechetDistance(toSpectrum: spectrum)
            }))
      ]
    },
    check(
      "N5", "fresh-data: better than its real samples alone", "n_e = n_r (1 + q)", .freshData,
      LoopSetting(strategy: "fresh-data:share=0.5", law: law, n: 1000, fits: 8, chains: 600),
      mixedSizes(real: 500, synthetic: 500, fits: 8, fresh: true)),
    check(
      "N6", "synthetic-augmentation: at most 1.5 times the error of its real samples",
      "n_e = n_r (1 + q)/(1 + 2q)", .syntheticAugmentation,
      LoopSetting(
        strategy: "synthetic-augmentation:share=0.5", law: law, n: 1000, fits: 8, chains: 600),
      mixedSizes(real: 500, synthetic: 500, fits: 8, fresh: false)),
    Check(
      "N7", "the golden weight makes the most of new real data; real data alone are the yardstick",
      "n_e = n/w* = 1.618 n with w* = 0.618, n_e = n"
    ) { lab in
      let n = 500
      let golden = LoopSetting(
        strategy: "weighted:weight=golden,share=0.5,real=fresh", law: law, n: 2 * n, fits: 8,
        chains: 600)
      let alone = LoopSetting(strategy: "real-only", law: law, n: n, fits: 2, chains: 2000)
      return [
        try finding(
          "golden, 500 real + 500 synthetic, t = 8", golden,
          size: Double(n) / goldenWeight(real: n, synthetic: n), lab),
        try finding("real-only, n = 500", alone, size: Double(n), lab),
      ]
    },
  ]

  private static let law = RealLaw.gaussian(spectrum: spectrum)
  private static let spectrum = [2.0, 0.5]

  private static func check(
    _ id: String, _ statement: String, _ formula: String, _ strategy: StrategyKind,
    _ setting: LoopSetting, _ sizes: [GenerationSizes]
  ) -> Check {
    Check(id, statement, formula) { lab in
      [
        try finding(
          "\(setting.strategy), n = \(setting.n), t = \(setting.fits)", setting,
          size: effectiveSampleSize(strategy, sizes), lab)
      ]
    }
  }

  /// The mean squared Fréchet distance of the last model of chains against `C/n_e`.
  ///
  /// The formula is of first order in `1/n_e`. In one dimension the next term is
  /// `−(3/8)(3/2)/n_e` of it (A21); in `d` it is at most `d + 3` times `1/n_e`, since the relative
  /// errors of moments that enter are `1/n_e` and their products have as many terms: the bound taken.
  static func finding(
    _ words: String, _ setting: LoopSetting, size: Double, _ lab: Laboratory
  ) throws -> Finding {
    let expected = frechetConstant(spectrum: spectrum) / size
    return .firstOrder(
      "E[W₂²], \(words)", expected, within: Double(spectrum.count + 3) / size * expected,
      try lab.average(setting, fit: setting.fits) {
        try $0.frechetDistance(toSpectrum: spectrum)
      })
  }
}
