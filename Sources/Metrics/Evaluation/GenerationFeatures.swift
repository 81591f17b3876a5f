/// A generation as the next one is compared to it: its moments in every space, and some of its samples.
///
/// They are a pure function of the samples, so that a run that is resumed computes the same from the
/// stored samples, and take memory that does not grow with them.
public struct GenerationFeatures: Sendable {
  /// The moments by space; spaces that could not be fitted have none.
  let sets: [SpaceName: SetMoments]

  init(_ sets: [SpaceName: FeatureSet]) {
    self.sets = sets.mapValues { set in
      set.moments.settle()
      return set.moments
    }
  }

  /// The moments alone.
  public var statistics: GenerationStatistics {
    GenerationStatistics(moments: sets.mapValues(\.statistics))
  }
}

/// Mean and covariance of a generation in every space: enough for the Fréchet distance between any two
/// generations, in memory that does not grow with the samples.
public struct GenerationStatistics: Equatable, Sendable {
  let moments: [SpaceName: SampleStatistics]

  /// Returns the squared Fréchet distance to another generation; `nil` in a space that neither has.
  ///
  /// - Throws: ``MetricsError`` if the decomposition fails.
  public func frechetDistance(
    to other: GenerationStatistics, in space: SpaceName
  ) throws(MetricsError) -> Double? {
    guard let mine = moments[space], let theirs = other.moments[space] else { return nil }
    return try Metrics.frechetDistance(real: mine, generated: theirs).value
  }
}
