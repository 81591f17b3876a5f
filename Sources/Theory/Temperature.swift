import Foundation

/// Returns the weights of a mixture that is drawn at a temperature in every generation and refitted to
/// endless samples, `πₜ ∝ π₀^(τ^−k)` after `k` draws (B5).
///
/// Below 1 the temperature leaves one component, above 1 all are drawn alike in the end (the heat death
/// of Marchi et al. 2024).
public func temperedWeights(_ weights: [Double], temperature: Double, draws: Int) -> [Double] {
  precondition(temperature > 0, "a temperature of \(temperature)")
  let exponent = pow(temperature, -Double(draws))
  let raised = weights.map { pow($0, exponent) }
  let total = raised.reduce(0, +)
  return raised.map { $0 / total }
}
