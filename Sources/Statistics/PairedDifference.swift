import Foundation

/// How much one of two quantities that were measured in the same settings is above the other.
public struct PairedDifference: Equatable, Sendable {
  /// The differences, first less second; on the logarithmic scale of logarithms, infinite where one of the two
  /// is 0.
  public let differences: [Double]

  /// What the test looks at: the differences, or their signed ranks if one is infinite.
  ///
  /// A ratio to nothing has a side and is the largest, but has no size: Wilcoxon's signed ranks, with the same
  /// changes of signs.
  ///
  /// - Note: Wilcoxon, Biometrics Bull. 1 (1945) 80–83.
  public let tested: [Double]

  /// On which scale.
  public let scale: AveragingScale

  /// The test of no difference.
  public let test: SignFlipTest

  /// Compares pairs; `nil` if there are none, or one has no difference, such as of logarithms below 0.
  public init?(_ pairs: [(Double, Double)], scale: AveragingScale = .plain, seed: UInt64 = 1) {
    let differences = pairs.map { first, second in
      scale == .plain ? first - second : Self.logarithm(of: first, over: second)
    }
    let isFinite = differences.allSatisfy(\.isFinite)
    guard !differences.isEmpty, isFinite || scale == .logarithmic,
      !differences.contains(where: \.isNaN)
    else { return nil }
    self.differences = differences
    self.scale = scale
    tested = isFinite ? differences : Self.signedRanks(differences)
    test = SignFlipTest(tested, seed: seed)
  }

  /// The logarithm of a ratio, infinite if one of both is 0; nothing over nothing is 1.
  private static func logarithm(of first: Double, over second: Double) -> Double {
    guard first >= 0, second >= 0, first.isFinite, second.isFinite else { return .nan }
    return first == second ? 0 : log(first / second)
  }

  private static func signedRanks(_ differences: [Double]) -> [Double] {
    zip(differences, midranks(differences.map(abs))).map { difference, rank in
      difference == 0 ? 0 : difference < 0 ? -rank : rank
    }
  }

  /// Whether the first is the lower one, by what is tested.
  public var isFirstLower: Bool { tested.mean < 0 }

  /// The mean difference; on the logarithmic scale the mean ratio, which is not a number if pairs with nothing
  /// are on both sides.
  public var mean: Double { back(differences.mean) }

  /// The 95 % interval of the mean by Student's law; `nil` for a single pair, or if a difference is infinite.
  public var interval: ClosedRange<Double>? {
    guard differences.allSatisfy(\.isFinite) else { return nil }
    return differences.studentInterval.map { back($0.lowerBound)...back($0.upperBound) }
  }

  /// Hedges' `g` of paired differences: their mean in units of their standard deviation, without the bias
  /// of few pairs; `nil` for fewer than three pairs, of which two would always give 0, or where all
  /// differences are equal.
  ///
  /// - Note: Hedges, J. Educ. Stat. 6 (1981) 107–128.
  public var effectSize: Double? {
    guard differences.count > 2, differences.deviation > 0 else { return nil }
    let degrees = Double(differences.count - 1)
    return (1 - 3 / (4 * degrees - 1)) * differences.mean / differences.deviation
  }

  /// The pairs in which the first is below the second.
  public var below: Int { differences.count { $0 < 0 } }

  private func back(_ value: Double) -> Double { scale == .plain ? value : exp(value) }
}
