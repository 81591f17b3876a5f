import Foundation
import Generators
import Images
import LinearAlgebra
import Metrics
import Samples

/// The numbers about a model itself, beside those about its samples: where variance was lost
/// between pool, model, drawn and carried samples, and how likely real data is under it.
struct ModelMeasurements: Sendable {
  let engine: Engine
  let heldOut: SampleSet

  /// The held-out samples whose likelihood is measured, and as many training samples.
  ///
  /// Of large pictures they are some: scoring is the dearest measurement, and as every generation scores
  /// the same ones, what they have in common falls out of differences between generations.
  private let scored: (heldOut: SampleSet, training: SampleSet)

  /// The numbers that are scored of a set, unless those of ``leastScored`` samples are more.
  private static let scoredNumbers = 1 << 19

  /// The samples that are scored at least, where there are as many.
  private static let leastScored = 128

  /// The law of the held-out samples; `nil` where it is not known.
  private let truth: (any GenerativeModel)?

  /// Creates the measurements of a loop.
  ///
  /// - Parameter truth: The model that drew the held-out samples; `nil` if none did.
  /// - Parameter original: The real training set of generation 0, in random order.
  init(
    engine: Engine, heldOut: SampleSet, original: SampleSet, truth: (any GenerativeModel)? = nil
  ) {
    self.truth = truth
    self.engine = engine
    self.heldOut = heldOut
    let limit = max(Self.leastScored, Self.scoredNumbers / max(1, heldOut.dimension))
    let count = min(heldOut.count, limit)
    // Held-out samples come class by class: evenly spread, all classes are scored alike.
    scored = (
      heldOut.selecting((0..<count).map { $0 * heldOut.count / count }),
      original.selecting(Array(0..<min(original.count, count)))
    )
  }

  private var noiseFloor: Double { engine.coordinates.observationNoise }

  /// Dequantisation noise for scoring: sample numbers that no training set reaches.
  private enum FirstNumber {
    static let heldOut = 1 << 30
    static let training = 1 << 31
  }

  /// Measures one generation.
  func measure(_ step: GenerationStep, generation: Int) throws -> [MetricValue] {
    let carried = engine.coordinates.totalVariance(of: step.carried)
    let drawn = step.drawn.variance
    var measurements = [
      count(.trainingRowsReal, step.training.realCount),
      count(.trainingRowsSynthetic, step.training.syntheticCount),
      ratio(.traceModelPool, step.model.totalVariance, step.trainingVariance),
      ratio(.traceDrawnModel, drawn, step.model.totalVariance),
      ratio(.traceCarriedDrawn, carried, drawn),
    ]
    if engine.coordinates.shape != nil {
      measurements += pictureMeasurements(step)
    }
    let weights = step.model.componentWeights
    measurements.append(count(.livingComponents, livingComponents(weights: weights)))
    measurements.append(
      try bitsPerDimension(
        .bitsPerDimension, of: scored.heldOut, firstNumber: FirstNumber.heldOut, step, generation))
    measurements.append(
      try bitsPerDimension(
        .bitsPerDimensionTrain, of: scored.training, firstNumber: FirstNumber.training, step,
        generation))
    measurements.append(try divergence(of: step))
    return measurements
  }

  /// The same ratios in levels, the share of drawn values outside the gamut, and the share of
  /// carried values at its ends.
  private func pictureMeasurements(_ step: GenerationStep) -> [MetricValue] {
    let drawn = step.drawn.levelVariance
    return [
      ratio(.traceDrawnPoolLevels, drawn, step.training.samples.totalVariance()),
      ratio(.traceCarriedDrawnLevels, step.carried.totalVariance(), drawn),
      measurement(.gamutShare, step.drawn.gamutShare),
      measurement(.clippedShare, step.carried.shareAtEnds()),
    ]
  }

  private func bitsPerDimension(
    _ metric: ModelMetric, of samples: SampleSet, firstNumber: Int, _ step: GenerationStep,
    _ generation: Int
  ) throws -> MetricValue {
    let rows = engine.coordinates.rows(
      of: samples,
      offsets: .noise(seed: engine.seed, generation: generation, firstSample: firstNumber))
    let scale = -1 / (Double(rows.columnCount) * log(2))
    var bits: [Double] = []
    for block in rows.blocks {
      let block = rows.rows(block)
      guard
        let densities = try step.model.logDensity(
          block, sampling: engine.sampling, noiseFloor: noiseFloor)
      else {
        return measurement(metric, nil, note: "this model has no density")
      }
      let volumes = engine.coordinates.logVolume(of: block)
      bits += zip(densities, volumes).map { ($0 + $1) * scale }
    }
    guard bits.allSatisfy(\.isFinite) else {
      return measurement(
        metric, nil, note: "the density of a real sample is 0 to machine precision")
    }
    let estimate = Self.mean(bits)
    return MetricValue(
      metric: metric.rawValue, space: ModelMetric.space, value: estimate.value,
      standardError: estimate.standardError, n: bits.count,
      note: noiseFloor > 0
        ? "scored with observation noise of 8 levels at mid-grey, fewer towards black and white; an "
          + "upper bound, since some of the model's mass lies outside the gamut" : "")
  }

  /// The Kullback-Leibler divergence of the drawn law from the real one, in nats per sample: the mean of
  /// `log p_real - log p_model` over held-out samples, by the exact densities.
  private func divergence(of step: GenerationStep) throws -> MetricValue {
    guard let truth else {
      return measurement(
        .divergence, nil,
        note: "the density of the real law is not known; --truth model makes it so")
    }
    let rows = engine.coordinates.rows(of: heldOut, offsets: .centre)
    var differences: [Double] = []
    for block in rows.blocks {
      let block = rows.rows(block)
      guard let real = try truth.logDensity(block, sampling: Sampling(), noiseFloor: 0),
        let drawn = try step.model.logDensity(block, sampling: engine.sampling, noiseFloor: 0)
      else { return measurement(.divergence, nil, note: "this model has no density") }
      differences += zip(real, drawn).map { $0 - $1 }
    }
    guard differences.allSatisfy(\.isFinite) else {
      return measurement(
        .divergence, nil, note: "the density of a real sample is 0 to machine precision")
    }
    let estimate = Self.mean(differences)
    return MetricValue(
      metric: ModelMetric.divergence.rawValue, space: ModelMetric.space, value: estimate.value,
      standardError: estimate.standardError, n: differences.count,
      note: "nats per sample, by exact densities without observation noise")
  }

  /// The mean of numbers and its standard error.
  private static func mean(_ values: [Double]) -> (value: Double, standardError: Double?) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, n - 1)
    return (mean, values.count > 1 ? (variance / n).squareRoot() : nil)
  }

  private func measurement(_ metric: ModelMetric, _ value: Double?, note: String = "")
    -> MetricValue
  {
    MetricValue(metric: metric.rawValue, space: ModelMetric.space, value: value, note: note)
  }

  private func count(_ metric: ModelMetric, _ value: Int) -> MetricValue {
    measurement(metric, Double(value))
  }

  private func ratio(_ metric: ModelMetric, _ numerator: Double, _ denominator: Double)
    -> MetricValue
  {
    guard !numerator.isNaN, !denominator.isNaN else {
      return measurement(metric, nil, note: "this model does not tell its variance")
    }
    return denominator > 0
      ? measurement(metric, numerator / denominator)
      : measurement(metric, nil, note: "there is no variance left to compare with")
  }
}
