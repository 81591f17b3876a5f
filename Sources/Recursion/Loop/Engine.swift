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
  let strategy: Strategy
  let seed: UInt64

  /// The samples in generation 0's training set, `N`, which are drawn in each generation unless the
  /// next is to be mixed from more.
  let sampleCount: Int

  /// Whether a fit starts from the model of the generation before.
  let warmStart: Bool

  /// Whether filters ask for the model of generation 0.
  var needsFirstModel: Bool {
    strategy.recipe.mixing.parts.contains { $0.filters.contains(where: \.needsFirstModel) }
  }

  /// Fits and draws one generation from the pools as they are before it.
  ///
  /// - Parameters:
  ///   - previous: The model of the generation before.
  ///   - first: That of generation 0; `nil` if it is the same.
  func step(
    _ generation: Int, pools: SamplePools, previous: (any GenerativeModel)?,
    first: (any GenerativeModel)? = nil
  ) throws -> GenerationStep {
    let judge = SampleJudge(
      coordinates: coordinates, sampling: sampling, seed: seed, original: pools.original,
      model: previous, firstModel: first ?? previous)
    let training = try pools.trainingSet(for: generation, strategy: strategy, judge: judge)
    let rows = coordinates.rows(
      of: training.samples,
      offsets: .noise(seed: seed, generation: generation, firstSample: 0)
    ).keptIfSmall()
    let fitted = try stepped(
      fit(
        TrainingSet(rows: rows, shape: coordinates.shape, weights: training.weights), generation,
        previous: warmStart ? previous : nil),
      generation)
    let model = previous.map { fitted.matched(to: $0) } ?? fitted
    let drawn = try DrawnSamples(
      strategy.recipe.mixing.drawnCount(generation, budget: sampleCount), of: model,
      latents: Latents(seed: seed, purpose: "draw", generation: generation), sampling: sampling,
      likeliest: strategy.recipe.sampling.likeliest, coordinates: coordinates, carry: carry)
    return GenerationStep(
      training: training, trainingVariance: rows.totalVariance(weights: training.weights),
      model: model, drawn: drawn)
  }

  /// Fits the models of a population.
  private func fit(
    _ training: TrainingSet, _ generation: Int, previous: (any GenerativeModel)?
  ) throws -> any GenerativeModel {
    let population = strategy.recipe.population
    let capacity = population.capacity.value(at: generation) / Double(population.models)
    let generator = capacity == 1 ? generator : generator.scaled(capacity: capacity)
    guard population.models > 1 else { return try generator.fit(training, previous: previous) }
    let decks = population.decks(training.rows.rowCount, generation: generation)
    return JointModel(
      inTurns: try decks.enumerated().map { index, deck in
        try generator.fit(
          training.selecting(deck),
          previous: (previous as? JointModel)?.model(ofClass: index))
      })
  }

  /// The model after the step of the recipe.
  private func stepped(
    _ model: any GenerativeModel, _ generation: Int
  ) throws -> any GenerativeModel {
    guard case .extrapolation(let weight, let quantity) = strategy.recipe.step, weight > 0 else {
      return model
    }
    guard let extrapolating = model as? any ExtrapolatingModel else {
      throw RecursionError.invalidStrategy(
        text: strategy.label, place: [],
        reason: "the generator \(generator.name) has no covariances to extrapolate. Use "
          + "--generator gaussian or gmm.")
    }
    let own = try DrawnSamples(
      sampleCount, of: model,
      latents: Latents(seed: seed, purpose: "self", generation: generation), sampling: sampling,
      coordinates: coordinates, carry: carry)
    // Numbers that no training set reaches.
    let offsets = Dequantisation.noise(
      seed: seed, generation: generation, firstSample: Self.firstOwnSample)
    let rows = coordinates.rows(of: own.carried, offsets: offsets).keptIfSmall()
    let synthetic = try fit(
      TrainingSet(rows: rows, shape: coordinates.shape), generation, previous: model
    ).matched(to: model)
    return try extrapolating.extrapolated(awayFrom: synthetic, weight: weight, of: quantity)
  }

  /// The number from which the dequantisation noise of a model's own samples is counted.
  private static let firstOwnSample = 1 << 29

  /// Draws the samples that pictures show: the same latents in every generation, never trained on.
  func display(_ count: Int, model: any GenerativeModel) throws -> SampleSet {
    try DrawnSamples(
      count, of: model, latents: Latents(seed: seed, purpose: "display", generation: 0),
      sampling: sampling, coordinates: coordinates, carry: carry
    ).carried
  }
}
