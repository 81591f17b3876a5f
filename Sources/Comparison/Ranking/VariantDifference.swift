public import Statistics

/// How two variants of the same budget differ on the same seeds.
public struct VariantDifference: Sendable {
  /// What can be said.
  public enum Verdict: String, Sendable {
    case firstIsBetter = "first is better"
    case secondIsBetter = "second is better"
    /// There were seeds enough to see a clear difference, and none was seen.
    case notTold = "cannot be told apart"
    /// However clear the difference, so many tests on so few seeds could not have shown it.
    case tooFewSeeds = "too few seeds to say"
  }

  /// The label of the one variant.
  public let first: String
  /// The label of the other.
  public let second: String

  /// The difference on the pairs of runs.
  public let difference: PairedDifference

  /// The p-value corrected for all differences of the family.
  public internal(set) var correctedPValue = 1.0

  /// What can be said.
  public internal(set) var verdict = Verdict.tooFewSeeds

  init(first: String, second: String, difference: PairedDifference) {
    self.first = first
    self.second = second
    self.difference = difference
  }

  /// The fewest pairs with which a difference could be seen among so many that are judged together, be it the
  /// clearest of them; `nil` where no number could, as the test has a smallest p-value.
  static func fewestPairs(for family: Int, alpha: Double) -> Int? {
    (1...SignFlipTest.mostExact + 1).first {
      Double(family) * SignFlipTest.smallest(pairs: $0) <= alpha
    }
  }

  /// Judges a family of differences together.
  static func judged(
    _ family: [VariantDifference], metric: ComparedMetric, alpha: Double
  ) -> [VariantDifference] {
    let corrected = holmCorrected(family.map(\.difference.test.pValue))
    let count = Double(family.count)
    return zip(family, corrected).map { member, pValue in
      var member = member
      member.correctedPValue = pValue
      if pValue <= alpha {
        member.verdict =
          member.difference.isFirstLower == metric.isLowerBetter ? .firstIsBetter : .secondIsBetter
      } else {
        member.verdict =
          count * member.difference.test.smallest > alpha ? .tooFewSeeds : .notTold
      }
      return member
    }
  }
}
