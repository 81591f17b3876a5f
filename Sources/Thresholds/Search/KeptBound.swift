public import Comparison
import Recursion
import Statistics

/// What a metric must keep: `recall=0.9`, `fd=12`, `variance=90%`.
///
/// A metric that collapse lowers must be at least the limit, one that it raises at most. A limit with a
/// per cent sign is a part of the same run's value at generation 0.
public struct KeptBound: Equatable, Sendable {
  /// The metric.
  public let metric: ComparedMetric

  /// The limit: an absolute value, or a share of generation 0's.
  public let limit: Double

  /// Whether the limit is a share of generation 0's value.
  public let isRelative: Bool

  /// Reads a bound.
  ///
  /// - Throws: ``ThresholdError/malformedBound(_:)``,
  ///   ``ThresholdError/impossibleBound(_:metric:range:)``, ``ThresholdError/unranked(_:)``, `ComparisonError`
  ///   for a metric that there is not.
  public init(_ text: String) throws {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[0].isEmpty else { throw ThresholdError.malformedBound(text) }
    metric = try Self.metric(String(sides[0]))
    isRelative = sides[1].utf8.last == UInt8(ascii: "%")
    let digits = isRelative ? sides[1].dropLast() : sides[1]
    guard let number = PlainNumber.read(digits) else { throw ThresholdError.malformedBound(text) }
    limit = isRelative ? number / 100 : number
    guard isRelative || metric.range.contains(number) else {
      throw ThresholdError.impossibleBound(text, metric: metric.id, range: metric.range)
    }
    // Of generation 0 nothing less than nothing can be kept, and logarithms need something.
    guard isRelative || metric.scale == .logarithmic ? limit > 0 : true else {
      throw ThresholdError.malformedBound(text)
    }
  }

  private static func metric(_ name: String) throws -> ComparedMetric {
    do {
      return try ComparedMetric(name)
    } catch {
      guard case .unranked(let id) = error else { throw error }
      throw ThresholdError.unranked(id)
    }
  }

  /// What is held against the limit: a value, or its ratio to generation 0's; `nil` where there is none.
  public func kept(_ value: Double?, first: Double?) -> Double? {
    guard let value, value.isFinite else { return nil }
    guard isRelative else { return value }
    guard let first, first > 0 else { return nil }
    return value / first
  }

  /// Whether a value keeps the bound, but for the rounding of a mean: shares of few samples meet a bound such
  /// as 0.9 exactly.
  public func isKept(by value: Double) -> Bool {
    let slack = 1e-12 * max(abs(value), abs(limit))
    return metric.isLowerBetter ? value <= limit + slack : value >= limit - slack
  }

  /// The part of an interval in which what is held against the limit can lie: Student's law knows nothing of
  /// shares.
  public func possible(_ interval: ClosedRange<Double>?) -> ClosedRange<Double>? {
    let range = metric.range
    return interval?.clamped(to: range.lowerBound...(isRelative ? .infinity : range.upperBound))
  }

  /// The bound in words: `recall at 0.9 or more`, `total_variance at 90 % of generation 0's or more`.
  public var words: String {
    let side = metric.isLowerBetter ? "less" : "more"
    return isRelative
      ? "\(metric.id) at \((limit * 100).plainText) % of generation 0's or \(side)"
      : "\(metric.id) at \(limit.plainText) or \(side)"
  }
}
