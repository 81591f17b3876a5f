import Generators
import Images
import LinearAlgebra
import Randomness
import Samples

/// What one generation did: its training set, its model, and what it drew.
struct GenerationStep: Sendable {
  /// What the model was fitted to.
  let training: MixedTrainingSet

  /// The total variance of the training set in model coordinates.
  let trainingVariance: Double

  /// The fitted model, its components in the order of the generation before.
  let model: any GenerativeModel

  /// What the model drew.
  let drawn: DrawnSamples

  /// The drawn samples after the carry: what the next generation sees.
  var carried: SampleSet { drawn.carried }
}

/// The self-consuming loop without files: fit, draw, carry.
///
/// The same code runs on pictures, on `.npy` vectors and under the tests against theory.
struct Engine: Sendable {
  let generator: any Generator
  let coordinates: ModelCoordinates
  let carry: Carry
  let sampling: Sampling
  var strategy: Strategy
  let seed: UInt64

  /// The samples in generation 0's training set, `N`, which are drawn in each generation unless the
  /// next is to be mixed from more.
  let sampleCount: Int

  /// Whether a fit starts from the model of the generation before.
  let warmStart: Bool

  /// Fits and draws one generation from the pools as they are before it.
  func step(
    _ generation: Int, pools: SamplePools, previous: (any GenerativeModel)?
  ) throws -> GenerationStep {
    let training = pools.trainingSet(for: generation, strategy: strategy)
    let rows = coordinates.rows(
      of: training.samples,
      offsets: .noise(seed: seed, generation: generation, firstSample: 0)
    ).keptIfSmall()
    let fitted = try generator.fit(
      TrainingSet(rows: rows, shape: coordinates.shape, weights: training.weights),
      previous: warmStart ? previous : nil)
    let model = previous.map { fitted.matched(to: $0) } ?? fitted
    let drawn = try DrawnSamples(
      strategy.recipe.mixing.drawnCount(generation, budget: sampleCount), of: model,
      latents: Latents(seed: seed, purpose: "draw", generation: generation), sampling: sampling,
      likeliest: strategy.recipe.sampling.likeliest, coordinates: coordinates, carry: carry)
    return GenerationStep(
      training: training, trainingVariance: rows.totalVariance(weights: training.weights),
      model: model, drawn: drawn)
  }

  /// Draws the samples that pictures show: the same latents in every generation, never trained on.
  func display(_ count: Int, model: any GenerativeModel) throws -> SampleSet {
    try DrawnSamples(
      count, of: model, latents: Latents(seed: seed, purpose: "display", generation: 0),
      sampling: sampling, coordinates: coordinates, carry: carry
    ).carried
  }
}
