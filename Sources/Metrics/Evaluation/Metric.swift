/// A number about one generation in one feature space, by its id in `metrics.csv`.
///
/// Without a suffix the reference is the held-out part of the real samples; `_train` compares to
/// the training part, `_previous` to the generation before. The order of the cases is that of the
/// output.
public enum Metric: String, CaseIterable, Codable, Sendable {
  case frechetDistance = "frechet_distance"
  case frechetDistanceMean = "frechet_distance_mean"
  case frechetDistanceTraceReal = "frechet_distance_trace_real"
  case frechetDistanceTraceGenerated = "frechet_distance_trace_generated"
  case frechetDistanceCross = "frechet_distance_cross"
  case kernelDistance = "kernel_distance"
  case energyDistance = "energy_distance"
  case precision
  case recall
  case density
  case coverage
  case totalVariance = "total_variance"
  case effectiveRank = "effective_rank"
  case participationRatio = "participation_ratio"
  case meanLogEigenvalue = "mean_log_eigenvalue"
  case vendiRBF = "vendi_rbf"
  case distinctNearest = "distinct_nearest"
  case frechetDistanceTrain = "frechet_distance_train"
  case precisionTrain = "precision_train"
  case recallTrain = "recall_train"
  case frechetDistancePrevious = "frechet_distance_previous"
  case memorisationRatio = "memorisation_ratio"

  /// The id of the share of a class among generated samples.
  package static func share(of className: String) -> String { sharePrefix + className }

  /// The class whose share has this id; `nil` for the id of another metric.
  package static func className(ofShare id: String) -> String? {
    // Over bytes: a name that starts with a combining mark shares a Character with the colon.
    id.utf8.starts(with: sharePrefix.utf8)
      ? String(decoding: id.utf8.dropFirst(sharePrefix.utf8.count), as: UTF8.self) : nil
  }

  private static let sharePrefix = "share:"

  /// The id of the recall of the real samples that the first model finds least likely.
  package static let recallOfTail = "recall_tail"
}

/// What came of one metric: an estimate, or the reason why there is none.
struct MetricOutcome: Sendable {
  let estimate: Estimate?
  let note: String

  /// A value that a reader can trust, which excludes NaN and infinity.
  init(_ estimate: Estimate, note: String = "") {
    let isFinite = estimate.value.isFinite
    self.estimate =
      isFinite
      ? Estimate(
        value: estimate.value,
        standardError: estimate.standardError.flatMap { $0.isFinite ? $0 : nil }) : nil
    self.note = isFinite ? note : "The value is not a finite number."
  }

  init(unavailable reason: String) {
    estimate = nil
    note = reason
  }

  /// Takes the sentence of an error for the reason.
  init(note: String = "", _ body: () throws(MetricsError) -> Estimate) {
    do throws(MetricsError) {
      self.init(try body(), note: note)
    } catch {
      self.init(unavailable: error.description)
    }
  }
}
