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
    switch runs.axis {
    case .samples:
      let question = try ThresholdQuestion(
        runs, keeping: bound, in: grid == nil ? nil : 0...1, resolution: 0.5)
      runs = question.runs
      settings = (grid ?? Self.halvings(of: question.search.range)).map {
        ThresholdRuns.Setting(x: $0)
      }
    case .realShare, .reservoir:
      let all = try runs.mostSamples()
      let counts =
        sizes ?? Self.usualParts.map { max(2, Int((Double(all) * $0).rounded())) }
      settings = try counts.flatMap { count in
        try Self.values(grid, besides: count, isChosen: sizes != nil, runs)
          .map { ThresholdRuns.Setting(x: $0, samples: count) }
      }
    }
    guard !settings.isEmpty else {
      throw ThresholdError.badGrid(
        "--grid", reason: "no generation can draw its real samples from so few originals.")
    }
    self.runs = runs
    self.bound = bound
    self.price = price
    self.budget = budget
  }

  /// The values of the axis beside a number of samples.
  ///
  /// A reservoir has room for what each generation draws, and no more originals than there are. Values that
  /// a user chose are left out only beside sizes that nobody chose.
  private static func values(
    _ grid: [Double]?, besides count: Int, isChosen: Bool, _ runs: ThresholdRuns
  ) throws -> [Double] {
    guard runs.axis == .reservoir else { return grid ?? usualShares }
    if let grid, isChosen { return grid }
    let least = try runs.leastReservoir(samples: count)
    guard least <= count else { return [] }
    let range = Double(least)...Double(count)
    return grid.map { $0.filter(range.contains) }
      ?? Array(Set(halvings(of: range) + [Double(least)])).sorted()
  }

  /// Six numbers from the most of a range downwards, each half of the one before.
  private static func halvings(of range: ClosedRange<Double>) -> [Double] {
    (0..<6).map { (range.upperBound / exp2(Double($0))).rounded() }
      .filter { range.contains($0) }.reversed()
  }

  /// What tells the question from others about the same loop: the seeds, what is tried, and the budget.
  public var particulars: [String] {
    runs.seeds.map { "seed \($0)" }
      + settings.map { "\($0.x) of \($0.samples.map(String.init) ?? "all")" }
      + [budget.map { "\($0)" } ?? "no budget"]
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
