import Foundation

extension Sampling {
  /// Mixture weights as they are sampled: `π^(1/τ)` with the temperature τ, summing to 1.
  ///
  /// - Note: Marchi et al. 2024, <https://arxiv.org/abs/2404.02325>.
  func weights(_ weights: [Double]) -> [Double] {
    guard temperature != 1 else { return weights }
    // Taken relative to the largest, so that no power becomes 0 that need not.
    let largest = weights.max() ?? 1
    let powers = weights.map { pow($0 / largest, 1 / temperature) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// Whether latent numbers are normal, so that a density can be told.
  var isNormal: Bool { truncation == nil }
}
