import Statistics
import Storage

extension Comparison {
  /// The paired differences as one tidy table: a row for each pair of strategies, numbers with all digits.
  ///
  /// `unit` says what `mean`, `low` and `high` are: `difference` (first less second), `ratio` (first over
  /// second), and over all data sets `difference_rms` and `log_ratio_rms`, in root mean squares of each.
  public var differencesTable: [UInt8] {
    let isRatio = metric.scale == .logarithmic
    let rows = dataSets.flatMap { set in
      set.differences.map { member in
        let group = set.variants.first { $0.variant.label == member.first }?.group
        return row(
          member, data: set.data, generation: set.generation, group: group,
          unit: isRatio ? "ratio" : "difference")
      }
    }
    // Data sets may have been compared at different generations.
    let generations = Set(dataSets.map(\.generation))
    let overall = (self.overall?.differences ?? []).map { member in
      row(
        member, data: "all data sets",
        generation: generations.count == 1 ? generations.first : nil,
        group: self.overall?.rows.first { $0.label == member.first }?.group,
        unit: isRatio ? "log_ratio_rms" : "difference_rms")
    }
    return CSV.table(
      columns: [
        "data", "generation", "metric", "budget_group", "first", "second", "unit", "pairs", "mean",
        "low", "high", "effect_size", "first_below", "p", "p_holm", "verdict",
      ], rows: rows + overall)
  }

  private func row(
    _ member: VariantDifference, data: String, generation: Int?, group: Int?, unit: String
  ) -> [CSV.Field] {
    let difference = member.difference
    return [
      .text(data), .integer(generation), .text(metric.id), .integer(group), .text(member.first),
      .text(member.second), .text(unit), .integer(difference.differences.count),
      .number(difference.mean), .number(difference.interval?.lowerBound),
      .number(difference.interval?.upperBound), .number(difference.effectSize),
      .integer(difference.below), .number(difference.test.pValue),
      .number(member.correctedPValue), .text(member.verdict.rawValue),
    ]
  }
}
