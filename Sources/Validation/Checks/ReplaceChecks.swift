import Foundation
import Generators
import LinearAlgebra
import Theory

/// The fully synthetic loop of one Gaussian in one dimension (A1 to A11, A21).
enum ReplaceChecks {
  private static let line = LoopSetting(n: 50, fits: 20, chains: 16_000)
  private static let unbiased = LoopSetting(
    family: .gaussian(.unbiased), n: 50, fits: 20, chains: 16_000)
  private static let long = LoopSetting(n: 500, fits: 4, chains: 4000)
  private static let (n, t) = (50, 20)

  static let all = [
    Check("A1", "the variance falls by 1 − 1/n with every fit", "E[S_t] = (1 − 1/n)^t σ²") { lab in
      [
        .exact(
          "E[S_t], n = 50, t = 20",
          expectedVarianceShare(.replace, replaceSizes(n: n, fits: t))[t - 1],
          try lab.average(line, fit: t) { $0.variance })
      ]
    },
    Check("A2", "the mean drifts, and no farther than σ", "E[(μ_t − μ_0)²] = σ² (1 − (1 − 1/n)^t)")
    {
      lab in
      [
        .exact(
          "E[μ_t²], n = 50, t = 20",
          expectedMeanDrift(.replace, replaceSizes(n: n, fits: t))[t - 1],
          try lab.average(line, fit: t) { $0.squaredMean })
      ]
    },
    Check("A3", "what the variance loses the mean gains", "E[S_t] + E[(μ_t − μ_0)²] = σ²") { lab in
      [
        .exact(
          "E[S_t + μ_t²], n = 50, t = 20", 1,
          try lab.average(line, fit: t) { $0.variance + $0.squaredMean })
      ]
    },
    Check(
      "A4", "a typical run loses variance twice as fast as the mean run",
      "E[ln S_t] = t (ψ((n−1)/2) − ln(n/2))"
    ) { lab in
      [
        .exact(
          "E[ln S_t], n = 50, t = 20", Double(t) * expectedLogVarianceStep(sampleCount: n),
          try lab.average(line, fit: t) { log($0.variance) })
      ]
    },
    Check("A5", "the spread of the logarithm over runs", "Var[ln S_t] = t ψ₁((n−1)/2)") { lab in
      let centre = Double(t) * expectedLogVarianceStep(sampleCount: n)
      return [
        .exact(
          "Var[ln S_t], n = 50, t = 20", Double(t) * logVarianceStepVariance(sampleCount: n),
          try lab.average(line, fit: t) { pow(log($0.variance) - centre, 2) })
      ]
    },
    Check("A6", "the standard deviation", "E[σ_t] = a_n^t σ, a_n = √(2/m) Γ(n/2)/Γ((n−1)/2)") {
      lab in
      try [
        ("m = n", line, VarianceDivisor.sampleCount),
        ("m = n − 1", unbiased, VarianceDivisor.degreesOfFreedom),
      ].map { words, setting, divisor in
        .exact(
          "E[σ_t], n = 50, t = 20, \(words)",
          pow(deviationFactor(sampleCount: n, divisor: divisor), Double(t)),
          try lab.average(setting, fit: t) { $0.variance.squareRoot() })
      }
    },
    Check(
      "A7", "the unbiased estimate keeps the mean variance while every run collapses",
      "E[S_t] = σ², Var(μ_t) = σ² t/n, E[S_t²] = σ⁴ ((n+1)/(n−1))^t, "
        + "E[ln S_t] = t (ψ((n−1)/2) − ln((n−1)/2))"
    ) { lab in
      [
        .exact("E[S_t], n = 50, t = 20", 1, try lab.average(unbiased, fit: t) { $0.variance }),
        .exact(
          "E[μ_t²], n = 50, t = 20", Double(t) / Double(n),
          try lab.average(unbiased, fit: t) { $0.squaredMean }),
        // Fewer fits: the square has heavy tails.
        .exact(
          "E[S_t²], n = 50, t = 5", pow(Double(n + 1) / Double(n - 1), 5),
          try lab.average(unbiased, fit: 5) { $0.variance * $0.variance }),
        .exact(
          "E[ln S_t], n = 50, t = 20",
          Double(t) * (digamma(Double(n - 1) / 2) - log(Double(n - 1) / 2)),
          try lab.average(unbiased, fit: t) { log($0.variance) }),
      ]
    },
    Check(
      "A8", "the squared Fréchet distance adds up",
      "E[W₂²] ≈ (3/2) σ² Σ 1/M_i, Var[W₂²] ≈ (5/2) σ⁴ (Σ 1/M_i)²"
    ) { lab in
      let fits = long.fits
      let error = firstOrderError(sampleCounts: Array(repeating: long.n, count: fits))
      let total = error.mean / 1.5
      return [
        // 2(1 − aᵗ) with a = 1 − 3/(4n) − 7/(32n²) − … differs from (3/2) T by less than (9/16) T² + T/n.
        .firstOrder(
          "E[W₂²], M = 500, t = 4", error.mean,
          within: 9.0 / 16 * total * total + total / Double(long.n),
          try lab.average(long, fit: fits) { try $0.frechetDistance(toSpectrum: [1]) }),
        // With L = ln S of mean −2T and variance 2T, (1 − σ)⁴ = L⁴/16 + L⁵/16 + … : no term of the next
        // order exceeds 10 T of the first, and they differ in sign.
        .firstOrder(
          "Var[W₂²], M = 500, t = 4", error.variance, within: 10 * total * error.variance,
          try lab.average(long, fit: fits) {
            pow(try $0.frechetDistance(toSpectrum: [1]) - error.mean, 2)
          }),
      ]
    },
    Check(
      "A10", "the held-out likelihood explodes",
      "E[σ²/S_t] = (n/(n−3))^t, E[KL] = ½ (E[ln S_t] + E[σ²/S_t] − 1 + B_t), "
        + "B_t = (B_{t−1} + 1/n) n/(n−3)"
    ) { lab in
      [
        .exact(
          "E[1/S_t], n = 50, t = 5",
          expectedInverseCovariance(sampleCount: n, dimension: 1, fits: 5),
          try lab.average(line, fit: 5) { 1 / $0.variance }),
        .exact(
          "E[KL(real ‖ model)], n = 50, t = 5",
          expectedDivergence(sampleCount: n, dimension: 1, fits: 5),
          try lab.average(line, fit: 5) {
            0.5 * (log($0.variance) + (1 + $0.squaredMean) / $0.variance - 1)
          }),
      ]
    },
    Check(
      "A12", "growing training sets bound the drift only if they grow fast",
      "Var(μ_T) = σ² Σ 1/n_s for the unbiased estimate"
    ) { lab in
      let setting = LoopSetting(
        family: .gaussian(.unbiased), strategy: "growing:size=2/3/4/5", n: 20, fits: 5, chains: 8000
      )
      let sum = [20.0, 40, 60, 80, 100].reduce(0) { $0 + 1 / $1 }
      return [
        .exact(
          "E[μ_5²], n = 20, 40, 60, 80, 100", sum,
          try lab.average(setting, fit: 5) { $0.squaredMean })
      ]
    },
    Check(
      "A21", "the distance at all times, with its plateau",
      "E[W₂²] = 2σ² (1 − a_n^t); unbiased σ² (t/n + 2 (1 − α^t))"
    ) { lab in
      try [
        ("m = n", line, VarianceDivisor.sampleCount),
        ("m = n − 1", unbiased, VarianceDivisor.degreesOfFreedom),
      ].map { words, setting, divisor in
        .exact(
          "E[W₂²], n = 50, t = 20, \(words)",
          exactFrechetDistance(sampleCount: n, fits: t, divisor: divisor),
          try lab.average(setting, fit: t) { try $0.frechetDistance(toSpectrum: [1]) })
      }
    },
  ]
}
