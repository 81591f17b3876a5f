import LinearAlgebra
import Testing

@testable import Metrics

/// A value of this package, `nil` where it says that there is none, and how far off it may be.
struct CheckedValue {
  let value: Double?
  var relative = 0.0
  var absolute = 0.0
}

/// Which of our values each key of the reference must agree with.
enum ReferenceChecks {
  typealias Check = (ReferenceMeasures) throws -> CheckedValue

  /// Keys that are not compared, each with the reason.
  static let exclusions: [String: String] = [
    "energy/peer.dcor/skipped": "The peer did not run.",
    "peer.kid/torch_fidelity_defaults": "Null, or the peer's refusal.",
    "peer.kid/torch_fidelity_defaults/error": "The peer's refusal.",
    "peer.mifid_torchmetrics/cosine_term_unthresholded":
      "The cosine factor of MiFID, which is no metric here: copies are counted, and z_u tests them.",
    "knn_k5/near_ties_real": "Describes the case; the counts are compared exactly whatever it is.",
    "knn_k5/near_ties_fake": "As above.",
    "knn_k3/near_ties_real": "As above.",
    "knn_k3/near_ties_fake": "As above.",
    "ndb_k20/min_gap_to_alpha": "Says how safe the count of bins is, which is compared exactly.",
    "ndb_k20/counts_real": "A list, compared by itself.",
    "ndb_k20/counts_fake": "A list, compared by itself.",
  ]

  /// Failures of peers where we have a value or refuse by ourselves.
  static func isPeerFailure(_ key: String) -> Bool {
    key.hasPrefix("peer.") && key.hasSuffix("/error")
  }

  static var cases: [String: Check] {
    frechet.merging(pairs, uniquingKeysWith: either).merging(
      neighbours(3), uniquingKeysWith: either
    ).merging(neighbours(5), uniquingKeysWith: either)
      .merging(newer, uniquingKeysWith: either).merging(spread, uniquingKeysWith: either)
      .merging(transport, uniquingKeysWith: either)
  }

  private static func either(_ first: @escaping Check, _: @escaping Check) -> Check { first }

  private static func ofTraces(
    _ share: Double, _ value: @escaping (FrechetDistance) -> Double
  ) -> Check {
    { CheckedValue(value: value(try $0.frechet.get()), absolute: share * (try $0.traces)) }
  }

  private static var frechet: [String: Check] {
    [
      "fd/value": ofTraces(1e-12, \.value), "fd/mean_term": ofTraces(1e-12, \.meanTerm),
      "fd/trace_real": ofTraces(1e-12, \.traceReal),
      "fd/trace_fake": ofTraces(1e-12, \.traceGenerated), "fd/tr_sqrt": ofTraces(1e-12, \.cross),
      "fd_mpmath_30_digits": ofTraces(1e-12, \.value), "fd_eigh": ofTraces(1e-7, \.value),
      "fd_ddof0": { measures in
        // Covariances over n in place of n - 1.
        let distance = try measures.frechet.get()
        let (a, b) = (
          1 - 1 / Double(measures.real.rowCount), 1 - 1 / Double(measures.generated.rowCount)
        )
        return CheckedValue(
          value: distance.meanTerm + a * distance.traceReal + b * distance.traceGenerated
            - 2 * (a * b).squareRoot() * distance.cross, absolute: 1e-12 * (try measures.traces))
      },
      // Peers in double precision lose seven digits where a covariance is singular, those that take the mean
      // in single precision everywhere.
      "peer.fd/pytorch_fid": ofPeer, "peer.fd/torchmetrics": ofPeer,
      "peer.fd/clean_fid": ofTraces(2e-6, \.value),
      "peer.fd/torch_fidelity": ofTraces(2e-6, \.value),
      "fd_inf_prefix/intercept": {
        CheckedValue(value: try $0.extrapolated.get().value, relative: 1e-7)
      },
      "fd_inf_prefix/slope": {
        // Of a constant set it is what rounding leaves.
        CheckedValue(value: try $0.extrapolated.get().slope, relative: 1e-6, absolute: 1e-10)
      },
      "fd_inf_prefix/first_n": {
        CheckedValue(value: Double(try $0.extrapolated.get().sizes[0]))
      },
      "fd_inf_prefix/fd_at_first_n": {
        CheckedValue(
          value: try $0.extrapolated.get().distances[0], absolute: 1e-12 * (try $0.traces))
      },
    ]
  }

  private static var ofPeer: Check {
    { measures in
      let isRegular = try SampleStatistics(of: measures.real).isRegular
      let isBothRegular = try isRegular && SampleStatistics(of: measures.generated).isRegular
      return CheckedValue(
        value: try measures.frechet.get().value,
        absolute: (isBothRegular ? 1e-10 : 1e-7) * (try measures.traces))
    }
  }

  private static func ofKernel(_ value: @escaping (ReferenceMeasures) throws -> Double) -> Check {
    { CheckedValue(value: try value($0), absolute: 1e-10 * (1 + $0.largestKernel)) }
  }

  private static func close(
    _ relative: Double, absolute: Double = 0,
    _ value: @escaping (ReferenceMeasures) throws -> Double?
  ) -> Check {
    { CheckedValue(value: try value($0), relative: relative, absolute: absolute) }
  }

  private static var pairs: [String: Check] {
    [
      "kid_poly3_u": ofKernel { try $0.kernel.get() },
      "mmd_poly3_v": ofKernel { try biasedKernelDistance(real: $0.real, generated: $0.generated) },
      "kid_blocks_250": { CheckedValue(value: $0.real.rowCount < 250 ? nil : 0) },
      "kid_blocks_250/block": { _ in CheckedValue(value: 250) },
      "kid_blocks_250/count": { CheckedValue(value: Double($0.real.rowCount / 250)) },
      "kid_blocks_250/mean": ofKernel { try $0.blocks.get().mean },
      "kid_blocks_250/std_ddof0": ofKernel { try $0.blocks.get().deviation },
      "mmd_rbf_sigma10_x1000/v": close(1e-9, absolute: 1e-11) {
        1000 * (try biasedRBFMMD(real: $0.real, generated: $0.generated, sigma: 10))
      },
      "mmd_rbf_sigma10_x1000/u": close(1e-9, absolute: 1e-11) {
        1000 * (try rbfMMD(real: $0.real, generated: $0.generated, sigma: 10).value)
      },
      "peer_formula.cmmd_f32": close(0, absolute: 5e-4) {
        1000 * (try biasedRBFMMD(real: $0.real, generated: $0.generated, sigma: 10))
      },
      "cmmd_unit_rows_x1000/v": close(1e-9, absolute: 1e-12) {
        try unitRowDiscrepancy(real: $0.real, generated: $0.generated).value
      },
      "cmmd_unit_rows_x1000/linearised_10_times_mean_gap_squared": close(1e-9, absolute: 1e-14) {
        10 * (try $0.unitRows.frechet.get().meanTerm)
      },
      "rbf_median_sigma_real": close(1e-9) { try $0.sigma.get() },
      "mmd_rbf_median_u": close(1e-9, absolute: 1e-15) {
        try rbfMMD(real: $0.real, generated: $0.generated, sigma: $0.sigma.get()).value
      },
      "energy/v": close(1e-9) { try $0.energy.get().v },
      "energy/u": close(1e-9) { try $0.energy.get().u },
      "energy/peer.dcor/v": close(1e-9, absolute: 1e-13) { try $0.energy.get().v },
      "energy/peer.dcor/u": close(1e-9, absolute: 1e-13) { try $0.energy.get().u },
      "energy/normalised_v": close(1e-9) {
        TwoSampleSums(.distance, real: $0.real, generated: $0.generated).normalised?.value
      },
    ]
  }

  private static func neighbours(_ k: Int) -> [String: Check] {
    func score(_ value: @escaping (NeighbourScores) -> Double) -> Check {
      { CheckedValue(value: try $0.scores(k).map(value), relative: 1e-9) }
    }
    let checks: [String: Check] = [
      "error": score { _ in 0 },
      "precision_count": score { Double($0.precision.count) },
      "recall_count": score { Double($0.recall.count) },
      "density_pairs": score { Double($0.densityPairs) },
      "coverage_count": score { Double($0.coverage.count) },
      "precision": score(\.precision.value), "recall": score(\.recall.value),
      "density": score(\.density.value), "coverage": score(\.coverage.value),
      "precision_le_count": score { Double($0.precisionClosed.count) },
      "recall_le_count": score { Double($0.recallClosed.count) },
      "coverage_le_count": score { Double($0.coverageClosed.count) },
      "mean_radius_real": score(\.meanRealRadius),
      "mean_radius_fake": score(\.meanGeneratedRadius),
      "realism_mean": close(1e-9) {
        let scores = try realismScores(of: $0.generated, among: $0.real, k: k)
        return scores.reduce(0, +) / Double(scores.count)
      },
    ]
    return Dictionary(uniqueKeysWithValues: checks.map { ("knn_k\(k)/\($0)", $1) })
  }

  private static func newer(
    _ value: @escaping (ReferenceMeasures, NeighbourScores) throws -> Double?,
    relative: Double = 1e-9, absolute: Double = 0
  ) -> Check {
    { measures in
      CheckedValue(
        value: try measures.scores(5).flatMap { try value(measures, $0) }, relative: relative,
        absolute: absolute)
    }
  }

  private static func densityScale(_ measures: ReferenceMeasures) -> Double {
    ClippedScores.densityScale(radii: NeighbourRadii(of: measures.real, count: 5), k: 5)
  }

  private static var newer: [String: Check] {
    [
      "knn_newer/error": newer { _, _ in 0 },
      "knn_newer/clipped_density": newer {
        ClippedScores.density($1.clippedDensity, scale: densityScale($0)).value
      },
      "knn_newer/clipped_density_uncapped": newer { $1.clippedDensity.value / densityScale($0) },
      "knn_newer/clipped_density_scale": newer { measures, _ in densityScale(measures) },
      "knn_newer/clipped_coverage_raw": newer { $1.clippedCoverage.value },
      "knn_newer/clipped_coverage": newer {
        ClippedScores.coverage(
          $1.clippedCoverage.value, n: $0.real.rowCount, m: $0.generated.rowCount, k: 5)
      },
      "knn_newer/clipped_coverage_scale_at_m": newer { measures, _ in
        ClippedScores.expectedCoverage(
          n: measures.real.rowCount, m: measures.generated.rowCount, k: 5)
      },
      "knn_newer/complement_precision": newer { $1.complementPrecision.value },
      "knn_newer/sym_precision": newer { $1.symmetricPrecision.value },
      "knn_newer/sym_recall": newer { $1.symmetricRecall.value },
      "knn_newer/p_precision": newer { measures, _ in try measures.support.get().precision?.value },
      "knn_newer/p_recall": newer { measures, _ in try measures.support.get().recall?.value },
      "peer.prdc_k5/precision": newer { $1.precision.value },
      "peer.prdc_k5/recall": newer { $1.recall.value },
      "peer.prdc_k5/density": newer { $1.density.value },
      "peer.prdc_k5/coverage": newer { $1.coverage.value },
      // Closed balls of three neighbours, printed in single precision.
      "peer.torch_fidelity_prc_k3/precision": improved { precision, _ in precision },
      "peer.torch_fidelity_prc_k3/recall": improved { _, recall in recall },
      "peer.torch_fidelity_prc_k3/f_score": improved { 2 * $0 * $1 / ($0 + $1) },
    ]
  }

  private static func improved(_ value: @escaping (Double, Double) -> Double) -> Check {
    close(2e-7) { measures in
      try measures.scores(3).map { value($0.precisionClosed.value, $0.recallClosed.value) }
    }
  }

  private static var spread: [String: Check] {
    var checks: [String: Check] = [:]
    for (name, set) in [("real", \ReferenceMeasures.real), ("fake", \.generated)] {
      checks["vendi_\(name)/q1"] = close(1e-8) { try $0.vendi($0[keyPath: set])[0] }
      checks["vendi_\(name)/q2"] = close(1e-8) { try $0.vendi($0[keyPath: set])[1] }
      checks["vendi_\(name)/qinf"] = close(1e-8) { try $0.vendi($0[keyPath: set])[2] }
      checks["vendi_\(name)/cov_effective_rank"] = close(1e-9) {
        try CovarianceSpectrum(of: $0[keyPath: set]).effectiveRank?.value
      }
      checks["vendi_\(name)/cov_participation"] = close(1e-9) {
        try CovarianceSpectrum(of: $0[keyPath: set]).participationRatio?.value
      }
      checks["vendi_\(name)/total_variance_ddof1"] = close(1e-9) {
        try CovarianceSpectrum(of: $0[keyPath: set]).totalVariance.value
      }
      for (peer, tolerance) in [
        ("score_dual", 1e-8), ("score_X", 1e-8), ("score_dual_f32", 1e-4),
      ] {
        checks["peer.vendi/\(name)/\(peer)"] = close(tolerance) {
          try $0.vendi($0[keyPath: set])[0]
        }
      }
    }
    return checks
  }

  private static var transport: [String: Check] {
    [
      "sliced/directions": {
        CheckedValue(
          value: Double(ReferenceFeatures.directions($0.real.columnCount).rowCount))
      },
      "sliced/sw1": close(1e-9) { try $0.sliced.get().w1.value },
      "sliced/sw2": close(1e-9) { try $0.sliced.get().w2.value },
      "sliced/sw2_squared": close(1e-9) { try $0.sliced.get().w2.value * $0.sliced.get().w2.value },
      "sliced/max_sw2": close(1e-9) { try $0.sliced.get().largest },
      "sliced/mind_3d_sw2sq": close(1e-9) { try $0.sliced.get().mind.value },
      "sliced/peer.POT_sw2": close(1e-9) { try $0.sliced.get().w2.value },
      "sliced/dgm_eval_sw_approx": close(1e-9) {
        try approximateSlicedWasserstein(
          real: SampleStatistics(of: $0.real), generated: SampleStatistics(of: $0.generated))
      },
      "ndb_k20/bins": { CheckedValue(value: Double(try $0.bins.get().binCount)) },
      "ndb_k20/ndb": { CheckedValue(value: Double(try $0.bins.get().different)) },
      "ndb_k20/js_nats": close(1e-9) { try $0.bins.get().divergence },
    ]
  }
}
