/// What the sum of squares about the mean is divided by.
///
/// Of weighted samples, with shares `p` of the sum of the weights, the maximum-likelihood estimate is
/// `Σ p (x - m)²`, and the unbiased one that divided by `1 - Σ p²`: weights are read as how reliable a
/// sample is, not as how often it was seen.
public enum CovarianceEstimator: String, CaseIterable, Sendable {
  /// By `n`: the maximum-likelihood estimate. Its expectation shrinks by `1 - 1/n` at every refit.
  case mle
  /// By `n - 1`: the unbiased estimate, a martingale under refits.
  case unbiased

  /// The factor from the maximum-likelihood estimate of `n` samples to this one.
  func correction(sampleCount n: Int, weights: [Double]?) -> Double {
    guard self == .unbiased else { return 1 }
    guard let weights else { return Double(n) / Double(n - 1) }
    let total = weights.reduce(0, +)
    return 1 / weights.reduce(0) { $0 + $1 / total * ((total - $1) / total) }
  }
}
