import Generators
import Images
import Metrics
import Samples
import Storage

/// A configuration met with its data: everything resolved, nothing fitted.
struct PreparedRun: Sendable {
  let configuration: RunConfiguration
  let data: RealData
  let division: RealDivision
  let strategy: Strategy

  /// The generator with its capacity fixed from generation 0's sample count.
  let generator: any Generator

  /// What samples go through between generations.
  let carry: Carry

  private let coordinates: ModelCoordinates

  /// Resolves a configuration.
  ///
  /// - Throws: ``RecursionError``, `GeneratorError` or `RealPartsError` if it cannot be done.
  init(configuration: RunConfiguration, data: RealData) throws {
    try configuration.validate()
    let isPictures = data.shape != nil
    carry = try configuration.carry(forPictures: isPictures)
    strategy = try configuration.resolvedStrategy()
    let family = try GeneratorCatalogue.make(
      configuration.generatorName(forPictures: isPictures),
      options: configuration.generatorOptions)
    guard isPictures || !GeneratorCatalogue.pictureFamilies.contains(family.name) else {
      throw GeneratorError.notPictures(generator: family.name)
    }
    if case .endless(let source) = data.supply {
      try configuration.requireMemory(stored: 0, dimension: source.dimension, shape: source.shape)
    }
    division = try RealDivision(data, configuration: configuration)
    try strategy.requireSamples(
      generations: configuration.generations, budget: division.original.count)
    try division.requireFresh(for: strategy, generations: configuration.generations)
    if configuration.brake == .real {
      // Whenever the warning comes, there must be real samples left.
      try division.requireFresh(
        for: try strategy.braked(from: 2, budget: division.original.count),
        generations: configuration.generations)
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
    try size.requireMemory()
  }

  /// The loop of this run under a strategy: its own, or the control's.
  func engine(strategy: Strategy) -> Engine {
    Engine(
      generator: generator, coordinates: coordinates, carry: carry,
      sampling: strategy.recipe.sampling.sampling(configuration.sampling), strategy: strategy,
      seed: configuration.seed, sampleCount: division.original.count,
      warmStart: configuration.generatorOptions.start == .warm)
  }

  /// Pools without synthetic samples.
  var pools: SamplePools {
    SamplePools(original: division.original, fresh: division.fresh, seed: configuration.seed)
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
      ("real-share", .number(strategy.realShare ?? configuration.realShare ?? 0.5)),
      ("reuse-real", .bool(configuration.reuseReal)), ("carry", .string(carry.description)),
      ("space", .string(configuration.space.rawValue)),
      ("bias", .number(strategy.recipe.sampling.bias ?? configuration.sampling.bias)),
      ("bias-scope", .string(configuration.sampling.biasScope.rawValue)),
      ("detail-bias", .number(configuration.sampling.detailBias)),
      ("holdout", .number(configuration.holdout)),
      ("feature-share", .number(configuration.featureShare)),
      ("split", .string(configuration.split.rawValue)),
      ("control", .bool(configuration.control)),
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
