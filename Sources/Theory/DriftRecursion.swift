/// The variance of the fitted mean about the real mean, generation by generation.
///
/// Linear in all that enters it: a generation's mean is the average of its training samples, a
/// batch of samples has the mean of the model that drew it plus an independent error of that
/// model's covariance over the size of the batch, and by the conservation law (theory 0.1) that
/// covariance is `1 − V` where the variance of the model's mean is `V`, both as shares of the real
/// variance. So `V` is exact for every strategy and every sequence of sizes. With the sampling
/// noise held at that of the real law instead, the recursion gives the first-order error `1 / n_e`
/// (theory 0.3).
enum DriftRecursion {
  /// What a batch of samples from a model is taken to vary by.
  enum Noise {
    /// By what is left of the real variance: exact.
    case remaining
    /// By the real variance: first order.
    case full

    func variance(_ drift: Double) -> Double {
      switch self {
      case .remaining: 1 - drift
      case .full: 1
      }
    }
  }

  /// The variances of the means of generations `0 ..< sizes.count`, in units of the real variance.
  static func drifts(
    _ strategy: StrategyKind, _ sizes: [GenerationSizes], _ noise: Noise
  ) -> [Double] {
    switch strategy {
    case .replace, .syntheticAugmentation, .freshData, .realOnly, .refit:
      lastModel(sizes, noise)
    case .accumulate, .accumulateSubsample:
      accumulating(sizes, noise)
    }
  }

  /// Pools of real samples and the samples of the last model (A2, D1, D3).
  private static func lastModel(_ sizes: [GenerationSizes], _ noise: Noise) -> [Double] {
    var drifts: [Double] = []
    for (generation, size) in sizes.enumerated() {
      let total = Double(size.real + size.synthetic)
      let (p, q) = (Double(size.real) / total, Double(size.synthetic) / total)
      var drift = size.real > 0 ? p * p / Double(size.real) : 0
      if size.synthetic > 0, let last = drifts.last {
        drift +=
          q * q * (last + noise.variance(last) / Double(size.synthetic))
          + 2 * p * q * covariance(of: size, withModel: generation - 1, sizes)
      }
      drifts.append(subsampled(drift, size, noise))
    }
    return drifts
  }

  /// The covariance of the mean of a generation's real samples with the mean of an earlier model.
  ///
  /// The means of the first `a` and the first `b` samples of one set have the covariance
  /// `1 / max(a, b)`; new samples have none with any other.
  private static func covariance(
    of size: GenerationSizes, withModel generation: Int, _ sizes: [GenerationSizes]
  ) -> Double {
    guard size.real > 0, !size.fresh else { return 0 }
    var covariance = 0.0
    for model in sizes[...generation] {
      let total = Double(model.real + model.synthetic)
      covariance *= Double(model.synthetic) / total
      if model.real > 0, !model.fresh {
        covariance += Double(model.real) / total / Double(max(size.real, model.real))
      }
    }
    return covariance
  }

  /// Pools that keep everything, trained on whole or in part (C1, C2, C3).
  private static func accumulating(_ sizes: [GenerationSizes], _ noise: Noise) -> [Double] {
    var drifts: [Double] = []
    var pool = 0.0
    var held = 0
    for size in sizes {
      let total = size.real + size.synthetic
      let share = Double(total - held) / Double(total)
      if let last = drifts.last {
        if total > held {
          let batch = last + noise.variance(last) / Double(total - held)
          // A subsample's own error is independent of the pool, so the covariance of the new
          // samples with the pool is the pool's variance.
          pool =
            (1 - share) * (1 - share) * pool + share * share * batch + 2 * share * (1 - share)
            * pool
        }
      } else {
        pool = 1 / Double(total)
      }
      held = total
      drifts.append(subsampled(pool, size, noise))
    }
    return drifts
  }

  /// The variance of the mean of a subsample, without replacement, of a pool.
  private static func subsampled(
    _ pool: Double, _ size: GenerationSizes, _ noise: Noise
  ) -> Double {
    guard let subsample = size.subsample else { return pool }
    let (n, total) = (Double(subsample), Double(size.real + size.synthetic))
    guard n < total else { return pool }
    return pool + noise.variance(pool) * (total - n) / (n * (total - 1))
  }
}
