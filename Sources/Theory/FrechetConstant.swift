import Foundation

/// Returns the constant `C` of the expected squared Fréchet distance `C / n` between a Gaussian law
/// and the Gaussian fitted to `n` of its samples (theory 0.3, A19).
///
///     C = (3/2) Σ lᵢ + Σ_{i<j} lᵢ lⱼ / (lᵢ + lⱼ).
///
/// - Parameter spectrum: The eigenvalues `l` of the covariance, in any order; what rounding left
///   below zero counts as zero.
/// - Returns: A number in squared units of the features; `l·d(d + 5)/4` for `d` equal eigenvalues.
/// - Complexity: O(d²).
public func frechetConstant(spectrum: [Double]) -> Double {
  let l = spectrum.filter { $0 > 0 }
  return 1.5 * l.reduce(0, +)
    + l.indices.reduce(0.0) { sum, i in
      sum + l[..<i].reduce(0.0) { $0 + $1 * l[i] / ($1 + l[i]) }
    }
}

/// Returns the constant `C` for any law (theory 0.3).
///
///     C = Σ lᵢ + Σ_{ij} Var(xᵢ xⱼ) / (2 (lᵢ + lⱼ)),
///
/// with `x` centred and in principal axes. The Gaussian constant is 3.5 to 5 % low on real
/// features.
///
/// - Parameters:
///   - spectrum: The `d` eigenvalues of the covariance, in the order of the principal axes.
///   - productVariances: `Var(xᵢ xⱼ)`, row after row, `d²` numbers.
/// - Returns: A number in squared units of the features.
public func frechetConstant(spectrum: [Double], productVariances: [Double]) -> Double {
  let d = spectrum.count
  precondition(
    productVariances.count == d * d, "\(productVariances.count) variances for \(d) axes")
  var constant = 0.0
  for i in 0..<d where spectrum[i] > 0 {
    constant += spectrum[i]
    for j in 0..<d where spectrum[j] > 0 {
      constant += productVariances[i * d + j] / (2 * (spectrum[i] + spectrum[j]))
    }
  }
  return constant
}

/// Returns the constant of the variance of the Fréchet distance over runs, `constant / n_e²`: `5/2` in
/// one dimension for unit variance (A8).
///
///     2 Σ lᵢ² (1 + 1/4) + 2 Σ_{i<j} (lᵢ lⱼ / (lᵢ + lⱼ))².
///
/// - Parameter spectrum: The eigenvalues of the covariance, in any order.
public func frechetVarianceConstant(spectrum: [Double]) -> Double {
  let l = spectrum.filter { $0 > 0 }
  return 2.5 * l.reduce(0) { $0 + $1 * $1 }
    + 2
    * l.indices.reduce(0.0) { sum, i in
      sum
        + l[..<i].reduce(0.0) { sum, value in
          let weight = value * l[i] / (value + l[i])
          return sum + weight * weight
        }
    }
}

/// Returns the expected squared Fréchet distance between two sets of samples of one Gaussian law,
/// `C (1/N₁ + 1/N₂)`: what a distance must exceed to mean anything (H1).
///
/// - Parameters:
///   - spectrum: The eigenvalues of the covariance.
///   - real: The number of real samples, or `nil` if the real moments are exact.
///   - generated: The number of generated samples, or `nil` if the model's moments are exact.
public func frechetFloor(spectrum: [Double], real: Int?, generated: Int?) -> Double {
  frechetConstant(spectrum: spectrum) * inverse(real, generated)
}

/// Returns the expected squared Fréchet distance of each generation from the real law, as it is
/// measured with finitely many samples.
///
/// To first order it is `C/n_e + C (1/N_real + 1/N_generated)` (theory 0.3, H1). The loop's part
/// cannot pass `2 tr S`, where the model has shrunk to a point that has drifted as far as the law
/// is wide (A21); the way there is `2 tr S · (1 − exp(−C / (2 n_e tr S)))`, the law of A21 in one
/// dimension for large `n` and in more dimensions an interpolation: within 15 % of simulation until
/// half of the plateau, and above it beyond.
///
/// - Parameters:
///   - spectrum: The eigenvalues of the real covariance, in the space of the distance.
///   - strategy: What every generation but the first is trained on.
///   - sizes: The sizes of the generations, the first of them real.
///   - real: The number of real samples of the measurement, or `nil` if the real moments are exact.
///   - generated: The number of generated ones, or `nil` if the model's own moments are used.
/// - Returns: One number a generation, in squared units of the features.
public func expectedFrechetDistance(
  spectrum: [Double], _ strategy: StrategyKind, _ sizes: [GenerationSizes],
  real: Int?, generated: Int?
) -> [Double] {
  LoopMoments(strategy.plans(sizes))
    .frechetDistances(spectrum: spectrum, real: real, generated: generated).map(\.value)
}

private func inverse(_ real: Int?, _ generated: Int?) -> Double {
  (real.map { 1 / Double($0) } ?? 0) + (generated.map { 1 / Double($0) } ?? 0)
}
