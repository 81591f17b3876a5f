import Theory

/// Loops that keep what they drew (C).
enum AccumulateChecks {
  private static let everything = LoopSetting(strategy: "accumulate", n: 20, fits: 8, chains: 8000)
  private static let subsample = LoopSetting(
    strategy: "accumulate-subsample", n: 20, fits: 8, chains: 8000)

  static let all = [
    Check("C1", "keeping everything ends the collapse", "E[S_T] = σ² Π_{t≤T} (1 − 1/(n t²))") {
      lab in
      [
        .exact(
          "E[S_T], accumulate, n = 20, T = 8",
          expectedVarianceShare(.accumulate, accumulateSizes(n: 20, fits: 8))[7],
          try lab.average(everything, fit: 8) { $0.variance })
      ]
    },
    Check("C2", "keeping everything ends the drift", "E[(μ_T − μ_0)²] = σ² − E[S_T] ≤ (π²/6) σ²/n")
    {
      lab in
      [
        .exact(
          "E[μ_T²], accumulate, n = 20, T = 8",
          expectedMeanDrift(.accumulate, accumulateSizes(n: 20, fits: 8))[7],
          try lab.average(everything, fit: 8) { $0.squaredMean })
      ]
    },
    Check(
      "C3", "a fixed budget from all that accumulated: no collapse, a higher plateau",
      "pool (1 − 1/n) Π (1 − c_t/(t+1)²), c_t = ((N−n) + N(1−1/n))/(n(N−1)); "
        + "fit × N/(N−1) × (1 − 1/n)"
    ) { lab in
      let sizes = accumulateSizes(n: 20, fits: 8, subsample: 20)
      return [
        .exact(
          "E[S_T], accumulate-subsample, n = 20, T = 8",
          expectedVarianceShare(.accumulateSubsample, sizes)[7],
          try lab.average(subsample, fit: 8) { $0.variance }),
        .exact(
          "E[μ_T²], accumulate-subsample, n = 20, T = 8",
          expectedMeanDrift(.accumulateSubsample, sizes)[7],
          try lab.average(subsample, fit: 8) { $0.squaredMean }),
      ]
    },
    Check(
      "C4", "a window of W generations slows the collapse by ((W + 1)/2)²",
      "ln E[S] falls by (2/(W + 1))²/n a fit; exactly by the covariances of the means"
    ) { lab in
      let setting = LoopSetting(strategy: "window:generations=3", n: 20, fits: 12, chains: 6000)
      return [
        .exact(
          "E[S_12], W = 3, n = 20", windowedVarianceShare(window: 3, sampleCount: 20, fits: 12),
          try lab.average(setting, fit: 12) { $0.variance })
      ]
    },
  ]
}
