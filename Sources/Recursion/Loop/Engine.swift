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

  /// The drawn samples after the carry, with their labels if they have any: what the next generation
  /// sees.
  let carried: SampleSet

  /// What the drawn samples descend from; `nil` where that is not followed.
  let ancestry: Ancestry?

  /// The class or the place in a population of the model that drew each sample; `nil` for one model.
  var homes: [Int]? { (model as? JointModel)?.homes(of: drawn.components) }
}

/// The self-consuming loop without files: fit, draw, carry.
///
/// The same code runs on pictures, on `.npy` vectors and under the tests against theory.
struct Engine: Sendable {
  private(set) var generator: any Generator
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

  /// How labels travel, where there is a model for each class; `nil` where labels are not modelled.
  var labels: ClassLabels?

  /// Whether it is followed what samples descend from.
  var followsAncestry = false

  /// Whether filters ask for the model of generation 0.
  var needsFirstModel: Bool {
    strategy.recipe.mixing.parts.contains { $0.filters.contains(where: \.needsFirstModel) }
  }

  /// The same loop with the files that an external generator exchanges in a run folder.
  func working(in folder: FilePath) -> Engine {
    var engine = self
    if let external = generator as? ExternalGenerator {
      engine.generator = external.working(in: folder)
    }
    return engine
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
    var fitted = try fit(
      rows, training, from: pools, generation, previous: warmStart ? previous : nil)
    fitted.model = try stepped(fitted.model, generation)
    if let previous { fitted.model = fitted.model.matched(to: previous) }
    let model = fitted.model
    let drawn = try DrawnSamples(
      strategy.recipe.mixing.drawnCount(generation, budget: sampleCount), of: model,
      latents: Latents(seed: seed, purpose: "draw", generation: generation), sampling: sampling,
      likeliest: strategy.recipe.sampling.likeliest, coordinates: coordinates, carry: carry)
    let ancestry =
      followsAncestry
      ? Ancestry(
        origins: training.origins, members: members(fitted, of: rows),
        count: model.componentWeights.count, components: drawn.components,
        generation: generation, originalCount: pools.original.count,
        earlier: pools.ancestry) : nil
    return GenerationStep(
      training: training, trainingVariance: rows.totalVariance(weights: training.weights),
      model: model, drawn: drawn,
      carried: labelled(drawn, by: model, generation, classNames: pools.original.classNames),
      ancestry: ancestry)
  }

  /// The drawn samples with the labels that the next generation sees.
  private func labelled(
    _ drawn: DrawnSamples, by model: any GenerativeModel, _ generation: Int, classNames: [String]
  ) -> SampleSet {
    guard let labels, let joint = model as? JointModel else { return drawn.carried }
    let labelled = drawn.carried.labelled(
      joint.homes(of: drawn.components).map(Int32.init), classNames: classNames)
    return labels.annotated(labelled, seed: seed, generation: generation)
  }

  /// The model after the step of the recipe.
  private func stepped(
    _ model: any GenerativeModel, _ generation: Int
  ) throws -> any GenerativeModel {
    guard case .extrapolation(let weight, let quantity) = strategy.recipe.step, weight > 0 else {
      return model
    }
    guard let extrapolating = model as? any ExtrapolatingModel else {
      throw RecursionError.noExtrapolation(strategy, by: generator)
    }
    let own = try DrawnSamples(
      sampleCount, of: model,
      latents: Latents(seed: seed, purpose: "self", generation: generation), sampling: sampling,
      coordinates: coordinates, carry: carry)
    // Numbers that no training set reaches.
    let offsets = Dequantisation.noise(
      seed: seed, generation: generation, firstSample: Self.firstOwnSample)
    let rows = coordinates.rows(of: own.carried, offsets: offsets).keptIfSmall()
    let capacity = strategy.recipe.population.capacity.value(at: generation)
    let synthetic = try scaled(capacity)
      .fit(TrainingSet(rows: rows, shape: coordinates.shape), previous: model)
      .matched(to: model)
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
