import Foundation
import Generators
import LinearAlgebra
import Metrics
import Samples

/// What a generation has lost and invented, judged by generation 0's density of real samples.
struct TailMeasurements: Sendable {
  let engine: Engine
  let heldOut: SampleSet

  /// The numbers of the held-out samples whose likelihood is measured.
  let scoredRows: [Int]

  /// The most carried samples that are scored.
  static let mostScored = 96

  private var scores: DensityScores {
    DensityScores(
      coordinates: engine.coordinates, sampling: engine.sampling, seed: engine.seed)
  }

  /// Measures one generation.
  ///
  /// - Parameters:
  ///   - likelihoods: The log-densities of the samples of ``scoredRows`` under the generation's own
  ///     model; `nil` if it has none.
  ///   - reference: Generation 0's density; `nil` if its model has none.
  ///   - recalled: For each held-out sample, whether recall counts it; empty where that is not known.
  ///   - space: The feature space of recall.
  /// - Throws: what a model throws when it scores.
  func measure(
    _ step: GenerationStep, generation: Int, likelihoods: [Double]?, reference: RealDensity?,
    recalled: [Bool], in space: SpaceName
  ) throws -> [MetricValue] {
    guard let reference else {
      let metrics: [ModelMetric] = [
        .bitsPerDimensionChange, .tailLogRatio, .tailMassRatio, .hallucinatedShare,
      ]
      return metrics.map { missing($0.rawValue, ModelMetric.space, Self.noDensity) } + [
        missing(Metric.recallOfTail, space.rawValue, Self.noDensity)
      ]
    }
    return try [
      change(likelihoods, from: reference),
      tailLogRatio(step, reference, generation),
    ] + masses(of: step.carried, reference, generation) + [
      recall(recalled, of: reference, in: space)
    ]
  }

  private static let noDensity = "the model of generation 0 has no density of real samples"

  private static let noLikelihood = "this model has no density of some real sample"

  /// The paired difference of bits per dimension.
  private func change(_ likelihoods: [Double]?, from reference: RealDensity) -> MetricValue {
    let id = ModelMetric.bitsPerDimensionChange.rawValue
    guard let likelihoods, likelihoods.allSatisfy(\.isFinite) else {
      return missing(id, ModelMetric.space, Self.noLikelihood)
    }
    let scale = 1 / (Double(heldOut.dimension) * log(2))
    let first = scoredRows.map { reference.heldOut[$0] }
    return mean(id, zip(first, likelihoods).map { ($0 - $1) * scale })
  }

  /// `T_a`: how much likelihood the least likely real samples have lost.
  ///
  /// Both models score a sample with the same dequantisation noise; the choice of the tail by another
  /// noise is then no regression to the mean.
  private func tailLogRatio(
    _ step: GenerationStep, _ reference: RealDensity, _ generation: Int
  ) throws -> MetricValue {
    let id = ModelMetric.tailLogRatio.rawValue
    let tail = heldOut.selecting(reference.tail)
    func densities(_ model: any GenerativeModel) throws -> [Double]? {
      try scores.logDensities(of: tail, .heldOut, under: model, generation: generation)
    }
    guard let own = try densities(step.model), let first = try densities(reference.model) else {
      return missing(id, ModelMetric.space, Self.noLikelihood)
    }
    let ratios = zip(own, first).map { $0 - $1 }
    guard ratios.allSatisfy(\.isFinite) else {
      return missing(id, ModelMetric.space, Self.noLikelihood)
    }
    return mean(id, ratios)
  }

  /// `R_a` and the share below the floor.
  private func masses(
    of carried: SampleSet, _ reference: RealDensity, _ generation: Int
  ) throws -> [MetricValue] {
    let count = min(carried.count, heldOut.count, Self.mostScored)
    guard
      let densities = try scores.logDensities(
        of: carried.selecting(Array(0..<count)), .carried, under: reference.model,
        generation: generation)
    else {
      return [ModelMetric.tailMassRatio, .hallucinatedShare].map {
        missing($0.rawValue, ModelMetric.space, Self.noDensity)
      }
    }
    // What is not a number lies nowhere; it is no real sample either.
    let below = densities.count { !($0 >= reference.floor) }
    let inTail = densities.count { $0 >= reference.floor && $0 < reference.tailLimit }
    let (n, m) = (reference.heldOut.count, count)
    let a = RealDensity.tailShare
    let tail = Share(count: inTail, total: m)
    let band =
      MetricValue.normalQuantile
      * ((1 - a) / a * (1 / Double(n) + 1 / Double(m))).squareRoot()
    // The mass below the k-th smallest of n is beta distributed with k and n + 1 - k.
    let expected = Double(reference.belowFloor + 1) / Double(n + 1)
    let spread = expected * (1 - expected) * (1 / Double(n + 2) + 1 / Double(m))
    let scored = m < carried.count ? "of the first \(m) samples" : ""
    let least =
      reference.belowFloor == 0
      ? "the floor is the least likely of \(n) held-out samples, below which \(expected) of real "
        + "ones are expected" : ""
    return [
      MetricValue(
        metric: ModelMetric.tailMassRatio.rawValue, space: ModelMetric.space,
        value: tail.value / a, standardError: tail.standardError / a, null: 1 - band...1 + band,
        n: n, m: m, note: scored),
      MetricValue(
        metric: ModelMetric.hallucinatedShare.rawValue, space: ModelMetric.space,
        value: Double(below) / Double(m),
        standardError: Share(count: below, total: m).standardError,
        null: 0...expected + MetricValue.normalQuantile * spread.squareRoot(), n: n, m: m,
        note: [scored, least].filter { !$0.isEmpty }.joined(separator: "; ")),
    ]
  }

  private typealias Share = NeighbourScores.Share

  private func recall(
    _ recalled: [Bool], of reference: RealDensity, in space: SpaceName
  ) -> MetricValue {
    guard recalled.count == heldOut.count else {
      return missing(
        Metric.recallOfTail, space.rawValue,
        "recall is not known sample by sample: there are too few samples, or too many")
    }
    let share = Share(
      count: reference.tail.count { recalled[$0] }, total: reference.tail.count)
    return MetricValue(
      metric: Metric.recallOfTail, space: space.rawValue, value: share.value,
      standardError: share.standardError, n: share.total, m: engine.sampleCount)
  }

  private func mean(_ id: String, _ values: [Double]) -> MetricValue {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, n - 1)
    return MetricValue(
      metric: id, space: ModelMetric.space, value: mean,
      standardError: values.count > 1 ? (variance / n).squareRoot() : nil, n: values.count)
  }

  private func missing(_ id: String, _ space: String, _ reason: String) -> MetricValue {
    MetricValue(metric: id, space: space, value: nil, note: reason)
  }
}
