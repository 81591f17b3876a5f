public import Statistics

/// What is made equal before strategies are ranked.
public enum ComparedBudget: String, CaseIterable, Sendable {
  /// The distinct real samples that a loop has seen: the default, as they are what is dear.
  case real
  /// The samples drawn each generation.
  case n
}

/// A variant on one data set with its numbers and its place among those of the same budget.
public struct RankedVariant: Sendable {
  /// The runs.
  public let variant: Variant

  /// The group of variants of the same budget, from 0 on by rising budget.
  public internal(set) var group = 0

  /// The place among them, from 1 on; `nil` without a value.
  public internal(set) var rank: Int?

  /// The chosen metric over seeds; `nil` where a run has no value.
  public let summary: SampleSummary?

  /// The metric beside it.
  public let companion: SampleSummary?

  /// The chosen metric between sets that are both real, one of them as large as what the loop draws: the mean
  /// over seeds of both ends of its 95 % range; `nil` where it was not measured.
  public let null: ClosedRange<Double>?

  /// When half of the variance is gone.
  public let varianceHalfLife: HalfLife

  /// When half of the recall is gone.
  public let recallHalfLife: HalfLife

  /// When the early-warning rule first spoke.
  public let firstAlarm: FirstAlarm

  /// The real samples seen, each counted once, as the mean over seeds; `nil` for a strategy that is not known.
  public let distinctReal: Double?

  /// The rows that all models together were fitted to.
  public let trainingRows: Double?

  /// The processor time of a run, in seconds; `nil` where it was not measured.
  public let processorSeconds: Double?

  /// Theory's effective sample size; `nil` where there is none.
  public let effectiveSampleSize: Double?

  /// The place that theory predicts among those of the same budget.
  public internal(set) var predictedRank: Int?

  init(_ variant: Variant, metric: ComparedMetric, companion: ComparedMetric, generation: Int) {
    self.variant = variant
    func summary(_ metric: ComparedMetric) -> SampleSummary? {
      let values = variant.values(metric.id, generation)
      guard values.count == variant.runs.count else { return nil }
      return SampleSummary(values, scale: metric.scale)
    }
    func halfLife(_ metric: String) -> HalfLife {
      HalfLife(
        variant.runs.map { run in
          (0...generation).map { run.value(metric, $0) ?? .nan }
        })
    }
    self.summary = summary(metric)
    self.companion = summary(companion)
    null = variant.null(of: metric.id)
    varianceHalfLife = halfLife("total_variance")
    recallHalfLife = halfLife("recall")
    firstAlarm = FirstAlarm(variant.runs, upTo: generation)
    // Seeds spend alike, unless brakes act at times of their own.
    let spenders = variant.runs.contains(where: \.isBraked) ? variant.runs : [variant.runs[0]]
    distinctReal = Self.mean(spenders) { $0.distinctRealCount(upTo: generation) }
    trainingRows = Self.mean(spenders) { $0.trainingRows(upTo: generation) }
    processorSeconds = Self.mean(variant.runs, \.processorSeconds)
    // Errors are averaged, and go with the inverse.
    effectiveSampleSize =
      Self.mean(spenders) { run in run.effectiveSampleSize(generation).map { 1 / $0 } }
      .map { 1 / $0 }
  }

  /// The mean over runs; `nil` unless all have a value.
  private static func mean(_ runs: [ComparedRun], _ value: (ComparedRun) -> Double?) -> Double? {
    let values = runs.compactMap(value)
    return values.count == runs.count ? values.mean : nil
  }

  /// What is made equal.
  func budget(_ kind: ComparedBudget) -> Double? {
    switch kind {
    case .real: distinctReal
    case .n: Double(variant.runs[0].sampleCount)
    }
  }
}
