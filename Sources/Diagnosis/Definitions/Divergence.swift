import Foundation
import Metrics

/// Whether a loop's risk goes on rising: the slope of its last half, and the law that fits the whole.
struct Divergence: Equatable, Sendable {
  /// Bits per dimension and generation over the last half.
  let slope: Double

  /// One standard error of ``slope``.
  let standardError: Double

  /// The degrees of freedom of ``standardError``.
  let degreesOfFreedom: Int

  /// Akaike's criterion of the best law that settles minus that of the best one that does not: positive
  /// where the risk diverges.
  let advantage: Double

  /// The fewest generations after 0: half of them make a slope with an error, all a choice of laws.
  static let fewestGenerations = 8

  /// Takes the risk of every generation; `nil` for fewer than nine values.
  init?(risks: [Double]) {
    guard risks.count > Self.fewestGenerations, risks.allSatisfy(\.isFinite) else { return nil }
    let times = risks.indices.map(Double.init)
    let half = risks.count / 2
    guard let line = CurveFit(.line, x: Array(times[half...]), y: Array(risks[half...])) else {
      return nil
    }
    func best(_ shapes: [CurveShape]) -> Double? {
      shapes.compactMap { CurveFit($0, x: times, y: risks)?.akaike }.min()
    }
    guard let bounded = best([.exponentialApproach, .hyperbolicApproach]),
      let unbounded = best([.line, .power])
    else { return nil }
    // A loop hands its errors on: about a trend its risk wanders, which the residuals of a line
    // understate. The mean increment has the error of a walk, and no smaller one is believed.
    let increments = zip(risks[(half + 1)...], risks[half...]).map { $0 - $1 }
    let count = Double(increments.count)
    let mean = increments.reduce(0, +) / count
    let variance = increments.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
    slope = line.coefficient
    standardError = max(line.coefficientError, (variance / count).squareRoot())
    degreesOfFreedom = line.degreesOfFreedom
    advantage = bounded - unbounded
  }
}
