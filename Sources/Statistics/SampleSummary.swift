import Foundation
import Randomness

/// On which scale values are averaged.
public enum AveragingScale: String, Equatable, Sendable {
  /// The values themselves.
  case plain
  /// Their logarithms, for quantities that chance multiplies: the mean of such values over seeds is
  /// decided by the rare seeds that keep most, and says nothing of a typical one (theory A4).
  case logarithmic
}

/// The average of some values with its uncertainty.
public struct SampleSummary: Equatable, Sendable {
  /// The values, as they were given.
  public let values: [Double]

  /// On which scale they are averaged.
  public let scale: AveragingScale

  /// The mean; on the logarithmic scale the exponential of the mean logarithm, which is 0 if a value is.
  public let mean: Double

  /// The median.
  public let median: Double

  /// The 95 % interval of the mean by Student's law; `nil` for fewer than two values, or a logarithm of 0.
  public let interval: ClosedRange<Double>?

  /// The 95 % interval of the mean by the bootstrap: between percentiles of the means of resamples; `nil`
  /// for fewer than three values, where resamples are too few, or a logarithm of 0.
  public let bootstrapInterval: ClosedRange<Double>?

  /// The resamples of the bootstrap.
  static let resamples = 2000

  /// Summarises values; `nil` if there are none, one is not finite, or one is below 0 on the logarithmic
  /// scale.
  public init?(_ values: [Double], scale: AveragingScale = .plain, seed: UInt64 = 1) {
    let scaled = scale == .plain ? values : values.map { $0 >= 0 ? log($0) : .nan }
    guard !values.isEmpty, values.allSatisfy(\.isFinite), !scaled.contains(where: \.isNaN)
    else { return nil }
    func back(_ value: Double) -> Double { scale == .plain ? value : exp(value) }
    func back(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
      back(range.lowerBound)...back(range.upperBound)
    }
    self.values = values
    self.scale = scale
    mean = back(scaled.mean)
    median = values.median
    let isFinite = scaled.allSatisfy(\.isFinite)
    interval = isFinite ? scaled.studentInterval.map(back) : nil
    bootstrapInterval = isFinite ? Self.bootstrap(scaled, seed: seed).map(back) : nil
  }

  /// - Note: Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 13.3.
  private static func bootstrap(_ values: [Double], seed: UInt64) -> ClosedRange<Double>? {
    guard values.count >= 3 else { return nil }
    var stream = RandomStream(seed: seed, purpose: "bootstrap", sample: values.count)
    let means = (0..<resamples).map { _ in
      (0..<values.count).reduce(0) { sum, _ in
        sum + values[stream.integer(below: values.count)]
      } / Double(values.count)
    }.sorted()
    return means.quantile(0.025)...means.quantile(0.975)
  }
}

extension [Double] {
  /// The mean; not a number for none.
  package var mean: Double { reduce(0, +) / Double(count) }

  /// The standard deviation with `n − 1`; 0 for one value.
  package var deviation: Double {
    let center = mean
    return (reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(Swift.max(1, count - 1)))
      .squareRoot()
  }

  /// The median; that of an even number lies between the two in the middle, and none has one.
  package var median: Double {
    let ordered = sorted()
    guard !ordered.isEmpty else { return .nan }
    let middle = ordered.count / 2
    // Two infinite values in the middle are equal, and have no mean.
    return ordered.count % 2 == 1 || ordered[middle - 1] == ordered[middle]
      ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2
  }

  /// A quantile of values that ascend, linear between them.
  func quantile(_ share: Double) -> Double {
    let place = share * Double(count - 1)
    let lower = Swift.min(Int(place), count - 1)
    let upper = Swift.min(lower + 1, count - 1)
    return self[lower] + (place - Double(lower)) * (self[upper] - self[lower])
  }

  /// The 95 % interval of the mean by Student's law; `nil` for fewer than two values.
  package var studentInterval: ClosedRange<Double>? {
    guard count > 1 else { return nil }
    let half =
      upperQuantile(0.025, degreesOfFreedom: count - 1) * deviation
      / Double(count).squareRoot()
    return mean - half...mean + half
  }
}
