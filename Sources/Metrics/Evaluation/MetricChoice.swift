/// The metrics that a run measures in every space beyond those that its charts, summary and diagnosis are
/// made of, which are always measured.
public struct MetricChoice: Equatable, Sendable {
  /// The ids, in the order in which they were chosen.
  public let ids: [String]

  /// What a comparison computes.
  let metrics: Set<Metric>

  /// What is computed as `genloss measure` does.
  let further: [MeasuredMetric]

  /// The usual choice: those that see a collapse, strongest first, then those that everybody reports and
  /// that flatter.
  ///
  /// MIND sees as much as the energy distance, and takes a fifth of a generation's time for its 1000
  /// directions: it is left to choose.
  public static let standard = MetricChoice(
    chosen: [
      Metric.energyDistance.rawValue, MeasuredMetric.rbfDiscrepancy.rawValue,
      Metric.recall.rawValue, Metric.frechetDistance.rawValue,
      Metric.vendiRBF.rawValue, Metric.totalVariance.rawValue, Metric.effectiveRank.rawValue,
      Metric.kernelDistance.rawValue, Metric.precision.rawValue, Metric.density.rawValue,
      Metric.coverage.rawValue,
    ])

  /// All ids that can be chosen.
  public static let names: [String] =
    Metric.allCases.map(\.rawValue)
    + MeasuredMetric.allCases.filter { Metric(rawValue: $0.rawValue) == nil && $0.fitsRuns }
    .map(\.rawValue)

  /// Takes ids, or the usual choice for none.
  ///
  /// - Throws: ``UnknownMetric`` for the first id that cannot be chosen.
  public init(_ ids: [String]) throws(UnknownMetric) {
    for id in ids {
      guard !Self.names.contains(id) else { continue }
      throw UnknownMetric(
        id: id, isOfMeasure: MeasuredMetric(rawValue: id) != nil)
    }
    self = ids.isEmpty ? .standard : MetricChoice(chosen: ids)
  }

  private init(chosen ids: [String]) {
    var seen: Set<String> = []
    self.ids = ids.filter { seen.insert($0).inserted }
    metrics = Set(Metric.allCases.filter { $0.isAlwaysMeasured || ids.contains($0.rawValue) })
    further = MeasuredMetric.allCases.filter {
      ids.contains($0.rawValue) && Metric(rawValue: $0.rawValue) == nil
    }
  }
}

extension MetricChoice {
  /// What is summed over pairs of samples for them, with the cubic kernel about a centre.
  func kernels(about centre: [Double], bandwidth: Double?) -> [PairKernel] {
    PairKernel.needed(
      byKernelDistance: metrics.contains(.kernelDistance), about: centre,
      byEnergyDistance: metrics.contains(.energyDistance)
        || further.contains(.energyDistanceUnbiased),
      byDiscrepancy: further.contains { $0.isOfGaussianKernel }, bandwidth: bandwidth)
  }
}

/// An id that a run cannot measure.
public struct UnknownMetric: Error, Equatable, Sendable {
  /// The id.
  public let id: String

  /// Whether `genloss measure` knows it.
  public let isOfMeasure: Bool
}

extension Metric {
  /// Whether a run measures it whatever was chosen: its summary, charts, diagnosis or predictions are
  /// made of it, or it comes with one of those.
  fileprivate var isAlwaysMeasured: Bool {
    switch self {
    case .kernelDistance, .energyDistance, .density, .coverage, .effectiveRank: false
    default: true
    }
  }
}

extension MeasuredMetric {
  /// Whether it can be measured of every generation: it needs no third set, and is about features.
  fileprivate var fitsRuns: Bool { !needsTrainingSet && self != .spectrumDistance }
}
