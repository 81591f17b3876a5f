import Foundation

/// Returns the share of real samples at which a loop with fresh data loses the fraction `loss` of its
/// variance: the solution `p` of `1/D = loss`, about `(1 − loss)/(2 N loss)` (D9).
///
/// - Parameters:
///   - loss: The fraction of the variance that may be lost, between `1/N` and 1.
///   - total: The training samples `N` of each fit.
public func anchoringShare(loss: Double, total: Int) -> Double {
  let n = Double(total)
  precondition(loss * n > 1 && loss < 1, "a loss of \(loss) with \(total) samples")
  // N q² − q + 1/loss − N = 0.
  let q = (1 + (1 + 4 * n * (n - 1 / loss)).squareRoot()) / (2 * n)
  return 1 - q
}
