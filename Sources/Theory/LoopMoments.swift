/// What is known of a linear loop's models, generation by generation, from the sizes of its training
/// sets alone.
///
/// Every number is a share of the real variance and the same in every direction.
public struct LoopMoments: Equatable, Sendable {
  /// The expected squared distance of the model's mean from the real mean (A2, C2, D1, D3).
  public let drift: [Double]

  /// The expected variance of the model (A1, C1).
  public let variance: [Double]

  /// One over the effective sample size, `1 / n_e`: the variance of the error of the mean to first order
  /// in one over the sizes (theory 0.3).
  public let error: [Double]

  /// The first-order covariance of that error with the one of the first generation.
  public let errorWithFirst: [Double]

  /// Runs the recursion.
  ///
  /// Exact for models that reproduce the weighted mean and the total weighted second moment of their
  /// training set and draw independent samples; `drift` and `variance` also under a bias, and with the
  /// unbiased estimator.
  ///
  /// - Parameters:
  ///   - plans: What the generations are trained on, the first of them on real samples.
  ///   - bias: The factor on the covariance when a model is sampled.
  ///   - isUnbiased: Whether a fit divides by `n − 1`, not by `n`.
  public init(_ plans: [GenerationPlan], bias: Double = 1, isUnbiased: Bool = false) {
    precondition(
      plans.first?.parts.allSatisfy { part in
        part.pools.allSatisfy { if case .generation = $0 { false } else { true } }
      } ?? true, "the first generation is trained on real samples")
    let exact = DriftRecursion.models(plans, .model(bias: bias), isUnbiased: isUnbiased)
    let firstOrder = DriftRecursion.models(plans, .real)
    drift = exact.map(\.drift)
    variance = exact.map(\.variance)
    error = firstOrder.map(\.drift)
    errorWithFirst = firstOrder.map(\.covarianceWithFirst)
  }
}
