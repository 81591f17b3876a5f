import Comparison
import Recursion
import Statistics

/// A number about every run of a part of a study.
public struct Quantity: Equatable, Sendable {
  /// When it is measured.
  public enum Moment: Equatable, Sendable {
    /// At a generation.
    case generation(Int)
    /// At the last generation of the run.
    case last
  }

  /// What is made of the metric's value.
  public enum Transform: String, CaseIterable, Sendable {
    /// The value itself.
    case value
    /// 1 where the value is 0, else 0: the mean over runs is the share of those that have lost it.
    case lost
    /// The value's absolute distance from its value at generation 0.
    case drift
    /// The value over its value at generation 0: how fast two metrics fall that begin at other heights.
    case kept
  }

  /// The metric's id.
  public var metric: String

  /// The options, by name, that its runs have.
  public var runs: [String: String]

  /// When it is measured.
  public var moment: Moment

  /// What is made of it.
  public var transform: Transform

  /// Creates a quantity.
  public init(
    metric: String, runs: [String: String] = [:], moment: Moment = .last,
    transform: Transform = .value
  ) {
    self.metric = metric
    self.runs = runs
    self.moment = moment
    self.transform = transform
  }

  /// On which scale it is averaged over seeds: where it is a value or a ratio of values, as comparisons do.
  var scale: AveragingScale {
    switch transform {
    // A metric that cannot be ranked, such as precision, is averaged as it is.
    case .value, .kept: (try? ComparedMetric(metric))?.scale ?? .plain
    case .lost, .drift: .plain
    }
  }

  /// Whether a run belongs to it.
  ///
  /// A strategy is the same however it is written, and so is a number. An option that a run does not have
  /// is `none`.
  func includes(_ run: ComparedRun) -> Bool {
    runs.allSatisfy { key, wanted in
      guard key == Self.strategyKey else {
        let value = run.option(key) ?? "none"
        if let number = Double(wanted), let other = Double(value) { return number == other }
        return value == wanted
      }
      let strategy = try? StrategyCatalogue.strategy(named: wanted)
      return strategy != nil && strategy?.label == run.strategy?.label
    }
  }

  private static let strategyKey = "strategy"

  /// The number of a run; `nil` where it was not measured.
  func value(of run: ComparedRun) -> Double? {
    let generation =
      switch moment {
      case .generation(let generation): generation
      case .last: run.last
      }
    guard let value = run.value(metric, generation) else { return nil }
    switch transform {
    case .value: return value
    case .lost: return value == 0 ? 1 : 0
    case .drift: return run.value(metric, 0).map { abs(value - $0) }
    case .kept: return run.value(metric, 0).flatMap { $0 > 0 ? value / $0 : nil }
    }
  }
}
