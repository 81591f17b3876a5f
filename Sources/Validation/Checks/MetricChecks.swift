import Foundation
import Generators
import LinearAlgebra
import Metrics
import Recursion
import Samples
import Theory

/// What metrics say of two sets of one law (H).
enum MetricChecks {
  static let all = [
    Check("H1", "two sets of one law are never at Fréchet distance 0", "E[d²] ≈ C (1/N_1 + 1/N_2)")
    { lab in
      let (spectrum, n, m) = ([2.0, 1, 1, 0.5], 600, 900)
      let expected = frechetFloor(spectrum: spectrum, real: n, generated: m)
      // Square roots of covariances have relative errors of √(d/N); the next order is d/N of the first.
      return [
        .firstOrder(
          "E[d²], d = 4, N = 600 and 900", expected, within: 4.0 / 600 * expected,
          try lab.repeated("H1", 400) { seed in
            let (real, generated) = pair(.gaussian(spectrum: spectrum), n, m, seed)
            return try frechetDistance(
              real: SampleStatistics(of: real), generated: SampleStatistics(of: generated)
            ).value
          })
      ]
    },
    Check("H2", "the kernel distance has no floor", "E[KID] = 0") { lab in
      [
        .exact(
          "E[KID], d = 4, N = 100 and 150", 0,
          try lab.repeated("H2", 600) { seed in
            let (real, generated) = pair(.gaussian(spectrum: [1, 1, 1, 1]), 100, 150, seed)
            return try kernelDistance(real: real, generated: generated).value
          })
      ]
    },
    Check(
      "H3", "coverage and density of two sets of one law",
      "coverage 1 − Π_{i≤k} (N−i)/(N+M−i), density 1"
    ) { lab in
      let scores = try lab.repetitions("H3", 300) { seed in
        let (real, generated) = pair(.gaussian(spectrum: [1, 1, 1, 1]), 150, 200, seed)
        guard
          let scores = try NeighbourMetrics.compute(real: real, generated: generated, ks: [5])[k: 5]
        else { return [Double.nan, .nan] }
        return [scores.coverage.value, scores.density.value]
      }
      return [
        .exact(
          "E[coverage], k = 5, N = 150, M = 200",
          expectedCoverage(real: 150, generated: 200, neighbours: 5), Average(scores.map { $0[0] })),
        .exact("E[density], k = 5, N = 150, M = 200", 1, Average(scores.map { $0[1] })),
      ]
    },
    Check(
      "H4", "bins of two sets of one law differ as often as the test errs",
      "E[JS] ≈ (K − 1)/8 (1/N_1 + 1/N_2) nats, share of bins that differ = α"
    ) { lab in
      let (bins, n, m) = (8, 1000, 1500)
      let floor = Double(bins - 1) / 8 * (1 / Double(n) + 1 / Double(m))
      let found = try lab.repetitions("H4", 1500) { seed in
        let weights = Array(repeating: 1 / Double(bins), count: bins)
        let source = RealLaw.categories(weights).source(seed: seed)
        return BinComparison(
          CategoryCounts(of: source.samples(0..<n)), CategoryCounts(of: source.samples(n..<n + m)),
          bins: bins)
      }
      return [
        // The expansion of the logarithm about equal shares: the next order is K/N of the first.
        .firstOrder(
          "E[JS] in nats, K = 8, N = 1000 and 1500", floor,
          within: Double(bins) / Double(n) * floor,
          Average(found.map(\.divergence))),
        // The normal law of a difference of counts of 125 and 187 is off by about 1/(2·125) at its ends.
        .firstOrder(
          "share of bins that differ, α = 0.05", 0.05, within: 0.004,
          Average(found.map(\.differingShare))),
      ]
    },
    Check(
      "H5", "what the first fit loses of the held-out likelihood",
      "½ (d n/(n−d−2) (1 + 1/n) − d + Σ ψ((n−i)/2) − d ln(n/2))"
    ) { lab in
      let (n, d) = (30, 4)
      let law = RealLaw.gaussian(spectrum: Array(repeating: 1, count: d))
      let losses = try lab.repetitions("H5", 4000) { seed in
        let setting = LoopSetting(law: law, n: n, fits: 1)
        let heldOut = law.source(seed: seed).samples(n..<n + 100).matrix
        var loss = Double.nan
        try setting.chain(seed: seed, generator: lab.tampered(setting.generator())).run(fits: 1) {
          let scores =
            try $0.model.logDensity(heldOut, sampling: Sampling(), noiseFloor: 0)
            ?? Array(repeating: .nan, count: heldOut.rowCount)
          let real = heldOut.squaredRowNorms().map {
            -0.5 * ($0 + Double(d) * Foundation.log(2 * .pi))
          }
          loss = zip(real, scores).reduce(0) { $0 + $1.0 - $1.1 } / Double(heldOut.rowCount)
          return true
        }
        return loss
      }
      return [
        .exact(
          "E[ln p_real − ln p_model], d = 4, n = 30",
          expectedDivergence(sampleCount: n, dimension: d, fits: 1), Average(losses))
      ]
    },
    Check(
      "H6", "the held-out likelihood explodes in any dimension",
      "½ (t (Σ ψ((n−i)/2) − d ln(n/2)) + d (n/(n−d−2))^t − d + B_t), B_t = (B_{t−1} + d/n) n/(n−d−2)"
    ) { lab in
      let (spectrum, t) = ([4.0, 2, 1, 0.5], 5)
      let setting = LoopSetting(law: .gaussian(spectrum: spectrum), n: 50, fits: 10, chains: 6000)
      return [
        .exact(
          "E[KL(real ‖ model)], d = 4, n = 50, t = 5",
          expectedDivergence(sampleCount: 50, dimension: 4, fits: t),
          try lab.average(setting, fit: t) { try divergence(from: spectrum, to: $0) })
      ]
    },
    Check("H7", "the Vendi score counts", "m orthonormal samples m, m copies 1") { _ in
      let (unit, copies) = (
        Matrix.identity(12), Matrix(rowCount: 12, columnCount: 3, repeating: 0.5)
      )
      return [
        .identity(
          "Vendi score − m, m = 12 orthonormal and copied",
          residuals: [
            try vendiScore(.cosine, of: unit, withStandardError: false).value - 12,
            try vendiScore(.cosine, of: copies, withStandardError: false).value - 1,
            try vendiScore(.rbf(sigma: 0.01), of: unit, withStandardError: false).value - 12,
            try vendiScore(.rbf(sigma: 1), of: copies, withStandardError: false).value - 1,
          ], bound: 1e-9)
      ]
    },
  ]

  /// Two independent sets of a law.
  private static func pair(
    _ law: RealLaw, _ n: Int, _ m: Int, _ seed: UInt64
  ) -> (Matrix, Matrix) {
    let source = law.source(seed: seed)
    return (source.samples(0..<n).matrix, source.samples(n..<n + m).matrix)
  }

  /// `KL(N(0, diag l) ‖ model)` in nats.
  private static func divergence(from spectrum: [Double], to moments: Moments) throws -> Double {
    let inverse = try relativeInverse(moments, spectrum)
    let mean = Matrix(
      rowCount: 1, columnCount: spectrum.count,
      elements: zip(moments.mean, spectrum).map { $0 / $1.squareRoot() })
    let drift = mean.times(inverse).times(transposeOf: mean)[0, 0]
    let volume = try inverse.symmetricEigenvalues().reduce(0) { $0 - Foundation.log($1) }
    return 0.5 * (volume + inverse.trace - Double(spectrum.count) + drift)
  }
}

/// Two sets of samples over the same bins.
///
/// The tool has no such metric; the floors are those of anybody who bins its samples (Richardson and
/// Weiss 2018).
private struct BinComparison: Sendable {
  /// The Jensen-Shannon divergence in nats, with equal weights of the sets.
  let divergence: Double

  /// The share of the bins whose shares differ at the level 5 %, in the two-sample test with pooled
  /// variance.
  let differingShare: Double

  init(_ first: CategoryCounts, _ second: CategoryCounts, bins: Int) {
    var divergence = 0.0
    var differing = 0
    for bin in 0..<bins {
      let (p, q) = (first.share(bin), second.share(bin))
      let middle = (p + q) / 2
      for share in [p, q] where share > 0 { divergence += share / 2 * log(share / middle) }
      let pooled = Double(first[bin] + second[bin]) / Double(first.total + second.total)
      let variance =
        pooled * (1 - pooled) * (1 / Double(first.total) + 1 / Double(second.total))
      if abs(p - q) > 1.959964 * variance.squareRoot() { differing += 1 }
    }
    self.divergence = divergence
    differingShare = Double(differing) / Double(bins)
  }
}
