import ExternalGenerators
import Generators
import Images
import Metrics
import Samples
import Storage
import Theory

/// A configuration met with its data: everything resolved, nothing fitted.
struct PreparedRun: Sendable {
  private(set) var configuration: RunConfiguration
  let data: RealData
  private(set) var division: RealDivision
  let strategy: Strategy

  /// The generator with its capacity fixed from generation 0's sample count.
  let generator: any Generator

  /// What samples go through between generations.
  private(set) var carry: Carry

  /// The model in the part of the real law; `nil` where that is the data's own.
  private(set) var truth: (any GenerativeModel)?

  /// What every generation is measured by.
  let metrics: MetricChoice

  /// Where it is measured.
  let spaces: [SpaceName]

  private let coordinates: ModelCoordinates

  /// Resolves a configuration.
  ///
  /// - Throws: ``RecursionError``, `GeneratorError` or `RealPartsError` if it cannot be done.
  init(configuration: RunConfiguration, data: RealData) throws {
    try configuration.validate()
    let isPictures = data.shape != nil
    carry = try configuration.carry(forPictures: isPictures)
    strategy = try configuration.resolvedStrategy()
    metrics = try configuration.metricChoice()
    spaces = try configuration.featureSpaces(forPictures: isPictures)
    let name = configuration.generatorName(forPictures: isPictures)
    let options = configuration.generatorOptions
    let external = try ExternalGenerator(named: name, options: options)
    try external?.require(
      strategy.recipe.sampling.sampling(configuration.sampling), pictures: isPictures)
    let family: any Generator =
      try external ?? GeneratorCatalogue.make(name, options: options)
    guard isPictures || !GeneratorCatalogue.pictureFamilies.contains(family.name) else {
      throw GeneratorError.notPictures(generator: family.name)
    }
    if case .endless(let source) = data.supply {
      try configuration.requireMemory(stored: 0, dimension: source.dimension, shape: source.shape)
    }
    division = try RealDivision(data, configuration: configuration)
    try Self.requireClasses(division.original, strategy: strategy, configuration)
    guard !configuration.hasTwin || external == nil else {
      throw RecursionError.contradiction("--generator \(name)", configuration.twinOption)
    }
    guard !configuration.hasTwin || strategy.recipe.population.models == 1 else {
      throw RecursionError.contradiction(strategy.label, configuration.twinOption)
    }
    try strategy.requireSamples(
      generations: configuration.generations, budget: division.original.count)
    if configuration.truth == .data {
      try division.requireFresh(for: strategy, generations: configuration.generations)
    }
    if configuration.brake == .real {
      let braked = try strategy.braked(from: 2, budget: division.original.count)
      // Whenever the warning comes, there must be real samples left.
      if configuration.truth == .data {
        try division.requireFresh(for: braked, generations: configuration.generations)
      }
    }
    generator = family.resolved(
      sampleCount: division.original.count, dimension: data.dimension)
    coordinates =
      if let shape = data.shape, !family.copiesSamples {
        .pixels(PixelCoordinates(space: configuration.space, shape: shape), shape)
      } else {
        .identity(data.shape)
      }
    self.configuration = configuration
    self.data = data
    try requireServed()
    try size.requireMemory()
  }

  /// Refuses what the generator or the data cannot do for the strategy, which else would be found out
  /// when something is fitted and written already.
  private func requireServed() throws {
    try strategy.requireServed(by: generator)
    let original = division.original
    try strategy.requireClasses(among: original.labels == nil ? [] : original.classNames)
    let judgesByClass = strategy.verifiers.contains {
      if case .nearness = $0 { true } else { false }
    }
    // What a model draws has no classes.
    if judgesByClass, configuration.hasTwin {
      throw RecursionError.contradiction(strategy.label, configuration.twinOption)
    }
    if !configuration.conditional {
      try strategy.requireFits(by: generator, of: sizes.map(\.trained))
    }
  }

  /// The model of generation 0: what the realisable twin takes for the real law.
  ///
  /// - Throws: `GeneratorError` if the data cannot be fitted.
  func fittedTruth() throws -> any GenerativeModel {
    try engine(strategy: strategy).step(0, pools: pools, previous: nil).model
  }

  /// The realisable twin: the same run on samples of a model.
  ///
  /// - Parameter carry: What samples go through between generations; `nil` leaves it.
  func twin(_ model: any GenerativeModel, carry: Carry? = nil) -> PreparedRun {
    var twin = self
    twin.configuration.truth = .model
    twin.configuration.errorBudget = false
    twin.configuration.control = configuration.control && configuration.truth == .model
    twin.truth = model
    twin.carry = carry ?? self.carry
    twin.division = division.replaced(
      by: ModelLaw(model, coordinates: coordinates, seed: configuration.seed))
    return twin
  }

  /// Refuses a model for each class where there are no classes, or several models already.
  private static func requireClasses(
    _ original: SampleSet, strategy: Strategy, _ configuration: RunConfiguration
  ) throws(RecursionError) {
    guard configuration.conditional else { return }
    guard original.labels != nil, !original.classNames.isEmpty else {
      throw .invalidSetting(
        name: "conditional", value: "true",
        reason: "the data have no classes. They are the sub-folders of a folder of pictures.")
    }
    guard strategy.recipe.population.models == 1, strategy.recipe.step == .identity else {
      throw .contradiction(strategy.label, "--conditional")
    }
    guard !configuration.hasTwin else {
      throw .contradiction("--conditional", configuration.twinOption)
    }
  }

  /// The loop of this run under a strategy: its own, or the control's.
  func engine(strategy: Strategy) -> Engine {
    Engine(
      generator: generator, coordinates: coordinates, carry: carry,
      sampling: strategy.recipe.sampling.sampling(configuration.sampling), strategy: strategy,
      seed: configuration.seed, sampleCount: division.original.count,
      warmStart: configuration.generatorOptions.start == .warm,
      labels: configuration.conditional ? configuration.labels : nil, followsAncestry: true)
  }

  /// Pools without synthetic samples.
  var pools: SamplePools {
    SamplePools(
      original: configuration.labels.annotated(division.original, seed: configuration.seed),
      fresh: division.fresh, seed: configuration.seed)
  }

  /// Every option resolved, by its name on the command line, for `run.json`.
  func entries(strategy: Strategy) -> [(key: String, value: JSONValue)] {
    func optional(_ value: Int?) -> JSONValue { value.map(JSONValue.integer) ?? .null }
    let pictures = configuration.pictures
    var entries: [(key: String, value: JSONValue)] = [
      ("data", .string(configuration.data)), ("data-fingerprint", .string(data.fingerprint)),
      ("strategy", strategy.json), ("generations", .integer(configuration.generations)),
      ("generator", .string(generator.name)),
    ]
    entries += generator.settings.map { ($0.key, .string($0.value)) }
    entries += [
      ("samples", .integer(division.original.count)),
      ("seed", .string(String(configuration.seed))),
      ("real-share", .number(strategy.realShare ?? StrategyCatalogue.usualRealShare)),
      ("reuse-real", .bool(configuration.reuseReal)), ("carry", .string(carry.description)),
      ("space", .string(configuration.space.rawValue)),
      ("bias", .number(strategy.recipe.sampling.bias ?? configuration.sampling.bias)),
      ("bias-scope", .string(configuration.sampling.biasScope.rawValue)),
      ("detail-bias", .number(configuration.sampling.detailBias)),
      ("holdout", .number(configuration.holdout)),
      ("feature-share", .number(configuration.featureShare)),
      ("split", .string(configuration.split.rawValue)),
      ("control", .bool(configuration.control)),
      ("conditional", .bool(configuration.conditional)),
      ("class-counts", .string(configuration.labels.counts.rawValue)),
      ("label-noise", .number(configuration.labels.noise)),
      ("label-noise-when", .string(configuration.labels.moment.rawValue)),
      ("truth", .string(configuration.truth.rawValue)),
      ("error-budget", .bool(configuration.errorBudget)),
      ("metrics", .string(metrics.ids.joined(separator: ","))),
      ("features", .string(spaces.map(\.rawValue).joined(separator: ","))),
    ]
    // Not written where there is none, so that runs made before there was a brake go on.
    if let brake = configuration.brake { entries.append(("brake", .string(brake.rawValue))) }
    if data.report != nil {
      entries += [
        ("size", optional(pictures.size)), ("channels", .string(pictures.channels.rawValue)),
        ("fit", .string(pictures.fit.rawValue)), ("limit", optional(pictures.limit)),
        ("max-pixels", .integer(pictures.limits.maximumPixels)),
        ("allow-truncated", .bool(pictures.limits.allowTruncated)),
      ]
    }
    return entries
  }
}
