import Foundation
import Theory

/// What implementations do to a loop that can pass for collapse or prevent it (F).
enum ImplementationChecks {
  private static let rounded = LoopSetting(
    law: .gaussian(spectrum: [1], mean: 128), carry: "png8", n: 50, fits: 20, chains: 8000)

  static let all = [
    Check(
      "F1", "a kernel's bandwidth h is added at every draw",
      "E[x²] = σ² + (t − 1) h² in training set t, E[S_{t+1}] = (1 − 1/n)(E[S_t] + h²)"
    ) { lab in
      let (h, n, fits) = (0.3, 20, 12)
      let setting = LoopSetting(family: .kernels(bandwidth: h), n: n, fits: fits, chains: 6000)
      return [
        .exact(
          "E[S_12] within the training set, h = 0.3, n = 20",
          varianceWithNoise(h * h, start: 1, sampleCount: n, fits: fits),
          try lab.average(setting, fit: fits) { $0.variance - h * h }),
        .exact(
          "E[x²] of the training set, t = 12, h = 0.3, n = 20", 1 + Double(fits - 1) * h * h,
          try lab.average(setting, fit: fits) { $0.variance - h * h + $0.squaredMean }),
      ]
    },
    Check(
      "F2", "where everything is kept the bandwidth adds up to a logarithm",
      "E[x²] = σ² + h² (H_T − 1) in training set T"
    ) { lab in
      let (h, n, fits) = (0.5, 20, 12)
      let setting = LoopSetting(
        family: .kernels(bandwidth: h), strategy: "accumulate", n: n, fits: fits, chains: 4000)
      return [
        .exact(
          "E[x²] of the training set, T = 12, h = 0.5, n = 20",
          accumulatedNoise(h * h, start: 1, fits: fits),
          try lab.average(setting, fit: fits) { $0.variance - h * h + $0.squaredMean })
      ]
    },
    Check(
      "F3", "rounding to whole levels adds 1/12, and leaves the mean where it was",
      "E[S_{t+1}] = (1 − 1/n)(E[S_t] + 1/12), which stalls at (n − 1)/12"
    ) { lab in
      [
        // Sheppard's correction is exact to exp(−2π²S), 3·10⁻⁶ at the variances that chains come by.
        .exact(
          "E[S_20] in levels², σ = 1, n = 50",
          varianceWithNoise(1.0 / 12, start: 1, sampleCount: 50, fits: 20),
          try lab.average(rounded, fit: 20) { $0.variance }),
        .exact(
          "E[μ_20] in levels", 128, try lab.average(rounded, fit: 20) { $0.mean[0] }),
      ]
    },
    Check(
      "F4", "clipping to 0 … 255 takes variance at every pass",
      "the moments of a censored normal: N(128, 64²) keeps 0.919 of its variance, then less slowly"
    ) { lab in
      let n = 4000
      let setting = LoopSetting(
        law: .gaussian(spectrum: [4096], mean: 128), carry: "png8", n: n, fits: 21, chains: 160)
      var law = (mean: 128.0, variance: 4096.0)
      var passes: [Double] = []
      for _ in 0..<20 {
        let clipped = CensoredNormal(mean: law.mean, variance: law.variance, clippedTo: 0...255)
        law = (clipped.mean, clipped.variance + 1.0 / 12)
        passes.append(law.variance)
      }
      // Finite samples lose 1/n of the variance at every fit, and the curvature of the censored variance
      // at most as much again; the mean's drift adds as much.
      return try [1, 20].map { pass in
        .firstOrder(
          "E[S] in levels² after \(pass == 1 ? "1 pass" : "20 passes"), n = 4000",
          passes[pass - 1], within: 3 * Double(pass + 1) / Double(n) * passes[pass - 1],
          try lab.average(setting, fit: pass + 1) { $0.variance })
      }
    },
    Check(
      "F5", "averaging overlapping patches divides the variance at every draw",
      "× Σ w² of the normalised weights: 1/k for k equal ones"
    ) { lab in
      let setting = LoopSetting(effect: .overlap(2), n: 50, fits: 4, chains: 4000)
      return [
        .exact(
          "E[S_4], two-fold overlap, n = 50",
          biasedVarianceShare(
            bias: overlapFactor(weights: [1, 1]), sampleCount: 50, fits: 4, divisor: .sampleCount),
          try lab.average(setting, fit: 4) { $0.variance })
      ]
    },
    Check("F6", "a ridge added at every fit ends the collapse", "E[S_t] → n ε") { lab in
      let setting = LoopSetting(effect: .ridge(0.1), n: 20, fits: 20, chains: 6000)
      return [
        .exact(
          "E[S_20], ε = 0.1, n = 20",
          varianceWithRidge(0.1, start: 1, sampleCount: 20, fits: 20),
          try lab.average(setting, fit: 20) { $0.variance })
      ]
    },
  ]
}
