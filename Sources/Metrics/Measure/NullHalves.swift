import LinearAlgebra
import Randomness
import Synchronization

/// Random splits of the real set in halves: what every metric gives between real samples, and what the
/// generated set gives in the place of one half, at the same sizes.
///
/// As for a permutation test the two halves are independent given the pool. Of a number about one set
/// alone, the half varies less than a fresh set of its size would; ``NullDesign/onePopulation(_:)``
/// puts that right.
final class NullHalves: Sendable {
  /// Fewer real samples can hardly be halved in more than one way.
  private static let smallestHalf = 5

  private let real: RowSource
  private let train: TrainingReference?
  private let frozen: FrozenScales
  private let prepare: SetPreparation
  private let keys: [MeasuredKey]
  private let bands: Mutex<[Int: [String: MeasuredValue.Null]]>

  init(
    real: RowSource, train: TrainingReference?, frozen: FrozenScales, prepare: SetPreparation,
    keys: [MeasuredKey], saved: MeasuredNulls?
  ) {
    self.real = real
    self.train = train
    self.frozen = frozen
    self.prepare = prepare
    self.keys = keys
    bands = Mutex(saved?.bands ?? [:])
  }

  /// The bands so far, by the samples that stand for the generated set.
  var known: [Int: [String: MeasuredValue.Null]] { bands.withLock { $0 } }

  private var settings: MeasureSettings { prepare.settings }

  /// The samples of the half that stands for the real set.
  private var realHalf: Int { min(real.rowCount / 2, settings.largestHalf) }

  /// The samples of the half that stands for a generated set of `count`.
  private func otherHalf(_ count: Int) -> Int {
    min(real.rowCount - real.rowCount / 2, count, settings.largestHalf)
  }

  /// Returns the bands, and the values of a generated set at their sizes.
  func judge(
    _ generated: RowSource
  ) throws(MetricsError) -> (
    nulls: [String: MeasuredValue.Null], values: [MeasuredKey: Double]
  ) {
    let m = otherHalf(generated.rowCount)
    guard settings.splits >= 2, realHalf >= Self.smallestHalf, m >= 2, !keys.isEmpty else {
      return ([:], [:])
    }
    // Bands that were saved for fewer metrics are made again.
    let known = bands.withLock { $0[m] }.flatMap { band in
      keys.allSatisfy { band[$0.id] != nil } ? band : nil
    }
    let splits = Parallelism.map(settings.splits) { split in
      Result { () throws(MetricsError) in
        try outcomes(of: split, generated, m: m, withNull: known == nil)
      }
    }
    var (nulls, values): ([[MeasuredKey: Double]], [[MeasuredKey: Double]]) = ([], [])
    for split in splits {
      let (null, value) = try split.get()
      nulls.append(null)
      values.append(value)
    }
    let band = known ?? summary(nulls, m: m)
    bands.withLock { $0[m] = band }
    var means: [MeasuredKey: Double] = [:]
    for key in keys {
      let found = values.compactMap { $0[key] }
      guard found.count == values.count else { continue }
      means[key] = found.reduce(0, +) / Double(found.count)
    }
    return (band, means)
  }

  /// What one split gives between the halves, and between one half and the generated set.
  private func outcomes(
    of split: Int, _ generated: RowSource, m: Int, withNull: Bool
  ) throws(MetricsError) -> (null: [MeasuredKey: Double], value: [MeasuredKey: Double]) {
    var stream = RandomStream(seed: settings.seed, purpose: "measure/halves", sample: split)
    let order = stream.permutation(real.rowCount)
    let first = try prepare(rows(order[..<realHalf], of: real), as: .real)
    var choice = RandomStream(seed: settings.seed, purpose: "measure/generated", sample: split)
    let chosen = choice.sample(m, outOf: generated.rowCount)
    let other = try prepare(rows(chosen[...], of: generated), as: .generated)
    let value = outcomes(first, other)
    guard withNull else { return ([:], value) }
    let second = try prepare(
      rows(order[real.rowCount / 2..<real.rowCount / 2 + m], of: real), as: .real)
    return (outcomes(first, second), value)
  }

  private func rows(_ indices: ArraySlice<Int>, of source: RowSource) -> RowSource {
    RowSource(source.gatheringRows(indices.sorted()).gatheringRows(Self.ranks(indices)))
  }

  /// The place of each index among the sorted ones: rows are read in the order of the file, which is
  /// fast, and then put into the order of the draw.
  private static func ranks(_ indices: ArraySlice<Int>) -> [Int] {
    let order = Array(indices).enumerated().sorted { $0.element < $1.element }
    var ranks = [Int](repeating: 0, count: indices.count)
    for (rank, item) in order.enumerated() { ranks[item.offset] = rank }
    return ranks
  }

  private func outcomes(_ first: FeatureSet, _ second: FeatureSet) -> [MeasuredKey: Double] {
    SetComparison(
      sets: SetPair(real: first, generated: second, support: settings.supportQuestions),
      train: train, frozen: frozen, settings: settings,
      withStandardErrors: false
    ).outcomes(of: keys).compactMapValues { $0.estimate?.value }
  }

  private func summary(
    _ splits: [[MeasuredKey: Double]], m: Int
  ) -> [String: MeasuredValue.Null] {
    let share = Double(m) / Double(real.rowCount)
    let widening = share < 1 ? ((1 + share) / (1 - share)).squareRoot() : 1
    let hasSpread = !real.hasEqualRows
    var band: [String: MeasuredValue.Null] = [:]
    for key in keys {
      let values = splits.compactMap { $0[key] }
      guard values.count >= 2 else { continue }
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      // All splits may agree on a number that moves in steps; it varies at least by rounding to one.
      // Halves of equal samples cannot but agree: what they differ by is rounding, and no yardstick.
      let deviation =
        hasSpread
        ? max(
          (squares / (count - 1)).squareRoot() * (key.metric.isOfOneSet ? widening : 1),
          key.metric.step(real: realHalf, generated: m) / 12.0.squareRoot()) : 0
      guard mean.isFinite, deviation.isFinite else { continue }
      band[key.id] = MeasuredValue.Null(
        mean: mean, standardDeviation: deviation, n: realHalf, m: m, splits: values.count)
    }
    return band
  }
}

/// The null bands of a reference, to be kept for another day.
public struct MeasuredNulls: Equatable, Sendable {
  /// The ``MeasuredReference/fingerprint`` that they belong to.
  public let fingerprint: String

  /// By the samples that stand for the generated set, and then by the metric's id.
  public let bands: [Int: [String: MeasuredValue.Null]]

  /// Takes bands from a file.
  public init(fingerprint: String, bands: [Int: [String: MeasuredValue.Null]]) {
    self.fingerprint = fingerprint
    self.bands = bands
  }
}
