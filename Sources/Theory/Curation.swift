import Foundation

/// Returns the variance of a Gaussian of variance `s2` after some generations of curation, in the limit
/// of endless candidates, by the reward `−x²/(2τ²)`: `s2/(1 + t s2/τ²)` (K2).
///
/// - Note: Ferbach et al. 2024, <https://arxiv.org/abs/2407.09499>.
public func curatedVariance(_ s2: Double, width: Double, generations t: Int) -> Double {
  s2 / (1 + Double(t) * s2 / (width * width))
}

/// Returns the factor on the variance of a normal number that is the larger of two, `1 − 1/π`: 0.682
/// (K3).
public let largerOfTwoVarianceFactor = 1 - 1 / Double.pi

/// Returns the mean after some generations of the larger of two under a refitted Gaussian, from mean 0
/// and variance 1: it moves by `σ/√π` while `σ²` shrinks by `1 − 1/π`, to 3.236 in the end (K3).
public func largerOfTwoMean(generations: Int) -> Double {
  var (mean, deviation) = (0.0, 1.0)
  for _ in 0..<generations {
    mean += deviation / Double.pi.squareRoot()
    deviation *= largerOfTwoVarianceFactor.squareRoot()
  }
  return mean
}
