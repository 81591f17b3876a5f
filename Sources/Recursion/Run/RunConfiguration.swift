import ExternalGenerators
public import Generators
public import Images
public import Metrics

/// Every choice that decides the bytes of a run.
public struct RunConfiguration: Equatable, Sendable {
  /// The data as it was named: a folder, a `.npy` file, or a law.
  public var data = ""

  /// The strategy: a name, `NAME:key=value,…`, or a recipe written out as a JSON object.
  public var strategy = "replace"

  /// The last generation; generation 0 is the fit to real data.
  public var generations = 10

  /// The name of the generator; `nil` chooses `patches` for pictures and `gmm` for vectors.
  public var generator: String?

  /// The settings of the generator.
  public var generatorOptions = GeneratorOptions()

  /// How models are sampled.
  public var sampling = Sampling()

  /// The samples drawn in each generation; `nil` takes the training part, at most 1000.
  public var samples: Int?

  /// The seed of every random number.
  public var seed: UInt64 = 1

  /// The real share of training sets of fixed size; `nil` leaves it to the strategy.
  public var realShare: Double?

  /// Whether fresh real samples may be used again when a folder runs out.
  public var reuseReal = false

  /// What samples go through between generations; `nil` chooses png8 for pictures, float for
  /// vectors.
  public var carry: Carry?

  /// The pixel coordinates of pictures.
  public var space = PixelCoordinates.Space.logit

  /// The share of the data that is held out.
  public var holdout = 0.2

  /// The share of the data that feature spaces are fitted on.
  public var featureShare = 0.1

  /// Whether parts are stratified by class or whole class folders stay on one side.
  public var split = RealParts.Unit.pictures

  /// Whether the control loop `refit` runs beside the strategy.
  public var control = true

  /// Whether there is a model for each class, whose labels travel with what it draws.
  public var conditional = false

  /// How labels travel, and how they go wrong.
  public var labels = ClassLabels()

  /// What plays the part of the real law.
  public var truth = Truth.data

  /// Whether the run's realisable twin runs beside it, and the error is divided by cause.
  public var errorBudget = false

  /// What is done when the loop is warned of; `nil` for nothing.
  public var brake: Brake?

  /// The ids of the metrics to measure beside those that are always measured; none for the usual ones.
  public var metrics: [String] = []

  /// The names of the feature spaces to measure in; none for the usual ones of the data.
  public var features: [String] = []

  /// How pictures are read.
  public var pictures = PictureFolder.Options()

  /// Creates the default configuration.
  public init() {}
}

extension RunConfiguration {
  /// The name of the generator for data that are pictures or not.
  public func generatorName(forPictures: Bool) -> String {
    generator ?? (forPictures ? "patches" : "gmm")
  }

  /// The carry for data that are pictures or not.
  ///
  /// - Throws: ``RecursionError/invalidSetting(name:value:reason:)`` for an 8-bit carry of vectors.
  public func carry(forPictures: Bool) throws(RecursionError) -> Carry {
    let carry = carry ?? (forPictures ? .png8 : .float)
    guard forPictures || carry == .float else {
      throw .invalidSetting(
        name: "carry", value: carry.description,
        reason: "vectors have no 8-bit levels. Use --carry float.")
    }
    return carry
  }

  /// Refuses values that make no sense, whatever the data.
  ///
  /// - Throws: ``RecursionError/invalidSetting(name:value:reason:)``.
  public func validate() throws(RecursionError) {
    func require(
      _ holds: Bool, _ name: String, _ value: Any, _ reason: String
    ) throws(RecursionError) {
      guard holds else {
        throw .invalidSetting(name: name, value: "\(value)", reason: reason)
      }
    }
    try require(
      0...100_000 ~= generations, "generations", generations, "it must lie between 0 and 100000.")
    if let samples {
      try require(
        2...100_000_000 ~= samples, "samples", samples,
        "it must lie between 2, the least that has a spread, and 100000000.")
    }
    let generators = GeneratorCatalogue.entries.map(\.name)
    if let generator, !generator.utf8.starts(with: ExternalGenerator.prefix.utf8) {
      // Of what looks like a command only the word before the colon can be a slip.
      let head = generator.utf8.prefix { $0 != UInt8(ascii: ":") }
      let typed = head.count < generator.utf8.count ? "\(Substring(head)):CMD" : generator
      try require(
        generators.contains(generator), "generator", generator,
        "there is no such generator."
          + NearestName.question(typed, among: generators + [ExternalGenerator.entry.name])
          + " `genloss list generators` shows them all.")
    }
    if let realShare {
      try require(0...1 ~= realShare, "real-share", realShare, "a share lies between 0 and 1.")
    }
    try require(
      holdout > 0 && holdout < 1, "holdout", holdout, "a share lies between 0 and 1, both excluded."
    )
    try require(
      featureShare >= 0 && featureShare < 1 && holdout + featureShare < 1, "feature-share",
      featureShare, "held-out and feature shares together must leave something to train on.")
    try require(
      sampling.bias >= 0 && sampling.bias <= 100, "bias", sampling.bias,
      "the factor on the covariance lies between 0 and 100.")
    try require(
      sampling.detailBias >= 0 && sampling.detailBias <= 100, "detail-bias", sampling.detailBias,
      "the factor on the covariance lies between 0 and 100.")
    try require(
      0...1 ~= labels.noise, "label-noise", labels.noise, "a share lies between 0 and 1.")
    if !conditional, let option = labels.firstChanged {
      throw .invalidSetting(
        name: option.name, value: option.value,
        reason: "labels travel with samples under --conditional alone. Add it, or leave this out.")
    }
    try require(
      !errorBudget || truth == .data, "truth", truth.rawValue,
      "the error budget compares the data with this twin, and runs it by itself. Leave out "
        + "--truth or --error-budget.")
    if errorBudget, brake == .real { throw .contradiction("--brake real", "--error-budget") }
    _ = try metricChoice()
    _ = try featureSpaces(forPictures: nil)
    _ = try resolvedStrategy()
  }

  /// The metrics to measure.
  ///
  /// - Throws: ``RecursionError/invalidSetting(name:value:reason:)`` for one that there is not.
  public func metricChoice() throws(RecursionError) -> MetricChoice {
    do throws(UnknownMetric) {
      return try MetricChoice(metrics)
    } catch {
      throw .invalidSetting(
        name: "metrics", value: error.id,
        reason: error.isOfMeasure
          ? "it is measured by `genloss measure` alone."
          : "there is no such metric."
            + NearestName.metricQuestion(error.id, among: MetricChoice.names)
            + " `genloss list metrics` explains them.")
    }
  }

  /// The feature spaces to measure in.
  ///
  /// - Parameter forPictures: Whether the data are pictures; `nil` if that is not known yet.
  /// - Throws: ``RecursionError/invalidSetting(name:value:reason:)`` for one that there is not, or that
  ///   does not fit the data.
  public func featureSpaces(forPictures: Bool?) throws(RecursionError) -> [SpaceName] {
    var spaces: [SpaceName] = []
    for name in features {
      guard let space = SpaceName(rawValue: name) else {
        let names = SpaceName.allCases.map(\.rawValue)
        throw .invalidSetting(
          name: "features", value: name,
          reason: "there is no such space; there are \(names.joined(separator: ", "))."
            + NearestName.question(name, among: names))
      }
      guard forPictures.map({ $0 == (space != .vector) }) ?? true else {
        throw .invalidSetting(
          name: "features", value: name,
          reason: space == .vector
            ? "the data are pictures. Use pixels, conv, patches or colour."
            : "the data are rows of numbers, which have the space vector alone.")
      }
      if !spaces.contains(space) { spaces.append(space) }
    }
    guard spaces.isEmpty, let forPictures else { return spaces }
    return forPictures ? [.pixels, .conv] : [.vector]
  }

  /// The strategy with all its settings.
  ///
  /// - Throws: what ``StrategyCatalogue/strategy(named:realShare:bias:)`` throws.
  public func resolvedStrategy() throws(RecursionError) -> Strategy {
    // A bias of 1 is none, and so contradicts nothing.
    try StrategyCatalogue.strategy(
      named: strategy, realShare: realShare, bias: sampling.bias == 1 ? nil : sampling.bias)
  }
}
