import Statistics
import Storage

extension Comparison {
  /// The tables: for each data set the ranking and the differences, then what holds over all.
  public var tables: [ReportTable] {
    let isRatio = metric.scale == .logarithmic
    let sets = dataSets.flatMap { set in
      [ranking(on: set)]
        + differences(
          set.differences, on: set.data, as: isRatio ? "first over second" : "first less second")
    }
    guard let overall else { return sets }
    // Of ratios the logarithms are averaged over data sets.
    return sets + [stability(overall)]
      + differences(
        overall.differences, on: "all data sets",
        as: (isRatio ? "logarithm of first over second" : "first less second")
          + ", in root mean squares of each data set")
  }

  /// The words for what is made equal.
  var budgetWords: String {
    settings.equal == .real ? "equal real budget" : "equal samples a generation"
  }

  private func ranking(on set: DataSetComparison) -> ReportTable {
    let hasNull = set.variants.contains { $0.null != nil }
    let hasCost = set.variants.contains { $0.processorSeconds != nil }
    let columns =
      [
        "#", "strategy", "n", "seeds", metric.id, "95 % (t)", "95 % (bootstrap)", "median",
      ] + (hasNull ? ["real-real"] : []) + [companion.id]
      + ["half variance", "half recall", "alarm", "real", "rows"] + (hasCost ? ["cpu s"] : [])
      + ["n_e", "theory #"]
    let rows = set.variants.map { variant -> [String] in
      let summary = variant.summary
      func short(_ value: Double?) -> String { value.map(ReportNumber.short) ?? "-" }
      func count(_ value: Double?) -> String { value.map(ReportNumber.count) ?? "-" }
      func whole(_ value: Int?) -> String { value.map(String.init) ?? "-" }
      let head: [String] =
        [
          whole(variant.rank), variant.variant.label, "\(variant.variant.runs[0].sampleCount)",
          "\(variant.variant.runs.count)",
          short(summary?.mean), ReportNumber.range(summary?.interval),
          ReportNumber.range(summary?.bootstrapInterval), short(summary?.median),
        ] + (hasNull ? [ReportNumber.range(variant.null)] : []) + [short(variant.companion?.mean)]
      let lives: [String] = [variant.varianceHalfLife, variant.recallHalfLife].map {
        ReportNumber.generation($0.generation, isForecast: $0.isForecast)
      }
      let costs: [String] =
        [
          ReportNumber.generation(variant.firstAlarm.generation), count(variant.distinctReal),
          count(variant.trainingRows),
        ] + (hasCost ? [short(variant.processorSeconds)] : [])
      return head + lives + costs
        + [short(variant.effectiveSampleSize), whole(variant.predictedRank)]
    }
    let mean = metric.scale == .plain ? "means" : "geometric means"
    return ReportTable(
      title: "\(set.data), generation \(set.generation), ranked by \(metric.id) "
        + "(\(metric.isLowerBetter ? "lower" : "higher") is better, \(mean)) at \(budgetWords)",
      columns: columns, rows: rows, words: hasNull ? [1, 5, 6, 8] : [1, 5, 6],
      breaks: Self.breaks(set.variants.map(\.group)))
  }

  /// The places before which a number changes.
  private static func breaks(_ groups: [Int]) -> Set<Int> {
    Set(groups.indices.dropFirst().filter { groups[$0] != groups[$0 - 1] })
  }

  private func differences(
    _ differences: [VariantDifference], on data: String, as words: String
  ) -> [ReportTable] {
    guard !differences.isEmpty else { return [] }
    return [
      ReportTable(
        title: "\(data): paired differences of \(metric.id), \(words)",
        columns: ["first", "second", "pairs", "mean", "95 % (t)", "g", "p (Holm)", "verdict"],
        rows: differences.map { member in
          [
            member.first, member.second, "\(member.difference.differences.count)",
            ReportNumber.short(member.difference.mean),
            ReportNumber.range(member.difference.interval),
            member.difference.effectSize.map(ReportNumber.short) ?? "-",
            ReportNumber.probability(member.correctedPValue), member.verdict.rawValue,
          ]
        }, words: [0, 1, 4, 7])
    ]
  }

  private func stability(_ overall: OverallComparison) -> ReportTable {
    let agreements = overall.concordances.compactMap { $0 }.map(ReportNumber.short)
    let isAtOneBudget = overall.concordances.count == 1
    return ReportTable(
      title: "all data sets: places by \(metric.id) at \(budgetWords)"
        + (agreements.isEmpty
          ? ""
          : "; the data sets agree to W = \(agreements.joined(separator: ", ")) "
            + "(1: the same ranking on all; \(ReportNumber.short(overall.chanceConcordance)) on average by "
            + "chance\(isAtOneBudget ? "" : "; one for each budget"))"),
      columns: (isAtOneBudget ? [] : ["budget"]) + ["strategy", "mean place"]
        + dataSets.map(\.data),
      rows: overall.rows.map { row in
        (isAtOneBudget ? [] : ["\(row.group + 1)"])
          + [row.label, ReportNumber.short(row.meanRank)] + row.ranks.map(String.init)
      }, words: [isAtOneBudget ? 0 : 1], breaks: Self.breaks(overall.rows.map(\.group)))
  }

  /// The rankings as one tidy table: a row for each data set and variant, numbers with all digits.
  public var csv: [UInt8] {
    CSV.table(
      columns: [
        "data", "strategy", "generation", "budget_group", "rank", "samples", "seeds", "metric",
        "mean",
        "median", "low", "high", "bootstrap_low", "bootstrap_high", "null_low", "null_high",
        companion.id, "variance_half_life", "variance_half_life_is", "recall_half_life",
        "recall_half_life_is", "first_alarm", "distinct_real", "training_rows",
        "processor_seconds", "n_e", "predicted_rank",
      ],
      rows: dataSets.flatMap { set in
        set.variants.map { variant -> [CSV.Field] in
          let summary = variant.summary
          let head: [CSV.Field] = [
            .text(set.data), .text(variant.variant.label), .integer(set.generation),
            .integer(variant.group), .integer(variant.rank),
            .integer(variant.variant.runs[0].sampleCount),
            .integer(variant.variant.runs.count), .text(metric.id), .number(summary?.mean),
            .number(summary?.median), .number(summary?.interval?.lowerBound),
            .number(summary?.interval?.upperBound),
            .number(summary?.bootstrapInterval?.lowerBound),
            .number(summary?.bootstrapInterval?.upperBound), .number(variant.null?.lowerBound),
            .number(variant.null?.upperBound), .number(variant.companion?.mean),
          ]
          let rest: [CSV.Field] = [
            .number(variant.varianceHalfLife.generation), .text(variant.varianceHalfLife.kind),
            .number(variant.recallHalfLife.generation), .text(variant.recallHalfLife.kind),
            .number(variant.firstAlarm.generation),
            .count(variant.distinctReal), .count(variant.trainingRows),
            .number(variant.processorSeconds), .number(variant.effectiveSampleSize),
            .integer(variant.predictedRank),
          ]
          return head + rest
        }
      })
  }
}
