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

  /// The numbers of the scored samples among the held-out ones.
  private let scoredRows: [Int]

  /// The numbers that are scored of a set, unless those of ``leastScored`` samples are more.
  private static let scoredNumbers = 3 << 17

  /// The samples that are scored at least, where there are as many.
  private static let leastScored = 96

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
    let count = Self.scoredCount(heldOut: heldOut.count, dimension: heldOut.dimension)
    // Held-out samples come class by class: evenly spread, all classes are scored alike.
    scoredRows = (0..<count).map { $0 * heldOut.count / count }
    scored = (
      heldOut.selecting(scoredRows),
      original.selecting(Array(0..<min(original.count, count)))
    )
  }

  /// How many of the held-out samples are scored.
  static func scoredCount(heldOut: Int, dimension: Int) -> Int {
    min(heldOut, max(leastScored, scoredNumbers / max(1, dimension)))
  }

  private var scores: DensityScores {
    DensityScores(
      coordinates: engine.coordinates, sampling: engine.sampling, seed: engine.seed)
  }

  /// Generation 0's model as the density of real samples; `nil` if it has none.
  ///
  /// - Throws: what scoring throws.
  func realDensity(_ model: any GenerativeModel) throws -> RealDensity? {
    try RealDensity(model: model, heldOut: heldOut, scores: scores)
  }

  /// Measures one generation.
  ///
  /// - Parameters:
  ///   - reference: Generation 0's density of real samples; `nil` if it has none.
  ///   - recalled: For each held-out sample, whether recall counts it; empty where that is not known.
  ///   - space: The feature space of recall.
  func measure(
    _ step: GenerationStep, generation: Int, reference: RealDensity? = nil,
    recalled: [Bool] = [], in space: SpaceName = .vector
  ) throws -> [MetricValue] {
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
    let likelihoods =
      if generation == 0, let reference {
        // Generation 0 is its own reference.
        scoredRows.map { reference.heldOut[$0] }
      } else {
        try scores.logDensities(
          of: scored.heldOut, .heldOut, under: step.model, generation: generation)
      }
    measurements.append(bitsPerDimension(.bitsPerDimension, likelihoods))
    measurements.append(
      bitsPerDimension(
        .bitsPerDimensionTrain,
        try scores.logDensities(
          of: scored.training, .training, under: step.model, generation: generation)))
    if generation == 0 { measurements.append(baseline(step)) }
    measurements.append(try divergence(of: step))
    return try measurements
      + TailMeasurements(engine: engine, heldOut: heldOut, scoredRows: scoredRows).measure(
        step, generation: generation, likelihoods: likelihoods, reference: reference,
        recalled: recalled, in: space)
  }

  /// The same ratios in levels, the share of drawn values outside the gamut, and the share of
  /// carried values at its ends.
  private func pictureMeasurements(_ step: GenerationStep) -> [MetricValue] {
    let drawn = step.drawn.levelVariance
    let pool = step.training.samples.totalVariance(weights: step.training.weights)
    return [
      ratio(.traceDrawnPoolLevels, drawn, pool),
      ratio(.traceCarriedDrawnLevels, step.carried.totalVariance(), drawn),
      measurement(.gamutShare, step.drawn.gamutShare),
      measurement(.clippedShare, step.carried.shareAtEnds()),
    ]
  }

  /// The bits of held-out values under the trivial model of generation 0's training set.
  private func baseline(_ step: GenerationStep) -> MetricValue {
    func rows(_ samples: SampleSet, _ first: Int) -> RowSource {
      engine.coordinates.rows(
        of: samples, offsets: .noise(seed: engine.seed, generation: 0, firstSample: first))
    }
    guard let trivial = TrivialModel(rows: rows(step.training.samples, 0)) else {
      return measurement(
        .bitsPerDimensionBaseline, nil, note: "the real training samples do not vary")
    }
    let unseen = rows(scored.heldOut, DensityScores.ScoredSet.heldOut.rawValue)
    let densities = unseen.blocks.flatMap { block in
      let rows = unseen.rows(block)
      return zip(
        trivial.logDensity(rows, noiseFloor: scores.noiseFloor),
        engine.coordinates.logVolume(of: rows)
      ).map { $0 + $1 }
    }
    return bitsPerDimension(.bitsPerDimensionBaseline, densities)
  }

  private func bitsPerDimension(_ metric: ModelMetric, _ densities: [Double]?) -> MetricValue {
    guard let densities else {
      return measurement(metric, nil, note: "this model has no density")
    }
    let scale = -1 / (Double(heldOut.dimension) * log(2))
    let bits = densities.map { $0 * scale }
    guard bits.allSatisfy(\.isFinite) else {
      return measurement(
        metric, nil, note: "the density of a real sample is 0 to machine precision")
    }
    let estimate = Self.mean(bits)
    return MetricValue(
      metric: metric.rawValue, space: ModelMetric.space, value: estimate.value,
      standardError: estimate.standardError, n: bits.count,
      note: scores.noiseFloor > 0
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
