public import LinearAlgebra
import Randomness
import Synchronization

/// A real set in one space, frozen: generated sets are measured against it one after another.
public struct MeasuredReference: Sendable {
  /// The name of the space.
  public let space: String

  /// A hash of the space, the real samples in it, and the settings: null bands belong to it.
  public let fingerprint: String

  /// The bandwidth of Gaussian kernels: the median distance between real samples; `nil` where at least
  /// half of the distances are 0.
  public var bandwidth: Double? { frozen.bandwidth }

  /// The real samples.
  public var count: Int { real.count }

  /// The number of features.
  public var dimension: Int { real.features.columnCount }

  /// The mean and covariance of the real samples.
  public var statistics: SampleStatistics { real.statistics }

  /// The number of bins that real samples make; `nil` if bins are not asked for.
  public var binCount: Int? { frozen.bins?.cells.classCount }

  private let real: FeatureSet
  private let train: TrainingReference?
  private let frozen: FrozenScales
  private let prepare: SetPreparation
  private let settings: MeasureSettings
  private let keys: [MeasuredKey]
  private let halves: NullHalves

  /// Freezes a real set.
  ///
  /// - Parameters:
  ///   - real: The real samples, one a row, at least 2.
  ///   - train: The samples that the model was trained on, for memorisation; real then are samples that
  ///     it was not trained on.
  ///   - space: The name of the space.
  ///   - spaceFingerprint: The hash of what was fitted for the space.
  ///   - isSpectrum: Whether the rows are spectra of pictures, of which the distance of the means alone
  ///     is measured.
  ///   - savedNulls: The null bands of an earlier reference with the same fingerprint.
  ///   - scales: A reference whose bandwidth, directions and bins are taken; `nil` to fix them by `real`.
  /// - Throws: ``MetricsError`` for fewer than two samples, unequal dimensions, an entry that is not finite,
  ///   and real samples of which all entries are too small for their powers.
  public init(
    real: RowSource, train: RowSource? = nil, space: String, spaceFingerprint: String,
    isSpectrum: Bool = false, settings: MeasureSettings, savedNulls: MeasuredNulls? = nil,
    scales: MeasuredReference? = nil
  ) throws(MetricsError) {
    if let train { try real.requireDimension(.real, of: train, .train) }
    try real.requireSamples(.real)
    try real.requirePowers(.real)
    try train?.requireSamples(.train)
    var settings = settings
    if real.columnCount > MeasureSettings.wideDimension {
      settings.largestHalf = min(settings.largestHalf, MeasureSettings.largestWideHalf)
    }
    keys = settings.keys(withTrainingSet: train != nil, isSpectrum: isSpectrum)
    var hash = Fingerprint()
    hash.combine(space)
    hash.combine(spaceFingerprint)
    hash.combine(settings.words)
    hash.combine(real)
    if let train { hash.combine(train) }
    fingerprint = hash.text
    let bandwidth =
      if let scales { scales.bandwidth } else { try Self.bandwidth(of: real, for: keys) }
    let prepare = SetPreparation(real: real, settings: settings, bandwidth: bandwidth)
    self.prepare = prepare
    self.real = try prepare(real, as: .real)
    self.train = try train.map { (train) throws(MetricsError) in
      TrainingReference(try prepare(train, as: .train))
    }
    frozen =
      if let scales { scales.frozen } else {
        try FrozenScales(real: self.real, bandwidth: bandwidth, settings: settings)
      }
    self.space = space
    self.settings = settings
    halves = NullHalves(
      real: real, train: self.train, frozen: frozen, prepare: prepare, keys: keys,
      saved: savedNulls)
  }

  /// The median distance between real samples; `nil` where it is 0, or no metric asked for needs it.
  private static func bandwidth(
    of real: RowSource, for keys: [MeasuredKey]
  ) throws(MetricsError) -> Double? {
    guard
      keys.contains(where: { $0.metric.isOfGaussianKernel || $0.metric.group == .vendiRBF })
    else { return nil }
    let median = try medianDistance(
      of: real.thinnedForPairs(to: MeasureSettings.largestMedianSet))
    return median > 1e-150 ? median : nil
  }

  /// Measures a generated set.
  ///
  /// - Returns: Every metric asked for, in the order of ``MeasuredMetric``; those without a value say
  ///   why.
  /// - Throws: ``MetricsError`` for fewer than two samples, another dimension or an entry that is not
  ///   finite, with the set, row and column.
  public func measure(_ generated: RowSource) throws(MetricsError) -> [MeasuredValue] {
    let set = try prepared(generated)
    let comparison = SetComparison(
      sets: SetPair(real: real, generated: set, support: settings.supportQuestions), train: train,
      frozen: frozen,
      settings: settings, withStandardErrors: true)
    let outcomes = comparison.outcomes(of: keys)
    let (nulls, values) = try halves.judge(generated)
    return keys.map { key in
      let outcome = outcomes[key] ?? MetricOutcome(unavailable: "It does not apply here.")
      let hasValue = outcome.estimate != nil
      let (n, m) = key.metric.comparedCounts(
        real, set, largestVendiSet: settings.largestVendiSet)
      return MeasuredValue(
        metric: key.metric, k: key.k, id: key.id, estimate: outcome.estimate,
        null: hasValue && key.metric.hasBand ? nulls[key.id] : nil,
        valueAtNullSize: hasValue ? values[key] : nil,
        n: n, m: m,
        note: [outcome.note, nullNote(key, nulls[key.id])].filter { !$0.isEmpty }
          .joined(separator: " "))
    }
  }

  /// The real samples, ready for all metrics.
  var preparedReal: FeatureSet { real }

  /// A generated set, ready for all metrics.
  ///
  /// - Throws: ``MetricsError`` as ``measure(_:)``.
  func prepared(_ generated: RowSource) throws(MetricsError) -> FeatureSet {
    try real.features.requireDimension(.real, of: generated, .generated)
    return try prepare(generated, as: .generated)
  }

  /// The null bands that were computed so far.
  public var nulls: MeasuredNulls {
    MeasuredNulls(fingerprint: fingerprint, bands: halves.known)
  }

  private func nullNote(_ key: MeasuredKey, _ null: MeasuredValue.Null?) -> String {
    guard key.metric.hasBand else {
      return "No z: two halves of one set share its variance out, so that theirs hardly varies."
    }
    if let null {
      return null.standardDeviation > 0
        ? "" : "No z: halves of the real set do not differ at all."
    }
    return settings.splits < 2 || count >= 4 ? "" : "No null band: of fewer than 4 real samples."
  }
}

extension MeasuredMetric {
  /// Whether the metric between halves of one set varies as it does between sets.
  fileprivate var hasBand: Bool { self != .frechetDistanceCross }

  /// The samples of each set that it compares; of the real set `nil` where that plays no part.
  func comparedCounts(
    _ real: FeatureSet, _ generated: FeatureSet,
    largestVendiSet: Int = Comparison.largestVendiSet
  ) -> (n: Int?, m: Int) {
    func count(_ set: FeatureSet) -> Int {
      switch group {
      case .sliced, .frechet, .extrapolated, .spread, .bins, .spectrum: set.count
      case .vendiRBF: min(set.paired.rowCount, largestVendiSet)
      default: set.paired.rowCount
      }
    }
    return (isOfOneSet ? nil : count(real), count(generated))
  }

  /// The steps in which a count or a share moves, between so many real and generated samples; 0 for
  /// other metrics.
  func step(real: Int, generated: Int) -> Double {
    switch self {
    case .precision, .symmetricPrecision, .improvedPrecision, .authenticShare:
      1 / Double(generated)
    case .recall, .coverage, .symmetricRecall, .improvedRecall: 1 / Double(real)
    case .sparseRecall: 1 / (SupportTail.share * Double(real))
    case .sparseMass: 1 / (SupportTail.share * Double(generated))
    case .clippedCoverage: 1 / Double(generated + 1)
    case .distinctNearest, .differentBins, .exactCopies: 1
    default: 0
    }
  }
}

extension MeasureSettings {
  /// From this dimension on, halves are smaller: the Fréchet distance between them is cubic in it.
  static let wideDimension = 256

  /// The most samples of a half in many dimensions.
  static let largestWideHalf = 1000

  /// The most real samples whose distances have their median taken.
  static let largestMedianSet = 10_000
}

/// How a set is made ready for all metrics that are asked for.
struct SetPreparation: Sendable {
  let settings: MeasureSettings

  private let kernels: [PairKernel]

  /// Takes the centre of the cubic kernel from the real samples, against which all others are measured.
  init(real: RowSource, settings: MeasureSettings, bandwidth: Double?) {
    self.settings = settings
    kernels = settings.kernels(about: real.middle, bandwidth: bandwidth)
  }

  func callAsFunction(
    _ features: RowSource, as role: SampleRole
  ) throws(MetricsError) -> FeatureSet {
    try FeatureSet(
      features, as: role,
      neighbours: max(
        3, settings.neighbours.max() ?? 0, settings.supportQuestions.largestNeighbour),
      kernels: kernels, pairLimit: settings.largestPairedSet)
  }
}
