import Diagnosis
import Foundation
import Recursion
import Statistics

/// When a quantity has fallen to half of what it was at generation 0, as the median over seeds.
public struct HalfLife: Equatable, Sendable {
  /// The generation; infinite if most loops never get there, `nil` if nothing can be said of most.
  public let generation: Double?

  /// Whether it lies beyond what was run, and is what the forecast says.
  public let isForecast: Bool

  /// What ``generation`` is, in a word.
  public var kind: String {
    guard let generation else { return "unknown" }
    return generation.isFinite ? (isForecast ? "forecast" : "seen") : "never"
  }

  /// Finds the half-life of series, one a seed, each a value a generation from 0 on.
  init(_ series: [[Double]]) {
    let outcomes = series.map { values -> (time: Double, isForecast: Bool) in
      switch CrossingForecast(values: values, share: 0.5).outcome {
      case .crossed(let generation): (Double(generation), false)
      case .ahead(let expected, _, _): (expected ?? .infinity, true)
      case .unknown: (.nan, true)
      }
    }
    let known = outcomes.filter { !$0.time.isNaN }.sorted { $0.time < $1.time }
    guard !known.isEmpty, 2 * known.count > outcomes.count else {
      (generation, isForecast) = (nil, false)
      return
    }
    generation = known.map(\.time).median
    isForecast = known[known.count / 2].isForecast
  }
}

/// When the early-warning rule first spoke, as the median over seeds.
public struct FirstAlarm: Equatable, Sendable {
  /// The generation; infinite where most loops were never warned of.
  public let generation: Double

  /// The generations that a loop needs before anything can be forecast.
  private static let fewest = 3

  /// Replays the rule on runs.
  init(_ runs: [ComparedRun], upTo last: Int) {
    generation =
      runs.map { run in
        let generations = run.record.generations
        let alarm = (min(Self.fewest, last)...last).first { generation in
          EarlyWarning(Array(generations[...generation])).alarm != nil
        }
        return alarm.map(Double.init) ?? .infinity
      }.median
  }
}
