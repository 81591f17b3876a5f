import LinearAlgebra

/// What is fixed once by the real samples of a space, for the generated set and every split alike.
struct FrozenScales: Sendable {
  /// The bandwidth of Gaussian kernels; `nil` where at least half of the distances between real samples
  /// are 0.
  let bandwidth: Double?

  /// The directions of sliced distances.
  let directions: Matrix

  /// The bins of the real samples; `nil` where these are too few or all the same, or bins are not asked for.
  let bins: ModeBins?

  /// Why there is no Gaussian kernel.
  static let noBandwidth = "At least half of the distances between real samples are 0."

  /// The real samples that a bin has on average, at least.
  static let samplesInBin = 10

  /// The most samples that make bins.
  private static let largestBinnedSet = 10_000

  /// 100 bins where there are enough samples, else 20, else fewer.
  static func binCount(_ samples: Int) -> Int {
    switch samples / samplesInBin {
    case 200...: 100
    case 20...: 20
    case let count: count
    }
  }

  init(
    real: FeatureSet, bandwidth: Double?, settings: MeasureSettings
  ) throws(MetricsError) {
    self.bandwidth = bandwidth
    let wanted = Set(settings.metrics.map(\.group))
    directions = randomDirections(
      count: wanted.contains(.sliced) ? settings.directions : 1,
      dimension: real.features.columnCount, seed: settings.seed)
    let count = Self.binCount(real.paired.rowCount)
    let bins =
      wanted.contains(.bins) && count >= 2
      ? try ModeBins(of: real.paired.thinnedForPairs(to: Self.largestBinnedSet), count: count)
      : nil
    self.bins = bins.flatMap { $0.cells.classCount < 2 ? nil : $0 }
  }
}

/// The training set, and what memorisation needs of it alone.
struct TrainingReference: Sendable {
  let set: FeatureSet

  /// The distance from each training sample to the nearest other one.
  let ownRadii: OnDemand<NeighbourRadii>

  /// The cells of the training samples; `nil` where these are too few.
  let cells: OnDemand<Result<TrainingCells, MetricsError>?>

  init(_ set: FeatureSet) {
    self.set = set
    let samples = set.paired
    ownRadii = OnDemand { NeighbourRadii(of: samples, count: 1) }
    cells = OnDemand {
      let count = min(TrainingCells.most, samples.rowCount / TrainingCells.samplesInCell)
      guard count >= 2 else { return nil }
      return Result { () throws(MetricsError) in try TrainingCells(of: samples, count: count) }
    }
  }
}

/// The cells of a clustering of the training samples, within which copies are looked for.
struct TrainingCells: Sendable {
  /// The training samples that a cell has on average, at least.
  static let samplesInCell = 100

  /// The most cells.
  static let most = 20

  /// The samples that make cells, at most.
  private static let largestSet = 10_000

  let cells: NearestClassMean

  /// The training samples of each cell.
  let members: [[Int]]

  init(of samples: Matrix, count: Int) throws(MetricsError) {
    cells = try ModeBins(of: samples.thinnedForPairs(to: Self.largestSet), count: count).cells
    members = try cells.members(of: samples, as: .train)
  }
}
