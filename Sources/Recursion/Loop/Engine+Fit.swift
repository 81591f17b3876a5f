import Generators
import LinearAlgebra
import Randomness
import Samples

/// A fitted model and whose samples its parts were fitted to.
struct FittedModel: Sendable {
  /// The model.
  var model: any GenerativeModel

  /// The training samples of each model of a population, or of each class; `nil` for one model.
  let decks: [[Int]]?
}

extension Engine {
  /// Whether several models are joined: those of a population or of classes.
  var joinsModels: Bool { labels != nil || strategy.recipe.population.models > 1 }

  /// Which of joined models draws a sample.
  var order: JointModel.Order {
    switch labels?.counts {
    case .drawn: .drawn
    case .stratified: .stratified
    case nil: .turns
    }
  }

  /// Fits the model of a generation, or those of a population or of classes.
  func fit(
    _ rows: RowSource, _ training: MixedTrainingSet, from pools: SamplePools, _ generation: Int,
    previous: (any GenerativeModel)?
  ) throws -> FittedModel {
    var set = TrainingSet(rows: rows, shape: coordinates.shape, weights: training.weights)
    set.latents = Latents(seed: seed, purpose: "fit", generation: generation)
    let population = strategy.recipe.population
    let capacity = population.capacity.value(at: generation)
    guard let decks = try decks(of: training, from: pools, generation) else {
      return FittedModel(
        model: try scaled(capacity).fit(set, previous: previous), decks: nil)
    }
    let total = Double(training.samples.count)
    var models: [any GenerativeModel] = []
    var classes: [Int] = []
    var weights: [Double] = []
    for (index, deck) in decks.enumerated() {
      let weight =
        training.weights.map { weights in deck.reduce(0) { $0 + weights[$1] } }
        ?? Double(deck.count)
      // Samples that weigh nothing are as good as absent.
      guard weight > 0 else { continue }
      let generator = scaled(capacity * Double(deck.count) / total)
      let before = (previous as? JointModel)?.model(ofClass: index)
      do {
        models.append(try generator.fit(set.selecting(deck), previous: before))
      } catch GeneratorError.tooFewSamples where labels != nil {
        // A class of so few samples is lost: there is no model to draw it from.
        continue
      }
      classes.append(index)
      // The models of a population draw in turn, whatever they were fitted to.
      weights.append(labels == nil ? 1 : weight)
    }
    guard !models.isEmpty else {
      throw GeneratorError.tooFewSamples(
        generator: generator.name, needed: 2, found: decks.map(\.count).max() ?? 0)
    }
    let sum = weights.reduce(0, +)
    return FittedModel(
      model: JointModel(
        models: models, weights: weights.map { $0 / sum }, classes: classes, order: order),
      decks: decks)
  }

  /// The generator with so many times its components.
  func scaled(_ capacity: Double) -> any Generator {
    capacity == 1 ? generator : generator.scaled(capacity: capacity)
  }

  /// The training samples of each model of a population, or of each class.
  private func decks(
    of training: MixedTrainingSet, from pools: SamplePools, _ generation: Int
  ) throws -> [[Int]]? {
    let population = strategy.recipe.population
    guard labels != nil else {
      guard population.models > 1 else { return nil }
      return population.decks(
        homes: training.origins.map { population.home(of: $0, in: pools) }, generation: generation)
    }
    guard let classes = training.samples.labels else {
      throw RecursionError.unusableData(
        name: "the training set",
        reason: "some of its samples have no label, and --conditional needs one for each.")
    }
    var decks = [[Int]](repeating: [], count: training.samples.classNames.count)
    for (position, label) in classes.enumerated() { decks[Int(label)].append(position) }
    return decks
  }

  /// The component that each training sample belongs to, -1 for none: the one whose mean is nearest, or
  /// its own where every sample is a component.
  func members(_ fitted: FittedModel, of rows: RowSource) -> [Int] {
    guard let joint = fitted.model as? JointModel, let decks = fitted.decks else {
      return components(nearestTo: rows, of: fitted.model)
    }
    var members = [Int](repeating: -1, count: rows.rowCount)
    var offset = 0
    for (model, name) in zip(joint.models, joint.classes) {
      let own = components(nearestTo: rows.selecting(decks[name]), of: model)
      for (position, member) in zip(decks[name], own) { members[position] = offset + member }
      offset += model.componentWeights.count
    }
    return members
  }

  private func components(
    nearestTo rows: RowSource, of model: any GenerativeModel
  ) -> [Int] {
    if generator.keepsSamples { return Array(0..<rows.rowCount) }
    guard model.componentWeights.count > 1 else {
      return Array(repeating: 0, count: rows.rowCount)
    }
    return model.nearestComponents(to: rows)
  }
}
