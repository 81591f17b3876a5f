/// Where the iterations of a fit begin.
public enum Start: String, CaseIterable, Sendable {
  /// From the samples alone, as if no generation had gone before.
  case cold
  /// From the model of the previous generation.
  case warm
}

/// How samples are exchanged with a command.
public enum ExchangeFormat: String, CaseIterable, Sendable {
  /// A matrix in numpy's format.
  case npy
  /// A folder of PNG files.
  case png
}

/// The settings of all families, each `nil` or at its default unless the user gave it.
public struct GeneratorOptions: Equatable, Sendable {
  /// The number of mixture components, `K`.
  public var components: Int?

  /// The dimensions of the subspace of each component, `q`.
  public var rank: Int?

  /// The principal components kept, `d`.
  public var dimensions: Int?

  /// The exponent gamma that shapes the residual noise of components.
  public var residualExponent: Double?

  /// The side of the thumbnail in pixels.
  public var patch: Int?

  /// The side of the detail patches in pixels.
  public var detailBlock: Int?

  /// What a covariance estimate divides by.
  public var estimator: CovarianceEstimator

  /// The standard deviation of the kernel of a kernel density.
  public var bandwidth: Double?

  /// How samples are exchanged with a command.
  public var execFormat: ExchangeFormat?

  /// Where a fit begins.
  public var start: Start

  /// The largest number of EM steps.
  public var steps: Int?

  /// Creates options; without arguments every family has its defaults.
  public init(
    components: Int? = nil, rank: Int? = nil, dimensions: Int? = nil,
    residualExponent: Double? = nil, patch: Int? = nil, detailBlock: Int? = nil,
    estimator: CovarianceEstimator = .mle, bandwidth: Double? = nil, start: Start = .cold,
    steps: Int? = nil
  ) {
    self.components = components
    self.rank = rank
    self.dimensions = dimensions
    self.residualExponent = residualExponent
    self.patch = patch
    self.detailBlock = detailBlock
    self.estimator = estimator
    self.bandwidth = bandwidth
    self.start = start
    self.steps = steps
  }
}
