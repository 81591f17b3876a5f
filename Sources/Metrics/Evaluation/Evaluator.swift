import LinearAlgebra
public import Samples

/// The judge of a run: frozen feature spaces, the real samples in them, and what every metric gives
/// between real samples.
///
/// One evaluator judges all generations. Numbers without suffix compare a generation to the held-out
/// real samples, which no generator saw. Precision, recall, density and coverage take balls to the 5th
/// neighbour, open (`<`), and depend on both sizes: with fewer held-out than generated samples the
/// balls of the held-out ones are wide (precision rises) and those of the generated ones narrow.
/// Compare them to their null bands, which have the same sizes, or between runs of the same sizes;
/// never between sizes.
public struct Evaluator: Sendable {
  /// The null band of every metric; keep them in the run folder and pass them back.
  public let nulls: NullBands

  /// The spaces that generations are measured in, in order.
  public let spaceNames: [SpaceName]

  /// The mean and covariance of the held-out samples in every space.
  public let realStatistics: GenerationStatistics

  let spaces: [EvaluationSpace]

  /// What is measured in each.
  let choice: MetricChoice

  /// Why a space could not be fitted, in a sentence.
  let unavailable: [SpaceName: String]

  private let dimension: Int
  private let shape: PictureShape?

  /// Freezes the feature spaces and computes what does not depend on a generation.
  ///
  /// - Parameters:
  ///   - train: The real samples that generation 0 is fitted to, at least 2.
  ///   - heldOut: Real samples that no generator sees, at least 2.
  ///   - features: The samples that the spaces are fitted to; see ``RealParts``.
  ///   - spaces: The spaces to measure in; by default `pixels` and `conv` for pictures and `vector` for
  ///     vectors.
  ///   - metrics: What to measure beside what is always measured.
  ///   - generatedCount: The number `m` of samples of each generation.
  ///   - seed: Decides the draws of the null bands.
  ///   - nullDraws: The number of draws of each null band; below 2 there are no bands.
  ///   - cachedNulls: Null bands computed earlier; taken if they are for the same inputs.
  ///   - freshSamples: For an endless law: the real samples with these numbers, which are in none of
  ///     the parts and of no use elsewhere. Each draw takes `heldOut.count + m` of them. Without it the
  ///     draws re-split training and held-out samples, and at most `train.count` real samples take the
  ///     part of the generated ones. Where training and held-out samples have no class in common,
  ///     whole classes are re-split.
  /// - Throws: ``MetricsError`` or ``FeatureSpaceError`` for samples that cannot be measured at all. A
  ///   space in which the samples do not vary has no numbers but a reason in every note.
  public init(
    train: SampleSet, heldOut: SampleSet, features: SampleSet, spaces names: [SpaceName]? = nil,
    metrics choice: MetricChoice = .standard, generatedCount: Int, seed: UInt64,
    nullDraws: Int = 20, cachedNulls: NullBands? = nil,
    freshSamples: (@Sendable (Range<Int>) -> SampleSet)? = nil
  ) throws {
    precondition(generatedCount >= 2, "\(generatedCount) generated samples cannot be measured")
    dimension = train.dimension
    shape = train.shape
    spaceNames = names ?? SpaceName.defaults(for: train.shape)
    try train.requireMeasurable(.train, as: train)
    try heldOut.requireMeasurable(.test, as: train)
    try features.requireMeasurable(.real, as: train)
    let classSpace = SpaceName.leading(among: spaceNames)
    var spaces: [EvaluationSpace] = []
    var unavailable: [SpaceName: String] = [:]
    for name in spaceNames {
      do {
        spaces.append(
          try EvaluationSpace(
            name, train: train, heldOut: heldOut, features: features,
            metrics: choice, withClasses: name == classSpace, generatedCount: generatedCount,
            seed: seed))
      } catch let error as FeatureSpaceError {
        guard case .noVariation = error else { throw error }
        unavailable[name] = error.description
      }
    }
    self.spaces = spaces
    self.choice = choice
    self.unavailable = unavailable
    realStatistics = GenerationStatistics(
      moments: Dictionary(uniqueKeysWithValues: spaces.map { ($0.name, $0.heldOut.statistics) }))
    let design = NullDesign(
      heldOutCount: heldOut.count, trainCount: train.count, generatedCount: generatedCount,
      rowCount: freshSamples == nil ? train.count + heldOut.count : heldOut.count + generatedCount,
      isFresh: freshSamples != nil)
    let folders = Self.folders(train: train, heldOut: heldOut)
    let fingerprint = Self.fingerprint(
      spaces, choice, generatedCount: generatedCount, seed: seed, draws: nullDraws,
      fresh: freshSamples, folders: folders)
    if let cachedNulls, cachedNulls.fingerprint == fingerprint {
      nulls = cachedNulls
    } else if nullDraws >= 2 {
      let draws = NullDraws(
        design: design, count: nullDraws, seed: seed, freshSamples: freshSamples,
        folders: folders)
      nulls = NullBands(fingerprint: fingerprint, bands: try draws.bands(in: spaces))
    } else {
      nulls = NullBands(fingerprint: fingerprint, bands: [])
    }
  }

  /// The members of each class among training and held-out samples, in this order, where no class has
  /// samples in both, so that whole folders were held out; `nil` elsewhere.
  private static func folders(train: SampleSet, heldOut: SampleSet) -> [[Int]]? {
    guard let trained = train.labels, let unseen = heldOut.labels,
      Set(trained).isDisjoint(with: unseen)
    else { return nil }
    var members: [Int32: [Int]] = [:]
    for (row, label) in (trained + unseen).enumerated() { members[label, default: []].append(row) }
    return members.sorted { $0.key < $1.key }.map(\.value)
  }

  /// A hash of all that decides the null bands.
  private static func fingerprint(
    _ spaces: [EvaluationSpace], _ choice: MetricChoice, generatedCount: Int, seed: UInt64,
    draws: Int, fresh: ((Range<Int>) -> SampleSet)?, folders: [[Int]]?
  ) -> String {
    var fingerprint = Fingerprint()
    // The version of the procedure: to be raised when the same inputs give other bands.
    fingerprint.combine(6)
    for metric in Metric.allCases where choice.metrics.contains(metric) {
      fingerprint.combine(metric.rawValue)
    }
    for metric in choice.further { fingerprint.combine(metric.rawValue) }
    for row in (folders ?? []).joined() { fingerprint.combine(row) }
    for folder in folders ?? [] { fingerprint.combine(folder.count) }
    fingerprint.combine(generatedCount)
    fingerprint.combine(seed)
    fingerprint.combine(draws)
    for space in spaces {
      fingerprint.combine(space.name.rawValue)
      fingerprint.combine(space.fitted.space.fingerprint)
      fingerprint.combine(space.fitted.bandwidth.map { [$0] } ?? [])
      fingerprint.combine(space.train.count)
      fingerprint.combine(space.train.features)
      fingerprint.combine(space.heldOut.features)
      fingerprint.combine(space.classes?.names.joined(separator: "/") ?? "")
    }
    if let fresh { fingerprint.combine(fresh(0..<2).values.map(Double.init)) }
    return fingerprint.text
  }
}

extension Evaluator {
  /// The real samples in a space: the spectrum of the held-out ones, descending, and the unbiased total
  /// variance of the training set; `nil` in a space that could not be fitted.
  public func realSpread(in name: SpaceName) -> (spectrum: [Double], trainVariance: Double)? {
    spaces.first { $0.name == name }.map { space in
      (space.spectrum, space.train.statistics.covariance.trace)
    }
  }

  /// Returns what a generation leaves to the next one's comparison, to pass as `previous`.
  ///
  /// - Throws: ``MetricsError`` for fewer than two samples, another dimension or a value that is not
  ///   finite.
  public func features(of samples: SampleSet) throws(MetricsError) -> GenerationFeatures {
    GenerationFeatures(try featureSets(of: samples))
  }

  /// The features of samples in every space.
  func featureSets(of samples: SampleSet) throws(MetricsError) -> [SpaceName: FeatureSet] {
    try requireMeasurable(samples)
    var sets: [SpaceName: FeatureSet] = [:]
    for space in spaces {
      sets[space.name] = try FeatureSet(
        space.fitted.space.keptFeatures(of: samples), as: .generated,
        kernels: space.kernels)
    }
    return sets
  }

  /// Returns the index, in the training set, of the training sample nearest to each sample; empty in a
  /// space that could not be fitted.
  ///
  /// - Throws: ``MetricsError`` for no samples, another dimension or a value that is not finite.
  public func nearestReal(
    to samples: SampleSet, in name: SpaceName
  ) throws(MetricsError) -> [Int] {
    try requireMeasurable(samples, atLeast: 1)
    guard let space = spaces.first(where: { $0.name == name }) else { return [] }
    return NearestNeighbours(
      of: space.fitted.space.features(of: samples), in: space.train.features.matrix()
    ).indices
  }

  func requireMeasurable(_ samples: SampleSet, atLeast count: Int = 2) throws(MetricsError) {
    guard samples.dimension == dimension else {
      throw .unequalDimensions(
        set: .generated, dimension: samples.dimension, other: .train, otherDimension: dimension)
    }
    precondition(samples.shape == shape, "pictures of another shape")
    try samples.requireMeasurable(.generated, atLeast: count)
  }
}

extension SampleSet {
  /// Throws what keeps samples from being measured beside others.
  fileprivate func requireMeasurable(
    _ role: SampleRole, as train: SampleSet
  ) throws(MetricsError) {
    guard dimension == train.dimension else {
      throw .unequalDimensions(
        set: role, dimension: dimension, other: .train, otherDimension: train.dimension)
    }
    precondition(shape == train.shape, "pictures of another shape")
    try requireMeasurable(role)
  }

  fileprivate func requireMeasurable(
    _ role: SampleRole, atLeast required: Int = 2
  ) throws(MetricsError) {
    guard dimension > 0 else { throw .noFeatures(set: role) }
    guard count >= required else {
      throw .tooFewSamples(set: role, count: count, required: required)
    }
    guard !isBytes else { return }
    for block in blocks {
      guard let index = values(block).firstIndex(where: { !$0.isFinite }) else { continue }
      throw .notFinite(
        set: role, row: block.lowerBound + index / dimension, column: index % dimension)
    }
  }
}
