/// What is measured, and the constants of the definitions.
public struct MeasureSettings: Sendable {
  /// The metrics, in any order.
  public var metrics: Set<MeasuredMetric>

  /// The numbers of neighbours.
  public var neighbours = [Comparison.neighbours]

  /// The directions of sliced distances.
  public var directions = 1000

  /// Decides directions, subsets and the splits of the real set.
  public var seed: UInt64 = 1

  /// How often the real set is split in halves for the null bands; below 2 there are none.
  public var splits = 20

  /// The most samples of a half.
  public var largestHalf = 2500

  /// The most samples of a set that are compared pair by pair.
  public var largestPairedSet = 50_000

  /// The most generated samples of which the RBF Vendi score is taken, whose cost is cubic in them; its null
  /// band is of ``usualVendiSet`` at most.
  public var largestVendiSet = 2000

  /// The most that a run and a null band take.
  package static let usualVendiSet = Comparison.largestVendiSet

  /// The samples of each of the kernel distance's subsets, and their number.
  public var subset = (size: 1000, count: 100)

  /// Creates settings.
  public init(metrics: Set<MeasuredMetric>) {
    self.metrics = metrics
  }

  /// All that decides a null band, in words: two bands can be exchanged if these are the same.
  ///
  /// The choice of metrics is not among them.
  public var words: String {
    "neighbours=\(neighbours.map(String.init).joined(separator: ",")) directions=\(directions) "
      + "seed=\(seed) splits=\(splits) half=\(largestHalf) pairs=\(largestPairedSet) "
      + "vendi=\(largestVendiSet) subsets=\(subset.count)x\(subset.size)"
  }

  /// What is asked of single samples' places in the other set's support.
  var supportQuestions: SupportQuestions {
    SupportQuestions(
      neighbours: metrics.contains(.realism) ? neighbours : [],
      isProbabilistic: !metrics.isDisjoint(with: [.probabilisticPrecision, .probabilisticRecall]))
  }

  /// What is summed over pairs of samples for the metrics: distances also where single ones are asked for.
  ///
  /// - Parameter centre: The centre of the cubic kernel.
  func kernels(about centre: [Double], bandwidth: Double?) -> [PairKernel] {
    PairKernel.needed(
      byKernelDistance: !metrics.isDisjoint(with: [.kernelDistance, .kernelDistanceBiased]),
      about: centre,
      byEnergyDistance: !metrics.isDisjoint(
        with: [.energyDistance, .energyDistanceUnbiased, .energyDistanceNormalised])
        || !supportQuestions.isEmpty,
      byDiscrepancy: metrics.contains { $0.isOfGaussianKernel }, bandwidth: bandwidth,
      byDirections: metrics.contains(.unitRowDiscrepancy))
  }

  /// The metrics and numbers of neighbours, in the order of the output.
  func keys(withTrainingSet: Bool, isSpectrum: Bool) -> [MeasuredKey] {
    MeasuredMetric.allCases.filter { metric in
      metrics.contains(metric) && (withTrainingSet || !metric.needsTrainingSet)
        && (metric == .spectrumDistance) == isSpectrum
    }.flatMap { metric in
      metric.hasNeighbours
        ? neighbours.map { MeasuredKey(metric, k: $0) } : [MeasuredKey(metric)]
    }
  }
}
