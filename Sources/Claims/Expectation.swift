import Comparison
public import Statistics

/// What must be seen if a claim holds: one quantity above or below another, on the same seeds.
public struct Expectation: Equatable, Sendable {
  /// Where the first quantity lies.
  public enum Relation: String, CaseIterable, Sendable {
    case above
    case below
  }

  /// What it says, in words.
  public let says: String

  /// The quantity that the claim is about.
  public let first: Quantity

  /// Where it lies.
  public let relation: Relation

  /// What it is held against.
  public let second: Quantity

  /// What the second is multiplied by, so that a claim can say by how much.
  ///
  /// Where it is not 1, the test takes it that differences which are 0 in the mean lie symmetrically about it;
  /// on the logarithmic scale those of logarithms, of which the factor's is taken.
  public let factor: Double

  /// On which scale both are compared: that of logarithms where chance multiplies both.
  var scale: AveragingScale {
    first.scale == .logarithmic && second.scale == .logarithmic ? .logarithmic : .plain
  }

  /// Creates an expectation.
  public init(
    _ says: String, _ first: Quantity, _ relation: Relation, _ second: Quantity,
    times factor: Double = 1
  ) {
    self.says = says
    self.first = first
    self.relation = relation
    self.second = second
    self.factor = factor
  }
}

/// What the runs say about an expectation.
public struct ExpectationResult: Sendable {
  /// What can be said.
  public enum Verdict: String, Sendable {
    /// It is so, beyond doubt.
    case holds
    /// The opposite is so, beyond doubt.
    case opposite
    /// There were seeds enough to see a clear difference, and none was seen.
    case notTold = "cannot be told"
    /// However clear the difference, so many tests on so few seeds could not have shown it.
    case tooFewSeeds = "too few seeds to say"
    /// It is so, or the opposite, on the seeds that have both numbers; but so many have not that they could say
    /// otherwise.
    case incomplete = "seeds without the number could turn it"
    /// No seed has both numbers.
    case notMeasured = "not measured"
    /// Several runs of one seed are meant on one side, which would count its chance several times.
    case ambiguous = "several runs of one seed are meant"
  }

  /// The expectation.
  public let expectation: Expectation

  /// The first quantity over its runs.
  public let first: SampleSummary?

  /// The second quantity over its runs, not multiplied.
  public let second: SampleSummary?

  /// The first less the second times the factor on their scale, on the same seeds: of several data sets in
  /// units of the root mean square on each, a number for each seed; `nil` without pairs.
  public let difference: PairedDifference?

  /// The runs, a pair for each seed and data set, in which both numbers were measured.
  public let pairCount: Int

  /// Those in which one was not: a run has no such number, or the other side no such seed.
  public let missingCount: Int

  /// The p-value if every seed with a missing pair said the opposite of the others, as loudly as the loudest.
  private let cautiousPValue: Double

  /// The p-value, corrected for all expectations of the claim.
  public internal(set) var correctedPValue = 1.0

  /// What can be said.
  public internal(set) var verdict = Verdict.notMeasured

  /// Holds an expectation against runs.
  init(_ expectation: Expectation, _ runs: [ComparedRun]) {
    self.expectation = expectation
    let sides = [expectation.first, expectation.second].map { runs.filter($0.includes) }
    let isAmbiguous = sides.contains { side in
      Set(side.map { [$0.data, $0.seed] }).count < side.count
    }
    let pairs = isAmbiguous ? [] : Self.pairs(expectation, sides[0], sides[1])
    first = Self.summary(pairs.map { ($0.seed, $0.values.0) }, scale: expectation.scale)
    second = Self.summary(pairs.map { ($0.seed, $0.values.1) }, scale: expectation.scale)
    difference = Self.difference(pairs, expectation)
    pairCount = pairs.count
    let measured = Set(pairs.map(\.place))
    let missing = Set(sides.joined().map { [$0.data, $0.seed] }).subtracting(measured)
    missingCount = isAmbiguous ? 0 : missing.count
    cautiousPValue =
      missing.isEmpty
      ? difference?.test.pValue ?? 1
      : Self.cautiousPValue(pairs, seedsMissing: Set(missing.map { $0[1] }), expectation)
    if isAmbiguous { verdict = .ambiguous }
  }

  /// The two quantities of a seed on some data.
  private struct Pair {
    let data: String
    let seed: String
    let values: (Double, Double)

    var place: [String] { [data, seed] }
  }

  /// The two quantities on the same data and seed.
  private static func pairs(
    _ expectation: Expectation, _ runs: [ComparedRun], _ against: [ComparedRun]
  ) -> [Pair] {
    runs.compactMap { run in
      guard
        let other = against.first(where: { $0.seed == run.seed && $0.data == run.data }),
        let value = expectation.first.value(of: run),
        let reference = expectation.second.value(of: other)
      else { return nil }
      return Pair(data: run.data, seed: run.seed, values: (value, reference))
    }
  }

  /// Summarises a quantity over seeds, each of which has the mean over its data sets.
  private static func summary(
    _ values: [(seed: String, value: Double)], scale: AveragingScale
  ) -> SampleSummary? {
    let bySeed = Dictionary(grouping: values, by: \.seed).sorted { $0.key < $1.key }
    return SampleSummary(
      bySeed.compactMap { SampleSummary($0.value.map(\.value), scale: scale)?.mean }, scale: scale)
  }

  /// The first less the second times a factor, a number for each seed.
  private static func difference(
    _ pairs: [Pair], _ expectation: Expectation
  ) -> PairedDifference? {
    let sets = Dictionary(grouping: pairs, by: \.data).sorted { $0.key < $1.key }.map { set in
      set.value.map { (seed: $0.seed, values: ($0.values.0, expectation.factor * $0.values.1)) }
    }
    return sets.count == 1
      ? PairedDifference(sets[0].map(\.values), scale: expectation.scale)
      : PairedDifference(onSets: sets, scale: expectation.scale)
  }

  /// The p-value if seeds that are not whole said the opposite of the others.
  private static func cautiousPValue(
    _ pairs: [Pair], seedsMissing: Set<String>, _ expectation: Expectation
  ) -> Double {
    let whole = pairs.filter { !seedsMissing.contains($0.seed) }
    guard let known = difference(whole, expectation) else { return 1 }
    let loudest = known.tested.map(abs).max() ?? 0
    let opposite = known.isFirstLower ? loudest : -loudest
    let imagined = known.tested + [Double](repeating: opposite, count: seedsMissing.count)
    return (imagined.mean < 0) == known.isFirstLower ? SignFlipTest(imagined).pValue : 1
  }

  /// Judges the expectations of a claim together, by Holm's correction.
  static func judged(_ results: [ExpectationResult], alpha: Double) -> [ExpectationResult] {
    let corrected = holmCorrected(results.map { $0.difference?.test.pValue ?? 1 })
    let cautious = holmCorrected(results.map(\.cautiousPValue))
    return results.indices.map { index in
      var result = results[index]
      let pValue = corrected[index]
      result.correctedPValue = pValue
      guard let difference = result.difference else { return result }
      if pValue <= alpha, cautious[index] > alpha {
        result.verdict = .incomplete
      } else if pValue <= alpha {
        let isAbove = !difference.isFirstLower
        result.verdict = isAbove == (result.expectation.relation == .above) ? .holds : .opposite
      } else {
        result.verdict =
          Double(results.count) * difference.test.smallest > alpha ? .tooFewSeeds : .notTold
      }
      return result
    }
  }
}
