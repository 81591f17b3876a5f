import Comparison
import Foundation
import Recursion
import Statistics
public import Studies
public import Thresholds

/// What quality costs: a grid of runs under prices.
public struct FrontierQuestion {
  private var runs: ThresholdRuns
  private let settings: [ThresholdRuns.Setting]
  private let bound: KeptBound
  private let price: SamplePrice
  private let budget: Double?

  /// The real shares that are tried unless the user names others.
  private static let usualShares = [0, 0.05, 0.1, 0.25, 0.5, 1]

  /// The numbers of samples, as parts of all, that are tried unless the user names others.
  private static let usualParts = [0.25, 0.5, 1]

  /// Asks what quality costs.
  ///
  /// - Parameters:
  ///   - grid: The values of the axis; `nil` for the usual ones.
  ///   - sizes: The numbers of samples where the axis is another; `nil` for a quarter, half and all.
  /// - Throws: what a run refuses.
  public init(
    _ runs: ThresholdRuns, keeping bound: KeptBound, price: SamplePrice, budget: Double?,
    grid: [Double]?, sizes: [Int]?
  ) throws {
    var runs = runs
    let question = try ThresholdQuestion(
      runs, keeping: bound, in: grid == nil && runs.axis.isCount ? nil : 0...1, resolution: 0.5)
    runs = question.runs
    let range = question.search.range
    let values =
      grid ?? (runs.axis.isCount ? Self.halvings(of: range) : Self.usualShares)
    if runs.axis == .samples {
      settings = values.map { ThresholdRuns.Setting(x: $0) }
    } else {
      let top = try runs.run(ThresholdRuns.Setting(x: values.max() ?? 1), seed: runs.seeds[0])
      var configuration = top.configuration
      configuration.strategy = "refit"
      let all = try Run(
        configuration: configuration, data: top.data, illustrator: nil, command: [],
        version: Release.version
      ).plan().counts.training
      let counts =
        sizes ?? Self.usualParts.map { max(2, Int((Double(all) * $0).rounded())) }
      settings = counts.flatMap { count in
        values.map { ThresholdRuns.Setting(x: $0, samples: count) }
      }
    }
    self.runs = runs
    self.bound = bound
    self.price = price
    self.budget = budget
  }

  /// Six numbers from the most of a range downwards, each half of the one before.
  private static func halvings(of range: ClosedRange<Double>) -> [Double] {
    (0..<6).map { (range.upperBound / exp2(Double($0))).rounded() }
      .filter { range.contains($0) }.reversed()
  }

  /// What would be run.
  ///
  /// - Throws: what a run refuses.
  public mutating func plan() throws -> [[PlannedCell]] { try runs.plan(settings) }

  /// Runs the grid.
  ///
  /// - Throws: as `ThresholdRuns.readings`.
  public mutating func answer(report: (StudyEvent) throws -> Void) throws -> FrontierReport {
    let found = try runs.readings(settings, of: bound, report: report)
    let generations = runs.configuration.generations
    var points: [CostFrontier.Point] = []
    for (setting, readings) in zip(settings, found) {
      guard
        let summary = SampleSummary(readings.map(\.kept), scale: bound.metric.scale)
      else { throw ThresholdError.notAveraged(bound.metric.id) }
      let run = try runs.run(setting, seed: runs.seeds[0])
      let (plan, strategy) = (try run.plan(), try run.configuration.resolvedStrategy())
      points.append(
        CostFrontier.Point(
          x: setting.x, samples: plan.counts.training,
          real: strategy.distinctRealCount(
            generations: generations, budget: plan.counts.training, supply: plan.supply),
          synthetic: Double(
            strategy.syntheticCount(generations: generations, budget: plan.counts.training)),
          price: price, summary: summary))
    }
    return FrontierReport(
      CostFrontier(points, bound: bound, budget: budget), axis: runs.axis, price: price,
      data: try runs.data(seed: runs.seeds[0]).name,
      strategy: try runs.configuration.resolvedStrategy().label, generation: generations,
      seedCount: runs.seeds.count)
  }
}
