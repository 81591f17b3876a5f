import Foundation
import Statistics

/// When a falling quantity will cross a threshold, judged from the generations so far.
///
/// The logarithm is extrapolated: along a straight line, which a replace loop follows to first order, or
/// along a curve that settles, if that predicts better by Akaike's criterion. Values scatter about the
/// curve by measurement and wander off it as every generation inherits the errors of the last, so the
/// interval holds both: the residuals, and a random walk of the increments that is left when the
/// measurements' own noise is taken out of them.
public struct CrossingForecast: Equatable, Sendable {
  /// What is forecast.
  public enum Outcome: Equatable, Sendable {
    /// The threshold was crossed at this generation.
    case crossed(at: Int)

    /// It will be crossed at about `expected` (`nil` for never), by `earliest` at the soonest and
    /// `latest` at the latest (`nil` for perhaps never), with 95 % probability.
    case ahead(expected: Double?, earliest: Double, latest: Double?)

    /// Nothing can be said, for this reason.
    case unknown(String)
  }

  /// The last generation that the forecast knows.
  public let generation: Int

  /// The value below which the quantity has crossed.
  public let threshold: Double

  /// What is forecast.
  public let outcome: Outcome

  /// The curve that is extrapolated, in words; empty without one.
  public let law: String

  /// Whether the quantity falls, beyond doubt at the level of the interval; of one that has crossed,
  /// whether two values in a row lie beyond: a single one may be there by the noise of its measurement.
  ///
  /// In either case the values must lie below those of real sets: what cannot be told from real data has
  /// not fallen, however high generation 0's own value came out.
  public let isFalling: Bool

  /// The fewest values that a line and its error are fitted to.
  static let fewestValues = 4

  /// How much better, by Akaike's criterion, a settling curve must be to be believed: errors that are
  /// handed on look like a curve by chance, and more often than errors that are not.
  private static let advantage = 6.0

  /// The farthest that is looked ahead, in multiples of the generations so far.
  private static let farthest = 20.0

  /// Forecasts the crossing of a quantity.
  ///
  /// - Parameters:
  ///   - values: One a generation from 0 on, up to the last that is known.
  ///   - share: The threshold as a share of generation 0's value.
  ///   - isBelowReal: For each value, whether it lies below what real sets have; `nil` where nobody knows.
  public init(values: [Double], share: Double, isBelowReal: [Bool]? = nil) {
    generation = values.count - 1
    let threshold = (values.first ?? 0) * share
    self.threshold = threshold
    guard threshold > 0, values.allSatisfy(\.isFinite) else {
      (outcome, law, isFalling) = (.unknown("it is not positive at generation 0"), "", false)
      return
    }
    if let crossing = values.firstIndex(where: { $0 <= threshold }) {
      let isBeyond = values.indices.map { values[$0] <= threshold && isBelowReal?[$0] ?? true }
      let isConfirmed = zip(isBeyond, isBeyond.dropFirst()).contains { $0 && $1 }
      (outcome, law, isFalling) = (.crossed(at: crossing), "", isConfirmed)
      return
    }
    let times = values.indices.map(Double.init)
    let logs = values.map { log($0) }
    guard values.count >= Self.fewestValues,
      let line = CurveFit(.line, x: times, y: logs), let last = times.last
    else {
      (outcome, law, isFalling) = (
        .unknown("\(Self.fewestValues) generations are needed"), "", false
      )
      return
    }
    let settling = [CurveShape.exponentialApproach, .hyperbolicApproach]
      .compactMap { CurveFit($0, x: times, y: logs) }
      .filter { $0.coefficient < 0 }
      .min { $0.residualSquares < $1.residualSquares }
    let settles =
      if let settling, let curve = settling.akaike, let straight = line.akaike {
        curve < straight - Self.advantage
      } else { false }
    let wander = Wander(logs)
    let limit = log(threshold)
    let end = last + Self.farthest * last
    let straight = Self.crossings(of: line, wander, limit, from: last, to: end)
    let walk = Self.earliest(of: wander, limit, from: last, to: end)
    let slopeQuantile = upperQuantile(0.025, degreesOfFreedom: line.degreesOfFreedom)
    isFalling =
      isBelowReal?.last ?? true
      && line.coefficient + slopeQuantile * max(line.coefficientError, wander.slopeError) < 0
    guard settles, let settling else {
      law = "straight line in logarithms"
      outcome = .ahead(
        expected: straight.expected, earliest: min(straight.earliest ?? end, walk ?? end),
        latest: straight.latest)
      return
    }
    law = "settling curve in logarithms"
    let curved = Self.crossings(of: settling, wander, limit, from: last, to: end)
    // What settles now may go on falling: the line still says how soon it may be.
    outcome = .ahead(
      expected: curved.expected,
      earliest: min(curved.earliest ?? end, straight.earliest ?? end, walk ?? end),
      latest: curved.latest)
  }

  /// When a walk from the last value may first pass a limit, with the drift so far; `nil` for never.
  ///
  /// A walk that has passed is on either side later with equal chance, so that its first passage is
  /// twice as likely as to be beyond at one time: hence half of the tail.
  private static func earliest(
    of wander: Wander, _ limit: Double, from last: Double, to end: Double
  ) -> Double? {
    let quantile = upperQuantile(0.0125, degreesOfFreedom: max(1, Int(last) - 1))
    return times(from: last, to: end).first { time in
      let ahead = time - last
      return wander.value(ahead: ahead) - quantile * wander.variance(ahead: ahead).squareRoot()
        <= limit
    }
  }

  /// Times ahead, the nearest ones closest together.
  private static func times(
    from last: Double, to end: Double
  ) -> LazyMapSequence<ClosedRange<Int>, Double> {
    let steps = 4000
    return (1...steps).lazy.map { last + (end - last) * pow(Double($0) / Double(steps), 2) }
  }

  /// Where the curve and both ends of its band first pass a limit; `nil` where they do not.
  private static func crossings(
    of fit: CurveFit, _ wander: Wander, _ limit: Double, from last: Double, to end: Double
  ) -> (expected: Double?, earliest: Double?, latest: Double?) {
    let quantile = upperQuantile(0.025, degreesOfFreedom: fit.degreesOfFreedom)
    func first(_ signed: Double) -> Double? {
      times(from: last, to: end).first { time in
        let variance = max(fit.predictionVariance(time), wander.variance(ahead: time - last))
        return fit.value(time) + signed * quantile * variance.squareRoot() <= limit
      }
    }
    return (first(0), first(-1), first(1))
  }
}

/// A random walk with drift beneath noisy values: what one generation hands on to the next.
private struct Wander {
  /// The variance of a step of the walk.
  private let step: Double

  /// The variance of the noise of a value.
  private let noise: Double

  private let count: Double

  private let last: Double
  private let drift: Double

  /// Takes the walk and the noise apart: noise makes successive increments repel each other, with the
  /// covariance `−noise`; what else increments vary by is the walk.
  init(_ values: [Double]) {
    let increments = zip(values.dropFirst(), values).map { $0 - $1 }
    count = Double(max(1, increments.count))
    let mean = increments.reduce(0, +) / count
    last = values.last ?? 0
    drift = mean
    let deviations = increments.map { $0 - mean }
    let variance = deviations.reduce(0) { $0 + $1 * $1 } / max(1, count - 1)
    let covariance =
      zip(deviations, deviations.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / max(1, count - 1)
    noise = max(0, min(-covariance, variance / 2))
    step = max(0, variance - 2 * noise)
  }

  /// The value expected some generations ahead.
  func value(ahead: Double) -> Double { last + drift * ahead }

  /// The variance of a value some generations ahead, the drift's own error included.
  func variance(ahead: Double) -> Double { step * (ahead + ahead * ahead / count) + noise }

  /// One standard error of the drift.
  var slopeError: Double { (step / count).squareRoot() }
}
