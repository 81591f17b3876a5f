import LinearAlgebra

/// How many real samples stand in for each set of a comparison, and how the spread between such draws
/// is brought to the sizes of the comparison itself.
///
/// Two cases. Where the source is endless, each draw is `h + m` fresh samples. Otherwise each draw is
/// a random order of the training and held-out samples, cut in two. Then the two sets of a draw are
/// independent, as for a permutation test, but each set alone is most of a pool that never changes,
/// and varies less than a fresh set would; ``Scaling/onePopulation(_:)`` puts that right.
///
/// Where whole folders were held out, what is drawn are folders: unseen people are farther from the
/// training set than unseen pictures of the same people, and a band of mixed folders would blame the
/// model for that. (A cut may fall within one folder.)
struct NullDesign: Sendable {
  /// The sizes of the comparisons: held-out `h`, training `l`, generated `m`.
  let heldOutCount: Int
  let trainCount: Int
  let generatedCount: Int

  /// The real samples in a draw.
  let rowCount: Int

  /// Whether no sample is in two draws.
  let isFresh: Bool

  /// Takes sizes of at least 2 and a draw that holds the held-out set and at least 2 more.
  init(heldOutCount: Int, trainCount: Int, generatedCount: Int, rowCount: Int, isFresh: Bool) {
    precondition(
      min(heldOutCount, trainCount, generatedCount) >= 2 && rowCount >= heldOutCount + 2,
      "a draw of \(rowCount) samples for \(heldOutCount) and others")
    self.heldOutCount = heldOutCount
    self.trainCount = trainCount
    self.generatedCount = generatedCount
    self.rowCount = rowCount
    self.isFresh = isFresh
  }

  /// The real samples that take the part of the generated ones against `h` others: `m` where there are
  /// so many.
  var standInCount: Int { min(generatedCount, rowCount - heldOutCount) }

  /// The sizes for the comparison with the training set: `l` and `m` where there are so many, else
  /// the largest sizes in the same ratio.
  private var trainSizes: (real: Int, generated: Int) {
    guard trainCount + generatedCount > rowCount else { return (trainCount, generatedCount) }
    let real = rowCount * trainCount / (trainCount + generatedCount)
    let clamped = min(max(2, real), rowCount - 2)
    return (clamped, rowCount - clamped)
  }

  /// The sizes for the memorisation ratio: training, unseen and generated samples.
  private var memorisationSizes: (train: Int, test: Int, generated: Int) {
    let train = rowCount * trainCount / (trainCount + heldOutCount)
    let test = (rowCount - train) / 2
    return (train, test, rowCount - train - test)
  }

  /// Cuts the rows of a draw, in random order, into the sets of a comparison.
  ///
  /// - Parameter mixed: The same rows in an order that does not keep folders together, for the
  ///   comparisons with the training set and with the previous generation: of these, a model and what
  ///   it is compared with are of the same folders.
  func comparison(
    of rows: DrawnRows, mixed: DrawnRows, in space: EvaluationSpace
  ) throws(MetricsError) -> Comparison {
    let bandwidth = space.fitted.bandwidth
    let cut = heldOutCount + standInCount
    let train = trainSizes
    let three = memorisationSizes
    let unseen = three.train..<three.train + three.test
    let learnt = rows.rows(0..<three.train).thinnedForPairs()
    let trainPair = SetPair(
      real: try FeatureSet(mixed.rows(0..<train.real), as: .train),
      generated: try FeatureSet(
        mixed.rows(train.real..<train.real + train.generated), as: .generated))
    return Comparison(
      bandwidth: bandwidth, withStandardErrors: false,
      heldOut: SetPair(
        real: try FeatureSet(rows.rows(0..<heldOutCount), as: .real, kernels: space.kernels),
        generated: try FeatureSet(
          rows.rows(heldOutCount..<cut), as: .generated, kernels: space.kernels)),
      train: trainPair,
      unseenToTrain: NearestNeighbours(of: rows.rows(unseen).thinnedForPairs(), in: learnt)
        .distances,
      generatedToTrain: NearestNeighbours(
        of: rows.rows(unseen.upperBound..<rowCount).thinnedForPairs(), in: learnt
      ).distances,
      previous: trainPair.real.moments, metrics: space.metrics, further: space.further)
  }

  /// The rows of a draw that take the part of the generated ones, for numbers about them alone.
  func standIns(of rows: DrawnRows) -> RowSource {
    rows.rows(heldOutCount..<heldOutCount + standInCount)
  }
}

extension NullDesign {
  /// Factors on the mean and the standard deviation over draws.
  struct Scaling: Equatable, Sendable {
    var mean = 1.0
    var deviation = 1.0

    static let none = Scaling()
  }

  /// Returns the factors for a metric.
  ///
  /// Between real sets of sizes `a` and `b` a Fréchet distance is `C (1/a + 1/b)`; a share of samples
  /// among neighbours depends on the ratio of the sizes alone and its spread goes as one over their
  /// root; so does the spread of a ratio of mean distances.
  func scaling(of metric: Metric) -> Scaling {
    let train = trainSizes
    let drawn = Self.variance(train.real, train.generated)
    let wanted = Self.variance(trainCount, generatedCount)
    switch metric {
    case .frechetDistance, .frechetDistanceMean, .kernelDistance, .energyDistance, .precision,
      .recall, .density, .coverage, .frechetDistanceCross:
      return .none
    case .frechetDistanceTraceReal:
      return onePopulation(heldOutCount)
    case .frechetDistanceTraceGenerated, .totalVariance, .effectiveRank, .participationRatio,
      .meanLogEigenvalue:
      return onePopulation(standInCount)
    case .vendiRBF:
      return onePopulation(min(standInCount, Comparison.largestVendiSet))
    case .distinctNearest:
      let growth = Double(Self.paired(trainCount)) / Double(Self.paired(train.real))
      return Scaling(mean: growth, deviation: growth.squareRoot())
    case .frechetDistanceTrain:
      return Scaling(mean: wanted / drawn, deviation: wanted / drawn)
    case .precisionTrain, .recallTrain:
      return Self.share(
        wanted: (trainCount, generatedCount), drawn: (train.real, train.generated))
    case .frechetDistancePrevious:
      let pair = 2 / Double(generatedCount)
      return Scaling(mean: pair / drawn, deviation: pair / drawn)
    case .memorisationRatio:
      let three = memorisationSizes
      return Self.share(
        wanted: (heldOutCount, generatedCount), drawn: (three.test, three.generated))
    }
  }

  /// The factors of a number whose spread goes as the root of `1/a + 1/b`, of paired samples.
  private static func share(wanted: (Int, Int), drawn: (Int, Int)) -> Scaling {
    let ratio =
      variance(paired(wanted.0), paired(wanted.1)) / variance(paired(drawn.0), paired(drawn.1))
    return Scaling(mean: 1, deviation: ratio.squareRoot())
  }

  private static func variance(_ a: Int, _ b: Int) -> Double { 1 / Double(a) + 1 / Double(b) }

  /// The samples of a set of this size that are compared pair by pair.
  private static func paired(_ count: Int) -> Int { min(count, FeatureSet.largestPairedSet) }

  /// The steps in which a count or a share moves; 0 for other metrics.
  func step(of metric: Metric) -> Double {
    switch metric {
    case .precision: 1 / Double(Self.paired(standInCount))
    case .recall, .coverage: 1 / Double(Self.paired(heldOutCount))
    case .precisionTrain: 1 / Double(Self.paired(generatedCount))
    case .recallTrain: 1 / Double(Self.paired(trainCount))
    case .distinctNearest: 1
    default: 0
    }
  }

  /// The factors for a metric that is computed as `genloss measure` does.
  func scaling(of metric: MeasuredMetric) -> Scaling {
    guard metric.isOfOneSet else { return .none }
    let isVendi = metric.group == .vendiRBF
    return onePopulation(isVendi ? min(standInCount, Comparison.largestVendiSet) : standInCount)
  }

  /// The steps in which it moves.
  func step(of metric: MeasuredMetric) -> Double {
    metric.step(real: Self.paired(heldOutCount), generated: Self.paired(standInCount))
  }

  /// The factors for a number about one set of `count` samples alone.
  ///
  /// A subset of a pool of `p` varies by `1 - count / p` of a fresh set's variance, and the difference
  /// between a fresh set and the pool by `1 + count / p` of it.
  func onePopulation(_ count: Int) -> Scaling {
    guard !isFresh, count < rowCount else { return .none }
    let share = Double(count) / Double(rowCount)
    return Scaling(mean: 1, deviation: ((1 + share) / (1 - share)).squareRoot())
  }
}
