import LinearAlgebra

/// The features of a set of samples in one space, with their first two moments.
struct FeatureSet: Sendable {
  /// One sample a row, `(n, d)`, `n >= 2`, all finite.
  let features: Matrix

  /// Mean and covariance of the rows.
  let statistics: SampleStatistics

  /// Throws ``MetricsError`` for fewer than two samples and for entries that are not finite.
  init(_ features: Matrix, as role: SampleRole) throws(MetricsError) {
    self.features = features
    statistics = try SampleStatistics(of: features, as: role)
  }

  /// The number of samples.
  var count: Int { features.rowCount }
}
