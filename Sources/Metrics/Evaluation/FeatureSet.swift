import LinearAlgebra
import Randomness

/// The features of a set of samples in one space, and what all comparisons with other sets need of it
/// alone: computed once, when it is first needed.
struct FeatureSet: Sendable {
  /// The most samples of a set that are compared pair by pair: the cost is quadratic in them.
  static let largestPairedSet = 10_000

  /// One sample a row, `(n, d)`, `n >= 2`, all finite.
  let features: RowSource

  /// The samples that are compared pair by pair: all, or ``largestPairedSet`` drawn at random.
  let paired: Matrix

  /// The rows of those samples among all; `nil` where they are all.
  private let pairedRows: [Int]?

  /// Mean and covariance of the rows, and what their error bars need.
  let moments: SetMoments

  /// The sums of kernels within the set.
  let pairSums: SampleSums

  private let lazyRadii: OnDemand<NeighbourRadii>

  /// Prepares a set.
  ///
  /// - Parameters:
  ///   - neighbours: The most neighbours that its balls may be asked for.
  ///   - kernels: What is summed over the pairs of samples, within the set and with others.
  ///   - limit: The most samples that are compared pair by pair.
  /// - Throws: ``MetricsError`` for fewer than two samples and for entries that are not finite.
  init(
    _ features: RowSource, as role: SampleRole, neighbours: Int = Comparison.neighbours,
    kernels: [PairKernel] = [], pairLimit limit: Int = Self.largestPairedSet
  ) throws(MetricsError) {
    self.features = features
    pairedRows = features.rowsForPairs(limit: limit)
    let paired = features.thinnedForPairs(to: limit)
    self.paired = paired
    moments = try SetMoments(of: features, as: role)
    pairSums = SampleSums(kernels, paired)
    let count = min(neighbours, paired.rowCount - 1)
    lazyRadii = OnDemand { NeighbourRadii(of: paired, count: count) }
  }

  /// The number of samples.
  var count: Int { features.rowCount }

  /// The row among all samples of one of ``paired``.
  func row(ofPaired row: Int) -> Int { pairedRows?[row] ?? row }

  /// Mean and covariance of the rows.
  var statistics: SampleStatistics { moments.statistics }

  /// The balls of the neighbours that may be asked for, or of as many as there are.
  var radii: NeighbourRadii { lazyRadii.value }
}

extension DesignMatrix {
  /// The rows, or `limit` of them, drawn at random from a fixed stream: in a file they may be sorted.
  func thinnedForPairs(to limit: Int = FeatureSet.largestPairedSet) -> Matrix {
    rowsForPairs(limit: limit).map(gatheringRows) ?? rows(0..<rowCount)
  }

  /// The rows that ``thinnedForPairs(to:)`` takes, ascending; `nil` if it takes them all.
  fileprivate func rowsForPairs(limit: Int) -> [Int]? {
    guard rowCount > limit else { return nil }
    var stream = RandomStream(seed: 0, purpose: "paired-samples")
    return stream.permutation(rowCount).prefix(limit).sorted()
  }
}
