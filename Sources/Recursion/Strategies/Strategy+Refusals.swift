import Generators

/// What a generator or the data cannot do for a strategy, in words.
extension RecursionError {
  /// A verifier asks for a density that there is not.
  static let noDensityToJudgeBy = RecursionError.invalidStrategy(
    text: "curated", place: [],
    reason: "this model has no density to judge samples by. Use another generator, or judge them "
      + "by=brightness or by=class.")

  /// The likeliest samples are asked of a model without a density.
  static func noDensityToChooseBy(likeliest share: Double) -> RecursionError {
    .invalidStrategy(
      text: "likeliest=\(share.plainText)", place: [],
      reason: "this model has no density to choose by. Use another generator, or no deviations.")
  }

  /// A verifier asks for a class that there is not.
  static func noClass(_ name: String, among names: [String]) -> RecursionError {
    .invalidStrategy(
      text: "curated:by=class,class=\(name)", place: [],
      reason: names.isEmpty
        ? "the data have no classes: they are the sub-folders of a folder of pictures."
        : (name == "none" ? "it needs the class to judge by." : "there is no class \(name).")
          + NearestName.question(name, among: names) + " The classes are "
          + names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …." : "."))
  }

  /// A strategy extrapolates models that cannot be.
  static func noExtrapolation(_ strategy: Strategy, by generator: any Generator) -> RecursionError {
    .invalidStrategy(
      text: strategy.label, place: [],
      reason: strategy.recipe.population.models > 1
        ? "a population of models cannot be extrapolated. Leave out the step or the population."
        : "the generator \(generator.name) has no covariances to extrapolate. Use "
          + "--generator gaussian or gmm.")
  }
}

extension Strategy {
  /// Refuses a strategy that a generator cannot serve, whatever the data.
  ///
  /// - Throws: ``RecursionError/invalidStrategy(text:place:reason:)``.
  func requireServed(by generator: any Generator) throws(RecursionError) {
    if case .extrapolation(let weight, _) = recipe.step, weight > 0,
      !generator.extrapolates || recipe.population.models > 1
    {
      throw .noExtrapolation(self, by: generator)
    }
    guard !generator.hasDensity || recipe.sampling.deviations != nil else { return }
    if recipe.sampling.likeliest < 1 {
      throw .noDensityToChooseBy(likeliest: recipe.sampling.likeliest)
    }
    if verifiers.contains(where: { [.likelihood, .realLikelihood].contains($0) }) {
      throw .noDensityToJudgeBy
    }
  }

  /// Refuses training sets that are too small for the generator; those of classes may well be.
  ///
  /// - Parameters:
  ///   - generator: The generator, its components written down.
  ///   - counts: The training samples of generation 0, 1, ….
  /// - Throws: `GeneratorError` as the fit itself would where the strategy has no part in it, else
  ///   ``RecursionError/invalidStrategy(text:place:reason:)``.
  func requireFits(by generator: any Generator, of counts: [Int]) throws {
    let population = recipe.population
    for (generation, count) in counts.enumerated() {
      let own = count / population.models
      let capacity = population.capacity.value(at: generation) / Double(population.models)
      let needed = (capacity == 1 ? generator : generator.scaled(capacity: capacity)).leastSamples
      guard own < needed else { continue }
      guard generation > 0 || population.models > 1 else {
        throw GeneratorError.tooFewSamples(
          generator: generator.name, needed: needed, found: own)
      }
      throw RecursionError.invalidStrategy(
        text: label, place: [],
        reason: "generation \(generation) would fit \(own) samples"
          + (population.models > 1 ? " with each of \(population.models) models" : "")
          + ", and \(generator.name) needs \(needed) for its components. Raise --samples, or lower "
          + "the components or the models.")
    }
  }

  /// The verifiers of all filters.
  var verifiers: [Curation.Verifier] {
    recipe.mixing.parts.flatMap(\.filters).compactMap { filter in
      if case .curate(let curation) = filter { curation.verifier } else { nil }
    }
  }

  /// Refuses verifiers that judge by a class that real samples do not have.
  ///
  /// - Throws: ``RecursionError/invalidStrategy(text:place:reason:)``.
  func requireClasses(among names: [String]) throws(RecursionError) {
    for case .nearness(let name) in verifiers where !names.contains(name) {
      throw .noClass(name, among: names)
    }
  }
}
