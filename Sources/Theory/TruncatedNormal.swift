import Foundation

/// Returns the factor on the variance of a normal number whose law is cut off at `±c` standard
/// deviations, `1 − 2cφ(c)/(2Φ(c) − 1)`: 0.291 for 1, 0.774 for 2, 0.973 for 3 (B4).
public func truncatedVarianceFactor(deviations c: Double) -> Double {
  precondition(c > 0, "nothing lies within \(c) deviations")
  return 1 - 2 * c * normalDensity(c) / (2 * normalProbability(c) - 1)
}

/// Returns the factor on the covariance of a `d`-dimensional Gaussian of which the likeliest fraction is
/// kept, `P(χ²_{d+2} ≤ c)/f` where `P(χ²_d ≤ c) = f` (B3): 0.881 for `d = 20` and `f = 0.8`.
///
/// - Parameter fraction: The fraction `f` kept, above 0 and below 1.
public func likeliestVarianceFactor(fraction f: Double, dimension d: Int) -> Double {
  precondition(f > 0 && f < 1, "a fraction of \(f)")
  var (low, high) = (0.0, Double(d) + 10)
  while chiSquaredProbability(high, degrees: d) < f { high *= 2 }
  for _ in 0..<200 {
    let middle = (low + high) / 2
    if chiSquaredProbability(middle, degrees: d) < f { low = middle } else { high = middle }
  }
  return chiSquaredProbability(high, degrees: d + 2) / f
}

/// The probability that a sum of the squares of `degrees` standard normal numbers is at most `x`.
///
/// The series of the incomplete gamma function, whose terms are all positive.
func chiSquaredProbability(_ x: Double, degrees: Int) -> Double {
  guard x > 0 else { return 0 }
  let (a, y) = (Double(degrees) / 2, x / 2)
  var term = exp(a * log(y) - y - lgamma(a + 1))
  var sum = term
  var k = 1.0
  while term > 1e-17 * sum {
    term *= y / (a + k)
    sum += term
    k += 1
  }
  return min(1, sum)
}
