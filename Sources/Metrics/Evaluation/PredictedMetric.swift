/// A number that theory predicts and nothing measures, by its id in `metrics.csv`.
///
/// It stands there in the space ``space``, beside the predictions of measured numbers under their ids.
public enum PredictedMetric: String, CaseIterable, Sendable {
  case heterozygosityShare = "heterozygosity_share"
  case modeSurvival = "mode_survival"

  /// What `metrics.csv` holds for predictions in the column `space`.
  public static let space = "theory"
}
