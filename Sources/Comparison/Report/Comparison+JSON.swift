import Statistics
public import Storage

extension Comparison {
  /// Everything as one object.
  public var json: JSONValue {
    .object([
      .init("schema_version", .integer(Self.schemaVersion)), .init("metric", .string(metric.id)),
      .init("lower_is_better", .bool(metric.isLowerBetter)),
      .init("scale", .string(metric.scale.rawValue)),
      .init("companion", .string(companion.id)), .init("equal", .string(settings.equal.rawValue)),
      .init("alpha", .number(settings.alpha)),
      .init("baseline", settings.baseline.map { .string($0) } ?? .null),
      .init("data_sets", .array(dataSets.map(json))),
      .init("overall", overall.map(json) ?? .null),
      .init("sentences", .array(sentences.map { .string($0) })),
      .init("notes", .array(notes.map { .string($0) })),
    ])
  }

  private func json(_ set: DataSetComparison) -> JSONValue {
    .object([
      .init("data", .string(set.data)), .init("generation", .integer(set.generation)),
      .init("strategies", .array(set.variants.map(json))),
      .init("differences", .array(set.differences.map(json))),
      .init("classes", survivalJSON(on: set)),
    ])
  }

  private func json(_ variant: RankedVariant) -> JSONValue {
    let options = variant.variant.options.map { JSONValue.Member($0.key, .string($0.value)) }
    return .object([
      .init("strategy", .string(variant.variant.label)), .init("options", .object(options)),
      .init("samples", .integer(variant.variant.runs[0].sampleCount)),
      .init("seeds", .array(variant.variant.runs.map { .string($0.seed) })),
      .init("budget_group", .integer(variant.group)), .init("rank", whole(variant.rank)),
      .init("summary", summary(variant.summary)), .init("companion", summary(variant.companion)),
      .init("null_low", .finite(variant.null?.lowerBound)),
      .init("null_high", .finite(variant.null?.upperBound)),
      .init("variance_half_life", halfLife(variant.varianceHalfLife)),
      .init("recall_half_life", halfLife(variant.recallHalfLife)),
      .init("first_alarm", .finite(variant.firstAlarm.generation)),
      .init("distinct_real", .finite(variant.distinctReal)),
      .init("training_rows", .finite(variant.trainingRows)),
      .init("processor_seconds", .finite(variant.processorSeconds)),
      .init("n_e", .finite(variant.effectiveSampleSize)),
      .init("predicted_rank", whole(variant.predictedRank)),
    ])
  }

  private func json(_ member: VariantDifference) -> JSONValue {
    .object([
      .init("first", .string(member.first)), .init("second", .string(member.second)),
      .init("pairs", .integer(member.difference.differences.count)),
      .init("mean", .finite(member.difference.mean)),
      .init("low", .finite(member.difference.interval?.lowerBound)),
      .init("high", .finite(member.difference.interval?.upperBound)),
      .init("effect_size", .finite(member.difference.effectSize)),
      .init("first_below", .integer(member.difference.below)),
      .init("p", .number(member.difference.test.pValue)),
      .init("p_smallest", .number(member.difference.test.smallest)),
      .init("p_holm", .number(member.correctedPValue)),
      .init("verdict", .string(member.verdict.rawValue)),
    ])
  }

  private func json(_ overall: OverallComparison) -> JSONValue {
    .object([
      // By the number of the budget.
      .init("concordance", .array(overall.concordances.map { .finite($0) })),
      .init("concordance_by_chance", .number(overall.chanceConcordance)),
      .init(
        "strategies",
        .array(
          overall.rows.map { row in
            .object([
              .init("strategy", .string(row.label)), .init("budget_group", .integer(row.group)),
              .init("mean_rank", .number(row.meanRank)),
              .init("ranks", .array(row.ranks.map { .integer($0) })),
            ])
          })), .init("differences", .array(overall.differences.map(json))),
    ])
  }

  private func whole(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }

  private func halfLife(_ life: HalfLife) -> JSONValue {
    .object([
      .init("generation", .finite(life.generation)), .init("is_forecast", .bool(life.isForecast)),
    ])
  }

  private func summary(_ summary: SampleSummary?) -> JSONValue {
    guard let summary else { return .null }
    return .object([
      .init("mean", .finite(summary.mean)), .init("median", .finite(summary.median)),
      .init("low", .finite(summary.interval?.lowerBound)),
      .init("high", .finite(summary.interval?.upperBound)),
      .init("bootstrap_low", .finite(summary.bootstrapInterval?.lowerBound)),
      .init("bootstrap_high", .finite(summary.bootstrapInterval?.upperBound)),
      .init("values", .array(summary.values.map { .finite($0) })),
    ])
  }
}
