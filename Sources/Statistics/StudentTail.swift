import Foundation

/// Returns the probability that a Student variable exceeds `t`; with `nil` degrees of freedom, a standard
/// normal one.
///
/// `½ I(ν/(ν + t²); ν/2, ½)` for positive `t`. The relative error is below `10⁻¹⁰`.
///
/// - Note: Abramowitz and Stegun, 26.7.1 and 26.2.29.
package func upperTail(_ t: Double, degreesOfFreedom: Int?) -> Double {
  guard let degreesOfFreedom else { return 0.5 * erfc(t / 2.0.squareRoot()) }
  precondition(degreesOfFreedom > 0, "\(degreesOfFreedom) degrees of freedom")
  let nu = Double(degreesOfFreedom)
  guard t != 0 else { return 0.5 }
  guard t.isFinite else { return t > 0 ? 0 : 1 }
  let tail = 0.5 * regularizedIncompleteBeta(nu / (nu + t * t), nu / 2, 0.5)
  return t > 0 ? tail : 1 - tail
}

/// Returns the value that a Student variable exceeds with a probability below one half.
///
/// Bisection of ``upperTail(_:degreesOfFreedom:)``, which falls.
package func upperQuantile(_ probability: Double, degreesOfFreedom: Int?) -> Double {
  precondition(probability > 0 && probability < 0.5, "a tail of \(probability)")
  var (low, high) = (0.0, 1.0)
  while upperTail(high, degreesOfFreedom: degreesOfFreedom) > probability { high *= 2 }
  for _ in 0..<80 {
    let middle = (low + high) / 2
    if upperTail(middle, degreesOfFreedom: degreesOfFreedom) > probability {
      low = middle
    } else {
      high = middle
    }
  }
  return (low + high) / 2
}

/// The regularized incomplete beta function `I(x; a, b)`, by its continued fraction on the side where
/// that converges fast.
///
/// - Note: Abramowitz and Stegun, 26.5.8; Lentz, Appl. Opt. 15 (1976) 668–671.
func regularizedIncompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
  guard x > 0 else { return 0 }
  guard x < 1 else { return 1 }
  guard x <= (a + 1) / (a + b + 2) else { return 1 - regularizedIncompleteBeta(1 - x, b, a) }
  let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
  let tiny = 1e-300
  func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / kept(1 - (a + b) * x / (a + 1))
  var fraction = d
  for m in 1...10_000 {
    let m = Double(m)
    for numerator in [
      m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
      -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
    ] {
      d = 1 / kept(1 + numerator * d)
      c = kept(1 + numerator / c)
      fraction *= c * d
    }
    if abs(c * d - 1) < 1e-15 { break }
  }
  return front * fraction
}
