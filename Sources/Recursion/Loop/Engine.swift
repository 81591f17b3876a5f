import ExternalGenerators
import Generators
import Images
import LinearAlgebra
import Randomness
import Samples
import SystemPackage

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
  private(set) var generator: any Generator
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

  /// The same loop with the files that an external generator exchanges in a run folder.
  func working(in folder: FilePath) -> Engine {
    var engine = self
    if let external = generator as? ExternalGenerator {
      engine.generator = external.working(in: folder)
    }
    return engine
  }

  /// Fits and draws one generation from the pools as they are before it.
  func step(
    _ generation: Int, pools: SamplePools, previous: (any GenerativeModel)?
  ) throws -> GenerationStep {
    let training = pools.trainingSet(
      for: generation, strategy: strategy, realShare: realShare)
    let rows = coordinates.rows(
      of: training.samples,
      offsets: .noise(seed: seed, generation: generation, firstSample: 0)
    ).keptIfSmall()
    var trainingSet = TrainingSet(rows: rows, shape: coordinates.shape)
    trainingSet.latents = Latents(seed: seed, purpose: "fit", generation: generation)
    let fitted = try generator.fit(trainingSet, previous: warmStart ? previous : nil)
    let model = previous.map { fitted.matched(to: $0) } ?? fitted
    let drawn = try DrawnSamples(
      0..<sampleCount, of: model,
      latents: Latents(seed: seed, purpose: "draw", generation: generation), sampling: sampling,
      coordinates: coordinates, carry: carry)
    return GenerationStep(
      training: training, trainingVariance: rows.totalVariance(), model: model, drawn: drawn)
  }

  /// Draws the samples that pictures show: the same latents in every generation, never trained on.
  func display(_ count: Int, model: any GenerativeModel) throws -> SampleSet {
    try DrawnSamples(
      0..<count, of: model, latents: Latents(seed: seed, purpose: "display", generation: 0),
      sampling: sampling, coordinates: coordinates, carry: carry
    ).carried
  }
}
