import Foundation

/// Returns the probability that a Poisson variable of this mean is `count` or more.
func poissonTail(atLeast count: Int, mean: Double) -> Double {
  guard count > 0 else { return 1 }
  guard mean > 0 else { return 0 }
  var term = exp(-mean)
  var below = 0.0
  for k in 0..<count {
    below += term
    term *= mean / Double(k + 1)
  }
  // Where the two sides cancel, the leading terms of the tail itself.
  guard below > 0.999 else { return 1 - below }
  var (tail, k) = (0.0, count)
  while term > tail * 1e-17 {
    tail += term
    k += 1
    term *= mean / Double(k)
  }
  return tail
}
