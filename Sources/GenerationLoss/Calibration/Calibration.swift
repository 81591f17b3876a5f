import LinearAlgebra
public import Metrics
import Randomness
import Recursion
import Samples
import Statistics

/// Which metric finds which damage in these data, at their number: known damage is planted in half of
/// them, again and again, and measured against the other half.
public struct Calibration: Sendable {
  /// What was found in one space.
  public struct Space: Sendable {
    /// The name of the space.
    public let name: String

    /// The hash of what was fitted; empty where nothing could be.
    public let fingerprint: String

    /// The power of every metric that has a value, in the order of ``MeasuredMetric``.
    public let metrics: [MetricPower]

    /// The ids of metrics that could not be computed in every repetition.
    public let unavailable: [String]

    /// Why there is nothing; `nil` if there is.
    public let reason: String?
  }

  /// How samples are told into modes.
  public enum Modes: Equatable, Sendable {
    /// By their classes, so many.
    case classes(Int)
    /// By k-means in the leading space.
    case bins(Int)
  }

  /// What is decided before.
  public struct Settings: Sendable {
    /// The metrics and their constants.
    public var measure: MeasureSettings

    /// How much is damaged, between 0 and 0.6.
    public var strength = 0.1

    /// The repetitions.
    public var repeats = 30

    /// The probability of a false alarm of a metric with normal values.
    public var level = 0.05

    /// Creates settings.
    public init(_ measure: MeasureSettings) { self.measure = measure }
  }

  /// The name of the data, as it was given.
  public let data: String

  /// The settings.
  public let settings: Settings

  /// The spaces, in order.
  public let spaces: [Space]

  /// The damages that were planted.
  public let damages: [Damage]

  /// The damages that could not be.
  public let missing: [Damage]

  /// The samples of each set of a repetition.
  public let counts: (real: Int, generated: Int)

  /// The samples that took part.
  public let sampleCount: Int

  /// How modes were told apart.
  public let modes: Modes

  /// What the samples went through.
  public let preprocessing: String

  /// The |z| beyond which a set counts as found out.
  public let threshold: Double

  /// The most samples that take part: a repetition costs their square.
  public static let largestSet = 4000

  /// Plants damage and measures it.
  ///
  /// - Parameters:
  ///   - data: The real samples.
  ///   - names: The spaces; `nil` for all that fit.
  ///   - progress: Told what is being done; may throw to stop.
  /// - Throws: `RecursionError` for data of too few samples; `MetricsError`, `FeatureSpaceError`.
  public init(
    of data: MeasuredData, spaces names: [SpaceName]?, settings: Settings,
    progress: (String) throws -> Void
  ) throws {
    self.data = data.name
    self.settings = settings
    let threshold = MetricPower.threshold(
      repeats: settings.repeats,
      quantile: upperQuantile(settings.level / 2, degreesOfFreedom: settings.repeats - 2))
    let sources = try CalibrationSources(of: data, names, settings: settings, progress: progress)
    guard let leading = sources.spaces.first(where: { $0.name == sources.leading }) else {
      throw RecursionError.unusableData(
        name: data.name, reason: sources.unavailable.first?.reason ?? "no space can be fitted.")
    }
    let classes = sources.classes
    let labels = try classes ?? SpaceCalibration.modes(of: leading.features)
    let number = Set(labels).count
    modes = classes == nil ? .bins(number) : .classes(number)
    let design = CalibrationDesign(
      modes: labels, isolation: SpaceCalibration.isolation(of: leading.features),
      strength: settings.strength, seed: settings.measure.seed)
    counts = (design.realCount, design.generatedCount)
    sampleCount = design.count
    preprocessing = sources.preprocessing
    self.threshold = threshold
    var found: [Space] = []
    for space in sources.spaces {
      let values = try SpaceCalibration(
        features: space.features, changed: space.changed, design: design,
        repeats: settings.repeats, settings: settings.measure
      ) { done in try progress("\(space.name), \(done) of \(settings.repeats) repetitions") }
      .values
      let powers = values.map { (id: $0.id, power: MetricPower($0, threshold: threshold)) }
      found.append(
        Space(
          name: space.name, fingerprint: space.fingerprint, metrics: powers.compactMap(\.power),
          unavailable: powers.filter { $0.power == nil }.map(\.id), reason: nil))
    }
    spaces =
      found
      + sources.unavailable.map {
        Space(name: $0.name, fingerprint: "", metrics: [], unavailable: [], reason: $0.reason)
      }
    let planted = Set(found.flatMap { $0.metrics.flatMap(\.power.keys) })
    damages = Damage.allCases.filter(planted.contains)
    let possible = Damage.allCases.filter { data.shape != nil || !$0.needsPictures }
    missing = possible.filter { !planted.contains($0) }
  }
}

/// The samples of a calibration in every space, honest and damaged.
private struct CalibrationSources {
  struct Space {
    let name: String
    let fingerprint: String
    let features: RowSource
    var changed: [Damage: RowSource] = [:]
  }

  private(set) var spaces: [Space] = []
  private(set) var unavailable: [(name: String, reason: String)] = []

  /// The name of the space that modes and tails are sought in.
  let leading: String

  /// The class of each sample; `nil` without classes.
  let classes: [Int]?

  let preprocessing: String

  init(
    of data: MeasuredData, _ names: [SpaceName]?, settings: Calibration.Settings,
    progress: (String) throws -> Void
  ) throws {
    let seed = settings.measure.seed
    switch data.content {
    case .vectors(let rows):
      guard Set(names ?? [.vector]) == [.vector] else {
        throw RecursionError.unusableData(
          name: data.name, reason: "it holds rows of features, which have the space vector alone.")
      }
      try rows.requireSamples(.real)
      let chosen = try Self.chosen(rows.rowCount, of: data, seed: seed)
      let kept = rows.gatheringRows(chosen)
      guard !RowSource(kept).hasEqualRows else {
        throw RecursionError.unusableData(
          name: data.name,
          reason: "all its rows are equal, and what is planted in them cannot show. Give data that "
            + "vary.")
      }
      leading = SpaceName.vector.rawValue
      classes = nil
      preprocessing = "the rows as they are"
      var space = Space(name: leading, fingerprint: "", features: RowSource(kept))
      for damage in [Damage.shrink, .noise] {
        space.changed[damage] = RowSource(
          PlantedDamage(damage: damage, strength: settings.strength, seed: seed).rows(kept))
      }
      spaces = [space]
    case .pictures(let samples):
      guard let shape = samples.shape else { preconditionFailure("pictures without a shape") }
      let parts = FeaturePart(of: samples, seed: seed)
      let rows = parts.measuredRows ?? Array(0..<samples.count)
      let chosen = try Self.chosen(rows.count, of: data, seed: seed).map { rows[$0] }
      let measured = samples.selecting(chosen)
      preprocessing = parts.words
      let labels = measured.labels.map { $0.map(Int.init) }
      classes = labels.flatMap { Set($0).count >= 2 ? $0 : nil }
      var eyes: [MeasuredSpace] = []
      let wanted = names ?? SpaceName.allCases.filter { $0 != .vector }
      for name in wanted {
        do {
          eyes.append(try MeasuredSpace(name, fittedTo: parts.fitted))
        } catch let error as FeatureSpaceError {
          guard case .noVariation = error else { throw error }
          unavailable.append((name.rawValue, error.description))
        }
      }
      leading =
        SpaceName.leading(among: eyes.compactMap { SpaceName(rawValue: $0.name) })?.rawValue ?? ""
      spaces = try eyes.map { eye in
        try progress("features in \(eye.name)")
        return Space(
          name: eye.name, fingerprint: eye.fingerprint, features: eye.features(of: measured))
      }
      for damage in Damage.allCases where !damage.isChoice {
        try progress("planting \(damage.rawValue)")
        let changed = try PlantedDamage(
          damage: damage, strength: settings.strength, seed: seed
        ).pictures(measured, shape: shape)
        for (index, eye) in eyes.enumerated() {
          spaces[index].changed[damage] = eye.features(of: changed)
        }
      }
    }
  }

  /// The samples that take part: all, or some drawn at random.
  private static func chosen(
    _ count: Int, of data: MeasuredData, seed: UInt64
  ) throws(RecursionError) -> [Int] {
    guard count >= CalibrationDesign.leastSamples else {
      throw .unusableData(
        name: data.name,
        reason: "\(count) samples can be measured, and a calibration needs "
          + "\(CalibrationDesign.leastSamples): half of them stand for the real set, the others for the "
          + "generated one. Add samples.")
    }
    guard count > Calibration.largestSet else { return Array(0..<count) }
    var stream = RandomStream(seed: seed, purpose: "calibrate/samples")
    return stream.permutation(count).prefix(Calibration.largestSet).sorted()
  }
}
