import Foundation
import LinearAlgebra

/// The modes of the real samples in one space, and what becomes of them: which are lost, and how far
/// samples lie between them.
///
/// - Note: The sixth of the definitions of collapse that Schaeffer et al. 2025 collect,
///   <https://arxiv.org/abs/2503.03150>.
struct RealModes: Sendable {
  /// The real samples whose mass was counted.
  let realCount: Int

  /// The bins; `nil` where there are too few samples for two.
  private let bins: ModeBins?

  /// The share of real samples in each bin.
  private let masses: [Double]

  /// The classes of the discriminant: those of the samples, or the bins.
  private let discriminant: LinearDiscriminant?

  /// The doubts about held-out samples, mean and deviation.
  private let heldOut: (mean: Double, deviation: Double, count: Int)

  /// The most bins.
  private static let mostBins = 100

  /// Samples of the feature part that a bin has on average, at least.
  private static let samplesInBin = 5

  /// Generated and real samples that a bin has on average, at least.
  private static let countInBin = 20

  /// A bin is judged if this many of the generated samples are expected there: then a healthy model
  /// leaves it below a tenth of its mass less than once in 2000 times.
  private static let expectedInBin = 10.0

  /// The samples that bins and a discriminant are fitted to, at most: more would not move them.
  private static let mostFitted = 10_000

  /// A bin is lost below this share of its real mass.
  private static let lostBelow = 0.1

  /// Finds the modes.
  ///
  /// - Parameters:
  ///   - features: The feature part, whose samples make the bins.
  ///   - train: The training samples; with the held-out ones they say what mass each bin has.
  ///   - labels: The classes of the training samples, if they have any.
  ///   - heldOut: The held-out samples.
  ///   - generatedCount: The samples of each generation.
  /// - Throws: ``MetricsError`` if an entry is not finite or a covariance cannot be decomposed.
  init(
    features: RowSource, train: RowSource, labels: [Int32]?, heldOut: RowSource,
    generatedCount: Int
  ) throws(MetricsError) {
    let real = train.appendingRows(of: heldOut)
    realCount = real.rowCount
    let count = min(
      Self.mostBins, features.rowCount / Self.samplesInBin,
      min(real.rowCount, generatedCount) / Self.countInBin)
    let found =
      count < 2
      ? nil : try ModeBins(of: features.thinnedForPairs(to: Self.mostFitted), count: count)
    let bins = found.flatMap { $0.cells.classCount < 2 ? nil : $0 }
    self.bins = bins
    masses =
      try bins.map { (bins) throws(MetricsError) in
        try bins.cells.shares(of: real, as: .real)
      } ?? []
    let learnt = Self.fitted(train)
    let classes = labels.map { $0.prefix(learnt.rowCount).map(Int.init) }
    if let classes, Set(classes).count > 1 {
      discriminant = try LinearDiscriminant(features: learnt, labels: classes)
    } else if let bins {
      discriminant = try LinearDiscriminant(
        features: learnt, labels: bins.cells.labels(of: learnt, as: .train))
    } else {
      discriminant = nil
    }
    let doubts = discriminant?.doubts(of: heldOut) ?? []
    let mean = doubts.reduce(0, +) / Double(max(1, doubts.count))
    let squares = doubts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.heldOut = (
      mean, (squares / Double(max(1, doubts.count - 1))).squareRoot(), doubts.count
    )
  }

  /// The first training samples, which are in random order.
  private static func fitted(_ samples: RowSource) -> Matrix {
    samples.rows(0..<min(samples.rowCount, mostFitted))
  }

  /// What a metric gives for generated samples, and its range between real sets.
  func outcome(
    of metric: ModeMetric, in generated: some DesignMatrix
  ) -> (outcome: MetricOutcome, null: ClosedRange<Double>?) {
    switch metric {
    case .modesLost: lost(in: generated)
    case .modesJudged: judged(generated.rowCount)
    case .modeEntanglement: entanglement(of: generated)
    }
  }

  private static let tooFew = MetricOutcome(
    unavailable: "There are too few different samples for two bins of \(countInBin) each.")

  /// The bins of which so many generated samples tell whether they are lost.
  private func judgedBins(_ generatedCount: Int) -> [Int] {
    masses.indices.filter { masses[$0] * Double(generatedCount) >= Self.expectedInBin }
  }

  private func judged(_ generatedCount: Int) -> (MetricOutcome, ClosedRange<Double>?) {
    guard bins != nil else { return (Self.tooFew, nil) }
    let count = judgedBins(generatedCount).count
    return (
      MetricOutcome(
        Estimate(value: Double(count), standardError: nil), note: "Of \(masses.count) bins."), nil
    )
  }

  private func lost(in generated: some DesignMatrix) -> (MetricOutcome, ClosedRange<Double>?) {
    let judged = judgedBins(generated.rowCount)
    guard let bins, !judged.isEmpty, let shares = try? bins.cells.shares(of: generated) else {
      return (Self.tooFew, nil)
    }
    let count = judged.count { shares[$0] < Self.lostBelow * masses[$0] }
    let share = NeighbourScores.Share(count: count, total: judged.count)
    // By chance a bin of ten expected samples or more is next to never nine tenths empty.
    return (
      MetricOutcome(share.estimate), 0...0
    )
  }

  private func entanglement(
    of generated: some DesignMatrix
  ) -> (MetricOutcome, ClosedRange<Double>?) {
    guard let discriminant else {
      return (
        MetricOutcome(
          unavailable: "There are too few samples, or too little variation within classes, for a "
            + "linear discriminant."),
        nil
      )
    }
    let doubts = discriminant.doubts(of: generated)
    let deviation =
      heldOut.deviation
      * (1 / Double(heldOut.count) + 1 / Double(generated.rowCount)).squareRoot()
    let half = MetricValue.normalQuantile * deviation
    return (
      MetricOutcome(
        Estimate(
          value: doubts.reduce(0, +) / Double(doubts.count),
          standardError: standardErrorOfMean(doubts))),
      heldOut.mean - half...heldOut.mean + half
    )
  }
}
