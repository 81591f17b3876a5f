import Metrics
import Randomness
import Samples

/// The real samples of a run by what they are for: no sample serves two purposes.
struct RealDivision: Sendable {
  /// What generation 0 is trained on, in random order: `N` samples.
  let original: SampleSet

  /// Real samples that strategies may ask for later.
  let fresh: FreshSupply

  /// What every generation is measured against.
  let heldOut: SampleSet

  /// The rows of the held-out samples among all of the data; `nil` where those never end.
  let heldOutRows: [Int]?

  /// What feature spaces, scales and bandwidths are fitted on.
  let features: SampleSet

  /// The real samples, generation 0's first, that fresh ones are drawn from again and again; `nil` where
  /// fresh samples are new.
  var reusedCount: Int? {
    if case .finite(let samples, reusing: true, _) = fresh { samples.count } else { nil }
  }

  /// Fresh real samples for null bands, where they never end.
  let nullSamples: (@Sendable (Range<Int>) -> SampleSet)?

  /// What a reader of the numbers must know; empty if nothing.
  let note: String

  /// The most samples drawn each generation unless `--samples` asks for more.
  static let defaultSampleCount = 1000

  /// The numbers at which the parts of an endless law begin, far enough apart never to meet.
  private enum Start {
    static let heldOut = 1 << 28
    static let features = 2 << 28
    static let fresh = 3 << 28
    static let nulls = 7 << 28
  }

  private init(
    original: SampleSet, fresh: FreshSupply, heldOut: SampleSet, features: SampleSet,
    nullSamples: (@Sendable (Range<Int>) -> SampleSet)?, note: String
  ) {
    heldOutRows = nil
    self.original = original
    self.fresh = fresh
    self.heldOut = heldOut
    self.features = features
    self.nullSamples = nullSamples
    self.note = note
  }

  /// Divides the data; see `RealParts` in the module Metrics for the three disjoint parts.
  ///
  /// - Throws: ``RecursionError/tooFewSamples(found:needed:purpose:)``, or what `RealParts` throws.
  init(_ data: RealData, configuration: RunConfiguration) throws {
    switch data.supply {
    case .endless(let source):
      let count = configuration.samples ?? Self.defaultSampleCount
      original = source.keptSamples(0..<count)
      heldOutRows = nil
      heldOut = source.keptSamples(Start.heldOut..<Start.heldOut + count)
      features = source.keptSamples(Start.features..<Start.features + max(200, count / 4))
      fresh = .endless(source, from: Start.fresh)
      nullSamples = { numbers in
        source.keptSamples(Start.nulls + numbers.lowerBound..<Start.nulls + numbers.upperBound)
      }
      note = ""
    case .finite(let samples):
      let parts = try RealParts.split(
        samples, holdout: configuration.holdout, featureShare: configuration.featureShare,
        by: configuration.split, seed: configuration.seed)
      var stream = RandomStream(seed: configuration.seed, purpose: "training-set")
      let order = stream.permutation(parts.train.count).map { parts.train[$0] }
      let count = configuration.samples ?? min(order.count, Self.defaultSampleCount)
      guard count <= order.count else {
        throw RecursionError.invalidSetting(
          name: "samples", value: "\(count)",
          reason:
            "the training part holds \(order.count) of \(samples.count) samples. "
            + "Lower --samples, --holdout or --feature-share, or add data.")
      }
      guard count >= 2 else {
        throw RecursionError.tooFewSamples(
          found: count, needed: 2,
          purpose: "The training part, beside --holdout and --feature-share,")
      }
      original = samples.selecting(Array(order.prefix(count)))
      heldOut = samples.selecting(parts.heldOut)
      heldOutRows = parts.heldOut
      features = samples.selecting(parts.features)
      let rest = configuration.reuseReal ? order : Array(order.dropFirst(count))
      fresh = .finite(
        samples.selecting(rest), reusing: configuration.reuseReal, seed: configuration.seed)
      nullSamples = nil
      note = parts.note ?? ""
    }
  }

  /// The same division, sizes and all, of samples of a law.
  func replaced(by law: any SampleSource) -> RealDivision {
    @Sendable func part(_ start: Int, _ count: Int) -> SampleSet {
      law.keptSamples(start..<start + count)
    }
    return RealDivision(
      original: part(0, original.count), fresh: .endless(law, from: Start.fresh),
      heldOut: part(Start.heldOut, heldOut.count), features: part(Start.features, features.count),
      nullSamples: { part(Start.nulls + $0.lowerBound, $0.count) }, note: note)
  }

  /// Refuses a strategy that would run out of fresh real samples, before anything is fitted.
  func requireFresh(for strategy: Strategy, generations: Int) throws {
    guard let available = fresh.available else { return }
    func needed(_ count: Int) -> Int {
      (1..<max(1, generations + 1)).reduce(0) { sum, generation in
        sum + strategy.recipe.mixing.freshCount(generation, budget: count)
      }
    }
    let n = original.count
    guard needed(n) > available else { return }
    let total = n + available
    let largest = (0...n).last { $0 + needed($0) <= total } ?? 0
    throw RecursionError.freshDataRunsOut(
      strategy: strategy.label, needed: needed(n), available: available, generations: generations,
      largestSampleCount: largest)
  }
}
