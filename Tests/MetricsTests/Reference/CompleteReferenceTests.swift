import LinearAlgebra
import Storage
import Testing

@testable import Metrics

/// Every value of the whole file is compared, or stands among the exclusions with a reason.
@Suite(
  "The whole reference",
  .enabled(if: ReferenceFile.isPresent, "needs ../shared/metrics_reference beside the checkout"))
struct CompleteReferenceTests {
  /// Ten digits are printed, so the last one may be off by half.
  private static let printed = 5.1e-10

  private func compare(_ checked: CheckedValue, _ leaf: ReferenceFile.Leaf, _ name: String) {
    let place = "\(name): \(leaf.key)"
    guard let value = checked.value else {
      #expect(
        leaf.value.isNull || leaf.value.string != nil, "\(place): none, not \(leaf.value)")
      return
    }
    // A peer that was not run has no value.
    if leaf.key.hasPrefix("peer."), leaf.value.isNull { return }
    guard let expected = leaf.value.number else {
      Issue.record("\(place): \(value), where the reference has none")
      return
    }
    let tolerance = (checked.relative + Self.printed) * abs(expected) + checked.absolute
    #expect(abs(value - expected) <= tolerance, "\(place): \(value), not \(expected)")
  }

  @Test(
    "Every value of every case agrees within its tolerance",
    arguments: ReferenceFile.isPresent ? try ReferenceFile.names(in: "cases") : [])
  func cases(name: String) throws {
    let leaves = try ReferenceFile.leaves("cases", name, "metrics")
    #expect(leaves.count > 10)
    let pair = try ReferenceFeatures.pair(name)
    guard name != "one_nan" else { return try refused(pair, leaves) }
    let measures = ReferenceMeasures(pair)
    let checks = ReferenceChecks.cases
    let numbers = Dictionary(uniqueKeysWithValues: leaves.map { ($0.key, $0.value.number) })
    for leaf in leaves {
      if leaf.key.hasPrefix("ndb_k20/counts_") {
        let bins = try measures.bins.get()
        let counts = leaf.key.hasSuffix("real") ? bins.realCounts : bins.generatedCounts
        #expect(leaf.value.array?.compactMap(\.integer) == counts, "\(name): \(leaf.key)")
      } else if let check = checks[leaf.key] {
        compare(try check(measures), leaf, name)
      } else if let checked = try ofRandomSubsets(leaf.key, numbers, measures) {
        compare(checked, leaf, name)
      } else if leaf.key == "peer.mifid_torchmetrics/mifid" {
        // A set that does not copy has the Fréchet distance itself.
        guard let cosine = numbers["peer.mifid_torchmetrics/cosine_term_unthresholded"] ?? nil,
          cosine > 0.1
        else { continue }
        compare(
          CheckedValue(
            value: try measures.frechet.get().value, absolute: 1e-7 * (try measures.traces)),
          leaf, name)
      } else {
        #expect(
          ReferenceChecks.exclusions[leaf.key] != nil || ReferenceChecks.isPeerFailure(leaf.key),
          "\(name): nothing checks \(leaf.key)")
      }
    }
  }

  /// What peers give for random subsets agrees with our distance of all pairs up to their scatter, and that
  /// with the scatter of our own subsets.
  private func ofRandomSubsets(
    _ key: String, _ numbers: [String: Double?], _ measures: ReferenceMeasures
  ) throws -> CheckedValue? {
    let prefix = "peer.kid/torch_fidelity"
    guard let size = numbers["\(prefix)/subset"] ?? nil,
      let deviation = numbers["\(prefix)/std"] ?? nil
    else { return nil }
    let isWhole = Int(size) == measures.real.rowCount
    switch key {
    case "\(prefix)/subset":
      return CheckedValue(value: Double(min(1000, measures.real.rowCount)))
    case "\(prefix)/mean", "peer.kid/clean_fid":
      // Of all samples the peers' only errors are those of single precision.
      let rounding = 1e-5 * (1 + measures.largestKernel)
      return CheckedValue(
        value: try measures.kernel.get(), absolute: isWhole ? rounding : 4 * deviation / 10)
    case "\(prefix)/std":
      guard !isWhole else {
        return CheckedValue(value: 0, absolute: 1e-5 * (1 + measures.largestKernel))
      }
      let subsets = randomSubsets(
        real: measures.real.rowCount, generated: measures.generated.rowCount, size: Int(size),
        count: 100, seed: 1)
      return CheckedValue(
        value: try kernelDistance(
          real: measures.real, generated: measures.generated, subsets: subsets
        ).deviation, relative: 0.25)
    default: return nil
    }
  }

  /// Of a set with a NaN no metric has a value, whatever peers answer, and the message says where it is.
  private func refused(_ pair: ReferenceFeatures.Pair, _ leaves: [ReferenceFile.Leaf]) throws {
    #expect(throws: MetricsError.notFinite(set: .generated, row: 17, column: 3)) {
      try MeasuredReference(
        real: RowSource(pair.real), space: "vector", spaceFingerprint: "",
        settings: MeasureSettings(metrics: Set(MeasuredMetric.allCases))
      ).measure(RowSource(pair.generated))
    }
    let measures = ReferenceMeasures(pair)
    for leaf in leaves {
      guard leaf.key.hasPrefix("peer.vendi/real/") else {
        #expect(leaf.key.hasPrefix("peer"), "nothing checks \(leaf.key)")
        continue
      }
      let check = try #require(ReferenceChecks.cases[leaf.key])
      compare(try check(measures), leaf, "one_nan")
    }
  }

  @Test(
    "Every value of training, test and generated sets agrees",
    arguments: ReferenceFile.isPresent ? try ReferenceFile.names(in: "triples") : [])
  func triples(name: String) throws {
    let triple = ReferenceFeatures.triple(name)
    let (train, test, generated) = (triple.train, triple.test, triple.generated)
    let ratio = try memorisationRatio(train: train, test: test, generated: generated)
    let evidence = try memorisationEvidence(train: train, test: test, generated: generated)
    let cells = try threeSampleTest(
      train: train, test: test, generated: generated, centres: train.rows(0..<3), smallestCell: 1)
    func distance(from set: Matrix) throws -> CheckedValue {
      let statistics = try SampleStatistics(of: set)
      return CheckedValue(
        value: try frechetDistance(
          real: statistics, generated: SampleStatistics(of: generated)
        ).value, relative: 1e-9)
    }
    let near = NearestNeighbours(of: generated, in: train).distances.count { $0 <= 1e-3 }
    let checks: [String: CheckedValue] = [
      "z_u_global": CheckedValue(value: evidence.rankScore, absolute: 1e-9),
      "c_t_three_fixed_cells": CheckedValue(value: cells.score, absolute: 1e-9),
      "authpct_100frac": CheckedValue(value: 100 * evidence.authentic.value, relative: 1e-12),
      "peer_formula.authpct_f32_cdist": CheckedValue(
        value: 100 * evidence.authentic.value, relative: 1e-12),
      "exact_copies": CheckedValue(value: Double(evidence.exactCopies.count)),
      "copies_within_1e-3": CheckedValue(value: Double(near)),
      "nn_distance_ratio_mean": CheckedValue(
        value: evidence.neighbourRatio?.value, relative: 1e-9),
      "fd_train": try distance(from: train), "fd_test": try distance(from: test),
      "mean_nn_gen_to_train": CheckedValue(value: ratio.meanGeneratedToTrain, relative: 1e-9),
      "mean_nn_test_to_train": CheckedValue(value: ratio.meanTestToTrain, relative: 1e-9),
    ]
    for leaf in try ReferenceFile.leaves("triples", name) {
      compare(try #require(checks[leaf.key], "nothing checks \(leaf.key)"), leaf, name)
    }
  }

  @Test(
    "Every value of the generations agrees",
    arguments: ReferenceFile.isPresent ? try ReferenceFile.names(in: "generations_vs_g0") : [])
  func generations(name: String) throws {
    let real = ReferenceFeatures.generation("g0")
    let generated = ReferenceFeatures.generation(name)
    let measures = ReferenceMeasures(ReferenceFeatures.Pair(real: real, generated: generated))
    let sigma = try measures.sigma.get()
    let number = name.hasPrefix("g") ? Int(name.dropFirst()) ?? 1 : 1
    let previous = ReferenceFeatures.generation("g\(number - 1)")
    // The same definitions under the names that they have here.
    let names = [
      "clipped_density": "knn_newer/clipped_density",
      "clipped_coverage": "knn_newer/clipped_coverage",
      "sym_precision": "knn_newer/sym_precision", "sym_recall": "knn_newer/sym_recall",
      "p_precision": "knn_newer/p_precision", "p_recall": "knn_newer/p_recall",
      "mmd_rbf_median_u": "mmd_rbf_median_u", "fd": "fd/value", "kid_poly3_u": "kid_poly3_u",
      "energy_v": "energy/v", "sw2": "sliced/sw2", "mind_3d_sw2sq": "sliced/mind_3d_sw2sq",
      "precision": "knn_k5/precision", "recall": "knn_k5/recall", "density": "knn_k5/density",
      "coverage": "knn_k5/coverage", "vendi_q1": "vendi_fake/q1",
      "total_variance": "vendi_fake/total_variance_ddof1", "ndb_k20": "ndb_k20/ndb",
      "ndb_js": "ndb_k20/js_nats",
    ]
    for leaf in try ReferenceFile.leaves("generations_vs_g0", name) {
      switch leaf.key {
      case "fd_previous":
        let step = try frechetDistance(
          real: SampleStatistics(of: previous), generated: SampleStatistics(of: generated))
        compare(CheckedValue(value: step.value, relative: 1e-9), leaf, name)
      case "vendi_rbf_median_real", "vendi_rbf_median_fake":
        let score = try vendiScore(
          .rbf(sigma: sigma), of: leaf.key.hasSuffix("real") ? real : generated,
          withStandardError: false)
        compare(CheckedValue(value: score.value, relative: 1e-8), leaf, name)
      default:
        let key = try #require(names[leaf.key], "nothing checks \(leaf.key)")
        let check = try #require(ReferenceChecks.cases[key])
        compare(try check(measures), leaf, name)
      }
    }
  }

  @Test("Nothing is checked or excluded that the file does not hold")
  func noDeadChecks() throws {
    var keys: Set<String> = []
    for name in try ReferenceFile.names(in: "cases") {
      for leaf in try ReferenceFile.leaves("cases", name, "metrics") { keys.insert(leaf.key) }
    }
    #expect(Set(ReferenceChecks.cases.keys).subtracting(keys).isEmpty)
    #expect(Set(ReferenceChecks.exclusions.keys).subtracting(keys).isEmpty)
  }
}
