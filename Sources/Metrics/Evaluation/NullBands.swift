/// What every metric gives between real samples: the yardstick beside each number.
///
/// A run computes the bands once and keeps them in its folder; they hold for the inputs whose
/// ``fingerprint`` they carry, and are computed again for any others.
public struct NullBands: Codable, Equatable, Sendable {
  /// The distribution of one metric in one space between real sets.
  public struct Band: Codable, Equatable, Sendable {
    /// The feature space.
    public let space: String

    /// The metric's id.
    public let metric: String

    /// The mean over the draws.
    public let mean: Double

    /// The standard deviation over the draws, brought to the sizes of the comparison that it judges.
    public let standardDeviation: Double

    /// The number of real samples that took the part of the generated ones in each draw.
    public let generatedCount: Int

    /// The number of draws.
    public let drawCount: Int

    /// `mean ± 1.96 standardDeviation`.
    ///
    /// It is not cut at the ends of the metric's range, so that its centre and half-width give
    /// z-scores.
    public var range: ClosedRange<Double> {
      mean - 1.96 * standardDeviation...mean + 1.96 * standardDeviation
    }
  }

  /// A hash of everything that decides the bands: spaces, real samples, sizes, draws and seed.
  public let fingerprint: String

  /// The bands; metrics that could not be computed between real sets have none.
  public let bands: [Band]

  /// Returns the band of a metric in a space.
  public func band(of metric: String, in space: String) -> Band? {
    bands.first { $0.metric == metric && $0.space == space }
  }
}
