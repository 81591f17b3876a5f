import Foundation

/// Returns the expected inverse covariance of a Gaussian's model under replace as a multiple of the
/// real one, `(n/(n − d − 2))ᵗ` (A10, A16).
///
/// - Parameters:
///   - n: The training samples of each fit, more than `d + 2`.
///   - d: The dimension.
///   - fits: The number `t` of fits.
public func expectedInverseCovariance(sampleCount n: Int, dimension d: Int, fits: Int) -> Double {
  precondition(n > d + 2, "an inverse covariance in \(d) dimensions has no mean for \(n) samples")
  return pow(Double(n) / Double(n - d - 2), Double(fits))
}

/// Returns the expected change of the log-determinant of a Gaussian's covariance with every fit under
/// replace, `Σ_{i=1..d} ψ((n − i)/2) − d ln(n/2)`, about `−d(d + 3)/(2n)` (A15).
///
/// - Parameter n: The training samples of a fit, more than `d`.
public func expectedLogVolumeStep(sampleCount n: Int, dimension d: Int) -> Double {
  precondition(n > d, "\(n) samples span no volume in \(d) dimensions")
  var step = -Double(d) * log(Double(n) / 2)
  for i in 1...d { step += digamma(Double(n - i) / 2) }
  return step
}

/// Returns the expected divergence `KL(real ‖ model)` in nats after some fits of a Gaussian under
/// replace (A10, H6): what the held-out likelihood loses.
///
/// It explodes exponentially where the Fréchet distance saturates.
///
/// - Parameters:
///   - n: The training samples of each fit, more than `d + 2`.
///   - d: The dimension.
///   - fits: The number `t` of fits.
public func expectedDivergence(sampleCount n: Int, dimension d: Int, fits: Int) -> Double {
  let step = Double(n) / Double(n - d - 2)
  let inverse = expectedInverseCovariance(sampleCount: n, dimension: d, fits: fits)
  // The squared distance of the means in units of the model's covariance.
  var drift = 0.0
  for _ in 0..<fits { drift = (drift + Double(d) / Double(n)) * step }
  return 0.5
    * (Double(fits) * expectedLogVolumeStep(sampleCount: n, dimension: d)
      + Double(d) * (inverse - 1) + drift)
}
