import Foundation

/// Returns the share of the real variance left after some fits under replace with the sampling bias
/// `λ`, `λᵗ⁻¹ (1 − 1/n)ᵗ`, or `λᵗ⁻¹` for the unbiased estimate (B1).
///
/// - Note: Alemohammad et al. 2023, equation 2, <https://arxiv.org/abs/2307.01850>.
public func biasedVarianceShare(
  bias: Double, sampleCount n: Int, fits t: Int, divisor: VarianceDivisor
) -> Double {
  precondition(t > 0, "no fit, no model")
  return pow(bias, Double(t - 1)) * pow(Double(n - 1) / divisor.value(n), Double(t))
}

/// Returns the expected squared drift of the mean after some fits under replace with the sampling bias
/// `λ`, `(1/n)(1 − rᵗ)/(1 − r)` with `r = λ` for the unbiased estimate and `λ(1 − 1/n)` for maximum
/// likelihood, in units of the real variance (B2).
///
/// The bias freezes the drift: quality is kept while diversity is lost.
public func biasedMeanDrift(
  bias: Double, sampleCount n: Int, fits t: Int, divisor: VarianceDivisor
) -> Double {
  let ratio = bias * Double(n - 1) / divisor.value(n)
  let series = ratio == 1 ? Double(t) : (1 - pow(ratio, Double(t))) / (1 - ratio)
  return series / Double(n)
}

/// Returns the expected variance of a model after some fits to `real` new real samples and `synthetic`
/// ones drawn with the sampling bias `λ`, in units of the real variance (D6).
///
/// Exact for finite sizes: the expected second moment of the pool about the real mean is
/// `p + q (λ S + V)`, of which the variance `V` of the new mean, `p²/n_real + q² (V + λ S/n_syn)`, is
/// lost. For large sizes it goes to `p/(1 − qλ)`.
///
/// - Parameter first: The real samples of the first fit.
public func biasedMixtureVariance(
  bias: Double, real: Int, synthetic: Int, first: Int, fits: Int
) -> Double {
  let q = Double(synthetic) / Double(real + synthetic)
  let p = 1 - q
  var drift = 1 / Double(first)
  var variance = 1 - drift
  for _ in 1..<max(1, fits) {
    let moment = p + q * (bias * variance + drift)
    drift = p * p / Double(real) + q * q * (drift + bias * variance / Double(synthetic))
    variance = moment - drift
  }
  return variance
}

/// Returns the limit of ``biasedMixtureVariance(bias:real:synthetic:first:fits:)`` for large sizes and
/// many fits, `p/(1 − (1 − p)λ)` (D6).
public func biasedMixtureLimit(bias: Double, realShare p: Double) -> Double {
  p / (1 - (1 - p) * bias)
}
