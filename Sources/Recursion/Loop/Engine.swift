import Generators
import Images
import LinearAlgebra
import Randomness
import Samples

/// What one generation did: its training set, its model, and what it drew.
struct GenerationStep: Sendable {
  /// What the model was fitted to.
  let training: MixedTrainingSet

  /// The training set in model coordinates, `(n, D)`.
  let trainingRows: Matrix

  /// The fitted model, its components in the order of the generation before.
  let model: any GenerativeModel

  /// What the model drew, in model coordinates, `(N, D)`.
  let draws: Draws

  /// The drawn samples after the carry: what the next generation sees.
  let carried: SampleSet
}

/// The self-consuming loop without files: fit, draw, carry.
///
/// The same code runs on pictures, on `.npy` vectors and under the tests against theory.
struct Engine: Sendable {
  let generator: any Generator
  let coordinates: ModelCoordinates
  let carry: Carry
  let sampling: Sampling
  let strategy: Strategy
  let realShare: Double
  let seed: UInt64

  /// The samples drawn in each generation.
  let sampleCount: Int

  /// Whether a fit starts from the model of the generation before.
  let warmStart: Bool

  /// Fits and draws one generation from the pools as they are before it.
  func step(
    _ generation: Int, pools: SamplePools, previous: (any GenerativeModel)?
  ) throws -> GenerationStep {
    let training = pools.trainingSet(
      for: generation, strategy: strategy, realShare: realShare)
    let rows = coordinates.rows(
      of: training.samples,
      offsets: .noise(seed: seed, generation: generation, firstSample: 0))
    let fitted = try generator.fit(
      TrainingSet(rows: rows, shape: coordinates.shape), previous: warmStart ? previous : nil)
    let model = previous.map { fitted.matched(to: $0) } ?? fitted
    let draws = model.draw(
      0..<sampleCount,
      latents: Latents(seed: seed, purpose: "draw", generation: generation), sampling: sampling)
    return GenerationStep(
      training: training, trainingRows: rows, model: model, draws: draws,
      carried: try carry.carry(draws.rows, coordinates: coordinates))
  }

  /// Draws the samples that pictures show: the same latents in every generation, never trained on.
  func display(_ count: Int, model: any GenerativeModel) throws -> SampleSet {
    let draws = model.draw(
      0..<count, latents: Latents(seed: seed, purpose: "display", generation: 0),
      sampling: sampling)
    return try carry.carry(draws.rows, coordinates: coordinates)
  }
}
