import Foundation
import Statistics

/// Variants over several data sets.
public struct OverallComparison: Sendable {
  /// A variant and its place on each data set.
  public struct Row: Sendable {
    /// The variant.
    public let label: String

    /// The place on each data set, among the variants that are on all of them.
    public let ranks: [Int]

    /// The mean place.
    public var meanRank: Double { ranks.map(Double.init).mean }
  }

  /// The variants that are on all data sets with the same budget, the best first.
  public let rows: [Row]

  /// How far the data sets agree on the ranking: 1 for the same on all (Kendall's W).
  public let concordance: Double?

  /// How the variants differ on the same data and seeds; the differences are in units of their own root
  /// mean square on each data set.
  public let differences: [VariantDifference]

  /// Compares over data sets; `nil` for fewer than two data sets, or variants in common.
  init?(
    _ sets: [DataSetComparison], metric: ComparedMetric, settings: ComparisonSettings
  ) {
    guard sets.count > 1, let first = sets.first else { return nil }
    let common = first.variants.filter { variant in
      variant.summary != nil
        && sets.allSatisfy { set in
          set.variants.contains {
            $0.variant.label == variant.variant.label && $0.summary != nil
          }
        }
    }.map(\.variant.label)
    guard common.count > 1 else { return nil }
    func found(_ label: String, _ set: DataSetComparison) -> RankedVariant? {
      set.variants.first { $0.variant.label == label }
    }
    let scores = sets.map { set in
      common.map { label in
        (found(label, set)?.summary?.mean ?? 0) * (metric.isLowerBetter ? 1 : -1)
      }
    }
    concordance = Statistics.concordance(scores)
    let ranks = scores.map { row in row.map { score in 1 + row.count { $0 < score } } }
    rows = common.enumerated().map { index, label in
      Row(label: label, ranks: ranks.map { $0[index] })
    }.sorted { $0.meanRank < $1.meanRank }
    var family: [VariantDifference] = []
    let labels = rows.map(\.label)
    for (place, one) in labels.enumerated() {
      for other in labels[(place + 1)...] {
        if let baseline = settings.baseline, ![one, other].contains(baseline) { continue }
        let isTurned = settings.baseline == one
        let (a, b) = isTurned ? (other, one) : (one, other)
        let isFair = sets.allSatisfy { found(a, $0)?.group == found(b, $0)?.group }
        guard isFair else { continue }
        let standardised = sets.compactMap { set -> [Double]? in
          guard let a = found(a, set), let b = found(b, set),
            let difference = PairedDifference(
              Variant.pairs(a.variant, b.variant, metric.id, set.generation), scale: metric.scale)
          else { return nil }
          return Self.standardised(difference.differences)
        }
        guard standardised.count == sets.count,
          let difference = PairedDifference(standardised.flatMap { $0 }.map { ($0, 0) })
        else { continue }
        family.append(VariantDifference(first: a, second: b, difference: difference))
      }
    }
    differences = VariantDifference.judged(family, metric: metric, alpha: settings.alpha)
  }

  /// Differences in units of their root mean square, which does not depend on their signs, so that the test
  /// by changing signs stays exact.
  private static func standardised(_ differences: [Double]) -> [Double] {
    let square = differences.reduce(0) { $0 + $1 * $1 } / Double(differences.count)
    return square > 0 ? differences.map { $0 / square.squareRoot() } : differences
  }
}
