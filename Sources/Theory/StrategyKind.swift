/// What a generation is trained on: the strategies whose course is known in closed form.
public enum StrategyKind: String, CaseIterable, Sendable {
  /// The samples of the last model alone.
  case replace
  /// The original real samples and the samples of every model so far.
  case accumulate
  /// A subsample of fixed size of what `accumulate` trains on, without replacement.
  case accumulateSubsample = "accumulate-subsample"
  /// The same real samples in every generation, and the samples of the last model.
  case syntheticAugmentation = "synthetic-augmentation"
  /// New real samples in every generation, and the samples of the last model.
  case freshData = "fresh-data"
  /// New real samples in every generation and nothing else.
  case realOnly = "real-only"
  /// The original real samples in every generation and nothing else.
  case refit
}

/// How many samples one generation had to train on.
public struct GenerationSizes: Equatable, Sendable {
  /// Real samples in the pool.
  public let real: Int

  /// Synthetic samples in the pool: under `accumulate` those of all models so far.
  public let synthetic: Int

  /// Whether the real samples are new ones; otherwise they are the first ``real`` of one fixed set.
  public let fresh: Bool

  /// The samples drawn from the pool, without replacement, to train on; `nil` for all of it.
  public let subsample: Int?

  /// Creates sizes; there must be at least one sample to train on.
  public init(real: Int, synthetic: Int, fresh: Bool = false, subsample: Int? = nil) {
    precondition(
      real >= 0 && synthetic >= 0 && real + synthetic > 0, "\(real) real, \(synthetic) synthetic")
    precondition(
      subsample.map { $0 > 0 && $0 <= real + synthetic } ?? true,
      "a subsample of \(subsample ?? 0) from \(real + synthetic)")
    self.real = real
    self.synthetic = synthetic
    self.fresh = fresh
    self.subsample = subsample
  }

  /// The number of training rows.
  public var trained: Int { subsample ?? real + synthetic }
}
