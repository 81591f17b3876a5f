import Foundation

/// Returns the expected variance after some fits under replace where every draw adds the variance `h²`:
/// a kernel's bandwidth, or rounding, which adds a twelfth of a squared level (F1, F3).
///
/// `E[S_{t+1}] = (1 − 1/n)(E[S_t] + h²)`, which comes to rest at `(n − 1) h²`: collapse stalls.
///
/// - Parameters:
///   - added: The variance `h²` that a draw adds.
///   - start: The real variance, of which the first fit is made without an addition.
///   - n: The training samples of each fit.
///   - fits: The number of fits, at least 1.
public func varianceWithNoise(_ added: Double, start: Double, sampleCount n: Int, fits: Int)
  -> Double
{
  let kept = 1 - 1 / Double(n)
  let rest = Double(n - 1) * added
  let first = kept * start
  return rest + (first - rest) * pow(kept, Double(fits - 1))
}

/// Returns the expected variance after some fits under replace where every fit adds `ridge` to its
/// maximum-likelihood estimate (F6).
///
/// It comes to rest at `n · ridge`: a ridge can pass for a loop that does not collapse.
public func varianceWithRidge(_ ridge: Double, start: Double, sampleCount n: Int, fits: Int)
  -> Double
{
  let rest = Double(n) * ridge
  return rest + (start - rest) * pow(1 - 1 / Double(n), Double(fits))
}

/// Returns the expected squared distance from the real mean of what the last model draws where every
/// draw adds the variance `h²`, everything drawn is kept, and the first training set is real (F2).
///
/// `σ² + h²(H_T − 1)` for the training set of fit `T`, with the harmonic number `H`: a logarithm.
public func accumulatedNoise(_ added: Double, start: Double, fits: Int) -> Double {
  start + added * ((1...max(1, fits)).reduce(0.0) { $0 + 1 / Double($1) } - 1)
}

/// Returns the factor on the variance of a pixel that is the mean of several independent ones, the sum
/// of the squared normalised weights (F5): one over their number where they weigh the same.
public func overlapFactor(weights: [Double]) -> Double {
  let total = weights.reduce(0, +)
  return weights.reduce(0) { $0 + $1 * $1 } / (total * total)
}
