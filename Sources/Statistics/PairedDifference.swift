import Foundation

/// How much one of two quantities that were measured in the same settings is above the other.
public struct PairedDifference: Equatable, Sendable {
  /// The differences, first less second; on the logarithmic scale of logarithms.
  public let differences: [Double]

  /// On which scale.
  public let scale: AveragingScale

  /// The test of no difference.
  public let test: SignFlipTest

  /// Compares pairs; `nil` if there are none, or one has no difference.
  public init?(_ pairs: [(Double, Double)], scale: AveragingScale = .plain, seed: UInt64 = 1) {
    let differences = pairs.map { first, second in
      scale == .plain ? first - second : first > 0 && second > 0 ? log(first / second) : .nan
    }
    guard !differences.isEmpty, differences.allSatisfy(\.isFinite) else { return nil }
    self.differences = differences
    self.scale = scale
    test = SignFlipTest(differences, seed: seed)
  }

  /// The mean difference; on the logarithmic scale the mean ratio.
  public var mean: Double { back(differences.mean) }

  /// The 95 % interval of the mean by Student's law; `nil` for a single pair.
  public var interval: ClosedRange<Double>? {
    differences.studentInterval.map { back($0.lowerBound)...back($0.upperBound) }
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
