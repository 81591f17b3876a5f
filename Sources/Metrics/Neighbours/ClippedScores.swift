import Foundation
import LinearAlgebra

/// Clipped density and coverage: outliers cannot raise them, and their scale is that of a model that
/// hands out the real law with a given share of its samples.
///
/// - Note: Salvy, Talbot and Thirion 2025, <https://arxiv.org/abs/2507.01761>.
enum ClippedScores {
  /// Clipped density: the raw mean over that of the real samples among each other, at most 1.
  ///
  /// - Parameter scale: ``densityScale(radii:k:)``.
  static func density(_ raw: Estimate, scale: Double) -> Estimate {
    Estimate(
      value: min(1, raw.value / scale), standardError: raw.standardError.map { $0 / scale })
  }

  /// The mean over real samples of the other real samples that have them among their `k` nearest and no
  /// farther than the median radius, over `k` and at most 1: what the real law gives itself.
  ///
  /// Of equally near samples those with the lower rows are the nearest, so that each has exactly `k`.
  static func densityScale(radii: NeighbourRadii, k: Int) -> Double {
    let clip = radii.medianSquare(neighbour: k)
    let n = radii.squares.count / radii.count
    var counts = [Int](repeating: 0, count: n)
    for start in stride(from: 0, to: n * radii.count, by: radii.count) {
      for index in start..<start + k where radii.squares[index] <= clip {
        counts[radii.rows[index]] += 1
      }
    }
    return Double(counts.reduce(0) { $0 + min($1, k) }) / Double(k * n)
  }

  /// Clipped coverage: the least number of samples of the real law with which the raw mean would be
  /// expected, over `m + 1`.
  ///
  /// - Parameters:
  ///   - raw: The raw mean.
  ///   - n: The number of real samples.
  ///   - m: The number of generated samples.
  static func coverage(_ raw: Double, n: Int, m: Int, k: Int) -> Double {
    // Both are fractions that may be equal; rounding must not decide.
    let least = raw * (1 - 1e-11)
    var (low, high) = (0, m + 1)
    while low < high {
      let middle = (low + high) / 2
      let isEnough = expectedCoverage(n: n, m: middle, k: k) >= least
      if isEnough { high = middle } else { low = middle + 1 }
    }
    return Double(low) / Double(m + 1)
  }

  /// The mean of `min(count, k) / k` where `m` further samples of the law fall into the ball of a
  /// sample among `n`: the ball's mass has the law Beta(k, n - k), so that the count is beta-binomial.
  static func expectedCoverage(n: Int, m: Int, k: Int) -> Double {
    guard n > k else { return m > 0 ? 1 : 0 }
    let (a, b) = (Double(k), Double(n - k))
    let size = Double(m)
    // B(a, m + b) / B(a, b), as a product, which keeps the digits that differences of logarithms of
    // factorials lose; its logarithm, for it may be too small for a number.
    var logProbability = (0..<k).reduce(0) { $0 - log1p(size / (b + Double($1))) }
    var (mean, below) = (0.0, 0.0)
    for count in 0..<min(k, m + 1) {
      let (c, probability) = (Double(count), exp(logProbability))
      mean += c * probability
      below += probability
      logProbability += log((size - c) * (a + c) / ((c + 1) * (b + size - c - 1)))
    }
    return m < k ? mean / a : (mean + a * max(0, 1 - below)) / a
  }
}
