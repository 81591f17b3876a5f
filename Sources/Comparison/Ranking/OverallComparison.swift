import Statistics

/// Variants over several data sets.
public struct OverallComparison: Sendable {
  /// A variant and its place on each data set.
  public struct Row: Sendable {
    /// The variant.
    public let label: String

    /// The number of the budget that it shares on every data set with others, from 0 on.
    public let group: Int

    /// The place on each data set, among the variants of its budget that are on all of them.
    public let ranks: [Int]

    /// The mean place.
    public var meanRank: Double { ranks.map(Double.init).mean }
  }

  /// The variants that are on all data sets: by budget, and of the same budget the best first.
  public let rows: [Row]

  /// For each budget how far the data sets agree on the ranking: 1 for the same on all (Kendall's W); `nil`
  /// where there is nothing to rank.
  public let concordances: [Double?]

  /// What ``concordances`` are on average if the data sets rank at random.
  public var chanceConcordance: Double { 1 / Double(rows[0].ranks.count) }

  /// How the variants of each budget differ on the same data and seeds: for each seed the mean over data
  /// sets of the differences in units of their own root mean square on each, so that a seed counts once.
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
    // Of one budget are variants that share it on every data set.
    func budget(_ label: String) -> [Int] { sets.map { found(label, $0)?.group ?? -1 } }
    var budgets: [[Int]] = []
    for label in common where !budgets.contains(budget(label)) { budgets.append(budget(label)) }
    var rows: [Row] = []
    concordances = budgets.enumerated().map { group, shared in
      let labels = common.filter { budget($0) == shared }
      let scores = sets.map { set in
        labels.compactMap { found($0, set)?.summary?.mean }
          .map { metric.isLowerBetter ? $0 : -$0 }
      }
      let ranks = scores.map { row in row.map { score in 1 + row.count { $0 < score } } }
      rows += labels.enumerated().map { index, label in
        Row(label: label, group: group, ranks: ranks.map { $0[index] })
      }.sorted { $0.meanRank < $1.meanRank }
      return concordance(scores)
    }
    self.rows = rows
    var family: [VariantDifference] = []
    for (place, one) in rows.enumerated() {
      for other in rows[(place + 1)...] where one.group == other.group {
        let labels = [one.label, other.label]
        if let baseline = settings.baseline, !labels.contains(baseline) { continue }
        let isTurned = settings.baseline == one.label
        let (a, b) = isTurned ? (other.label, one.label) : (one.label, other.label)
        let pairs = sets.map { set -> [(seed: String, values: (Double, Double))] in
          guard let a = found(a, set)?.variant, let b = found(b, set)?.variant else { return [] }
          return Variant.pairs(a, b, metric.id, set.generation)
        }
        guard let difference = PairedDifference(onSets: pairs, scale: metric.scale) else {
          continue
        }
        family.append(VariantDifference(first: a, second: b, difference: difference))
      }
    }
    differences = VariantDifference.judged(family, metric: metric, alpha: settings.alpha)
  }
}
