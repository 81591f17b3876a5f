/// Everything measured about one generation.
public struct Evaluation: Sendable {
  /// The numbers, space by space, each in the order of ``Metric``, class shares last.
  public let measurements: [MetricValue]

  /// What pictures of the generation need, space by space.
  public let spaces: [SpaceEvaluation]

  /// The generation's features: pass them as `previous` with the next one.
  public let features: GenerationFeatures
}

/// A generation in one feature space, beyond single numbers.
public struct SpaceEvaluation: Equatable, Sendable {
  /// The name of the space.
  public let space: SpaceName

  /// The hash of the space's scaling and principal components.
  public let fingerprint: String

  /// The eigenvalues of the covariance of the generated samples, descending.
  public let spectrum: [Double]

  /// The eigenvalues of the covariance of the held-out real samples, descending.
  public let realSpectrum: [Double]

  /// Histograms along the leading principal directions of the real samples, at most three.
  public let marginals: [MarginalHistogram]

  /// For each held-out real sample, whether it lies in the ball of a generated one, as recall counts
  /// it; empty where there are too few samples, or too many to compare all.
  public let recalled: [Bool]

  /// The held-out samples that are not covered, and the generated ones outside the real support; `nil`
  /// in a space that nobody asked about, or of too few samples.
  public let attribution: Attribution?
}
