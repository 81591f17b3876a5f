import Foundation

/// Returns the constants `g₁ … g_k` of mode survival: `g₁ = 1`, `g_{k+1} = 1 − exp(−g_k)` (E2).
///
/// `g_k` is about `2 / (k + 1 + ln(k)/3)`.
public func survivalConstants(_ count: Int) -> [Double] {
  var constants: [Double] = []
  for _ in 0..<count { constants.append(constants.last.map { -expm1(-$0) } ?? 1) }
  return constants
}

/// Returns the probability that a mode is alive after some generations of replace,
/// `1 − exp(−c g_k)` (E2).
///
/// Exact for Poisson counts and excellent for multinomial ones. A mode seen `c` times survives
/// about `2c` to `3c` generations.
///
/// - Parameters:
///   - expectedCount: The number `c` of real training samples expected in the mode.
///   - generations: The number `k` of generations; after 0 every mode is alive.
public func modeSurvival(expectedCount: Double, generations: Int) -> Double {
  survivalConstants(generations).last.map { -expm1(-expectedCount * $0) } ?? 1
}

/// Returns the expected number of different real samples left after 0, 1 … generations of a
/// bootstrap of `n` (E4): `n`, then `n (1 − (1 − 1/n)ⁿ)`, about `0.632 n`, and at last about
/// `2n/t`.
///
/// The lines of descent are taken as independent, each copy having binomially many copies in the
/// next generation: exact after one generation, and within a few percent while many are left.
///
/// - Parameters:
///   - n: The number of samples.
///   - generations: The number of generations.
/// - Returns: `generations + 1` numbers.
public func expectedDistinctOriginals(_ n: Int, generations: Int) -> [Double] {
  let size = Double(n)
  var alive = [1.0]
  for _ in 0..<generations {
    alive.append(-expm1(size * log1p(-alive[alive.count - 1] / size)))
  }
  return alive.map { $0 * size }
}
