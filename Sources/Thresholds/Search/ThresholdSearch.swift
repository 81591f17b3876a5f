import Comparison
import Foundation
import Statistics

/// The search for the smallest value of an axis that keeps a bound, in runs that chance rules.
///
/// A value passes if the mean over its seeds keeps the bound (the geometric mean of what chance
/// multiplies; see `ComparedMetric`). All values are run with the same seeds. The curve of the means, which
/// is taken not to get worse along the axis, is pooled where it does, and crosses the bound between two
/// neighbouring values; that gap is halved until it is narrow. The ends of the interval are the crossings
/// of the ends of the means' own 95 % intervals (Student's): the values at which the mean could be just the
/// bound. Their gaps are halved too, less far, and also where the mean keeps the bound everywhere or nowhere.
public struct ThresholdSearch: Sendable {
  /// What is changed.
  public let axis: SweptAxis

  /// The values between which is sought.
  public let range: ClosedRange<Double>

  /// What must be kept.
  public let bound: KeptBound

  /// The gap that is narrow enough, as a part of the range (of logarithms for counts).
  public let resolution: Double

  /// What was found so far, ascending.
  public private(set) var probes: [Probe] = []

  /// The gaps at the ends of the interval may be this much wider.
  private static let toleranceAtEnds = 4.0

  /// The most values that are run: far more than halving needs, unless noise leads it astray.
  public static let mostProbes = 40

  /// Begins a search.
  public init(
    _ axis: SweptAxis, in range: ClosedRange<Double>, keeping bound: KeptBound, resolution: Double
  ) {
    self.axis = axis
    self.range = range
    self.bound = bound
    self.resolution = resolution
  }

  /// Takes the values of all seeds at a value of the axis.
  ///
  /// - Throws: ``ThresholdError/notAveraged(_:)`` if they cannot be averaged.
  public mutating func add(_ x: Double, values: [Double]) throws(ThresholdError) {
    guard let probe = Probe(x: x, values: values, scale: bound.metric.scale) else {
      throw .notAveraged(bound.metric.id)
    }
    probes.append(probe)
    probes.sort { $0.x < $1.x }
  }

  /// The values to run next: both ends, then one at a time; none when all is known.
  public var next: [Double] {
    if probes.isEmpty { return [range.lowerBound, range.upperBound] }
    guard probes.count < Self.mostProbes else { return [] }
    return [wanted].compactMap { $0 }
  }

  /// Whether the search ended by the number of its values, before it came as near as was asked.
  public var isCutOff: Bool { probes.count >= Self.mostProbes && wanted != nil }

  /// The value that would tell most.
  private var wanted: Double? {
    middle(of: .mean, tolerance: resolution)
      ?? [Curve.better, .worse].lazy.compactMap {
        middle(of: $0, tolerance: Self.toleranceAtEnds * resolution)
      }.first
  }

  /// A curve over the axis: that of the means, or of the ends of their intervals.
  enum Curve {
    case mean
    case better
    case worse
  }

  private var sign: Double { bound.metric.isLowerBetter ? -1 : 1 }

  /// Heights that rise as things get better, on the scale on which means are taken.
  private func height(_ value: Double) -> Double {
    guard bound.metric.scale == .logarithmic else { return sign * value }
    return sign * (value > 0 ? log(value) : -.infinity)
  }

  func curve(_ curve: Curve) -> MonotoneCurve {
    let isLowerBetter = bound.metric.isLowerBetter
    return MonotoneCurve(
      places: probes.map { axis.coordinate($0.x) },
      values: probes.map { probe in
        switch curve {
        case .mean: height(probe.summary.mean)
        case .better: height(probe.end(better: true, isLowerBetter: isLowerBetter))
        case .worse: height(probe.end(better: false, isLowerBetter: isLowerBetter))
        }
      })
  }

  func crossing(_ curve: Curve) -> MonotoneCurve.Crossing {
    self.curve(curve).crossing(height(bound.limit))
  }

  /// The middle of the gap in which a curve crosses the bound; `nil` where that is narrow.
  private func middle(of curve: Curve, tolerance: Double) -> Double? {
    guard case .between(let low, let high, _) = crossing(curve) else { return nil }
    let span = axis.coordinate(range.upperBound) - axis.coordinate(range.lowerBound)
    let gap = axis.coordinate(probes[high].x) - axis.coordinate(probes[low].x)
    guard gap > tolerance * span * (1 + 1e-9) else { return nil }
    return axis.middle(probes[low].x, probes[high].x)
  }

  /// The value at a place of the line, between the ends: whole and rounded up for counts.
  func value(at place: Double) -> Double {
    let value = axis.value(at: place)
    let whole = axis.isCount ? (value - 1e-6).rounded(.up) : value
    return min(max(whole, range.lowerBound), range.upperBound)
  }
}
