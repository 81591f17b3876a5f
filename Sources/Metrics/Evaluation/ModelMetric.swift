/// A number about a model itself or the set that it was trained on, by its id in `metrics.csv`.
///
/// All stand there in the space ``space``. The order of the cases is that of the output.
public enum ModelMetric: String, CaseIterable, Sendable {
  case trainingRowsReal = "training_rows_real"
  case trainingRowsSynthetic = "training_rows_synthetic"
  case traceModelPool = "trace_model_pool"
  case traceDrawnModel = "trace_drawn_model"
  case traceCarriedDrawn = "trace_carried_drawn"
  case traceDrawnPoolLevels = "trace_drawn_pool_levels"
  case traceCarriedDrawnLevels = "trace_carried_drawn_levels"
  case gamutShare = "gamut_share"
  case clippedShare = "clipped_share"
  case livingComponents = "living_components"
  case bitsPerDimension = "bits_per_dim"
  case bitsPerDimensionTrain = "bits_per_dim_train"
  case divergence = "kl_real_model"
  case bitsPerDimensionBaseline = "bits_per_dim_baseline"
  case bitsPerDimensionChange = "bits_per_dim_change"
  case tailLogRatio = "tail_log_ratio"
  case tailMassRatio = "tail_mass_ratio"
  case hallucinatedShare = "hallucinated_share"
  case brake

  /// What `metrics.csv` holds for them in the column `space`.
  public static let space = "model"
}
