public import Metrics

/// What is done with a loop that is warned of.
public enum Brake: String, CaseIterable, Sendable {
  /// The run ends, whole.
  case stop
  /// The real share of its training sets is raised.
  case real
}

/// The rule by which a loop is warned of: a function of what was measured, and of nothing else, so that a
/// run that is resumed is braked at the same generation.
public protocol BrakeRule: Sendable {
  /// What the loop is warned of after these generations, in words; `nil` for nothing.
  func alarm(after generations: [[MetricValue]]) -> String?
}

/// What a brake did.
public struct Braking: Equatable, Sendable {
  /// The generation whose numbers gave the alarm; the next is the first that differs.
  public let generation: Int

  /// The real share of training sets from the next generation on; `nil` if the run was stopped.
  public let realShare: Double?

  /// What was done and why, in a sentence.
  public let reason: String

  /// Whether the run ended.
  public var stops: Bool { realShare == nil }

  /// What the first row of a brake says; `nil` without one.
  package static func first(in generations: [[MetricValue]]) -> Braking? {
    for (generation, measurements) in generations.enumerated() {
      let row = measurements.first {
        $0.metric == ModelMetric.brake.rawValue && $0.space == ModelMetric.space
      }
      if let row {
        return Braking(generation: generation, realShare: row.value, reason: row.note)
      }
    }
    return nil
  }
}

extension RecordedLoop {
  /// Whether the brake ended the loop in these generations.
  func isStopped(_ generations: [[MetricValue]]) -> Bool {
    brake != nil && Braking.first(in: generations)?.stops == true
  }

  /// Whether the brake changed the loop after a generation.
  func isBraked(after generation: Int, in generations: [[MetricValue]]) -> Bool {
    brake != nil && Braking.first(in: generations)?.generation == generation
  }

  /// The loop as it goes on after these generations, with the real share that the brake gave it.
  func engine(after generations: [[MetricValue]]) throws -> Engine {
    guard brake != nil, let braking = Braking.first(in: generations), !braking.stops else {
      return engine
    }
    var engine = engine
    engine.strategy = try engine.strategy.braked(
      from: braking.generation + 1, budget: engine.sampleCount)
    return engine
  }

  /// The row that says what the brake does after a generation; `nil` for nothing.
  ///
  /// It acts once.
  ///
  /// - Parameter earlier: The measurements of the generations before.
  func braking(
    after earlier: [[MetricValue]], _ measurements: [MetricValue]
  ) throws -> MetricValue? {
    guard let brake, Braking.first(in: earlier) == nil,
      let alarm = brake.rule.alarm(after: earlier + [measurements])
    else { return nil }
    let next = earlier.count + 1
    switch brake.action {
    case .stop:
      return row(nil, "the brake stopped the run after generation \(next - 1): \(alarm)")
    case .real:
      let share = engine.strategy.neededRealShare(budget: engine.sampleCount)
      let current = engine.strategy.realShare(at: next) ?? 0
      guard share > current else { return nil }
      return row(
        share,
        "the brake raised the real share from \(shown(current)) to \(shown(share)) from generation "
          + "\(next) on: \(alarm)")
    }
  }

  private func row(_ value: Double?, _ note: String) -> MetricValue {
    MetricValue(
      metric: ModelMetric.brake.rawValue, space: ModelMetric.space, value: value, note: note)
  }

  private func shown(_ share: Double) -> String {
    ((share * 1000).rounded() / 1000).plainText
  }
}
