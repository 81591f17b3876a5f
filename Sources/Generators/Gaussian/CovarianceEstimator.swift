/// What the sum of squares about the mean is divided by.
public enum CovarianceEstimator: String, CaseIterable, Sendable {
  /// By `n`: the maximum-likelihood estimate. Its expectation shrinks by `1 - 1/n` at every refit.
  case mle
  /// By `n - 1`: the unbiased estimate, a martingale under refits.
  case unbiased

  /// The divisor for `n` samples.
  func divisor(sampleCount n: Int) -> Double {
    switch self {
    case .mle: Double(n)
    case .unbiased: Double(n - 1)
    }
  }
}
