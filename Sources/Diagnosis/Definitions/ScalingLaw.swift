import Foundation
import Randomness

/// The law `L(n) = E + A n^−a` of risk with the size of the training set, fitted to runs of different
/// sizes, with the errors of its constants.
///
/// - Note: Hestness et al. 2017, <https://arxiv.org/abs/1712.00409>; Dohmatob et al. 2024,
///   <https://arxiv.org/abs/2402.07043>.
struct ScalingLaw: Equatable, Sendable {
  /// A risk that was measured.
  struct Point: Equatable, Sendable {
    let sampleCount: Int
    let risk: Double
    let standardError: Double
  }

  /// A constant with one standard error.
  struct Constant: Equatable, Sendable {
    let value: Double
    let standardError: Double

    /// How many standard errors it lies from another, to either side.
    func distance(from other: Constant) -> Double {
      let error =
        (standardError * standardError + other.standardError * other.standardError).squareRoot()
      return error > 0 ? abs(value - other.value) / error : 0
    }
  }

  /// `E`, the risk that no size takes away.
  let floor: Constant

  /// `a`.
  let exponent: Constant

  /// The fewest sizes that three constants are fitted to.
  static let fewestSizes = 3

  private static let draws = 200

  /// Fits the law; `nil` for fewer than three sizes.
  ///
  /// Errors are those of fits to values that are drawn anew with their standard errors, from a fixed
  /// stream.
  init?(_ points: [Point]) {
    let sizes = points.map { Double($0.sampleCount) }
    guard Set(points.map(\.sampleCount)).count >= Self.fewestSizes,
      let fit = CurveFit(.inversePower, x: sizes, y: points.map(\.risk))
    else { return nil }
    var stream = RandomStream(seed: 0, purpose: "diagnosis/scaling-law")
    var drawn: [CurveFit] = []
    for _ in 0..<Self.draws {
      let risks = points.map { $0.risk + $0.standardError * stream.normal() }
      if let again = CurveFit(.inversePower, x: sizes, y: risks) { drawn.append(again) }
    }
    floor = Constant(
      value: fit.intercept, standardError: Self.deviation(drawn.map(\.intercept)))
    exponent = Constant(
      value: fit.parameter, standardError: Self.deviation(drawn.map(\.parameter)))
  }

  private static func deviation(_ values: [Double]) -> Double {
    let n = Double(max(1, values.count))
    let mean = values.reduce(0, +) / n
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, n - 1)).squareRoot()
  }
}
