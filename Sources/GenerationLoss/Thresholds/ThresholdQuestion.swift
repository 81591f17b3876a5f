import Comparison
import Foundation
import Recursion
import Statistics
public import Studies
import Theory
public import Thresholds

/// A threshold to be found by runs.
public struct ThresholdQuestion {
  /// The runs.
  public private(set) var runs: ThresholdRuns

  /// The search, so far.
  public private(set) var search: ThresholdSearch

  /// The least number of samples that is tried unless the user asks for fewer.
  private static let leastSamples = 16

  /// Asks for the smallest value of the axis of the runs that keeps a bound.
  ///
  /// - Parameter range: Where to seek; `nil` for shares from 0 to 1, and for counts from few to all there
  ///   are.
  /// - Throws: ``ThresholdError/badRange(_:reason:)``, or what a run refuses.
  public init(
    _ runs: ThresholdRuns, keeping bound: KeptBound, in range: ClosedRange<Double>?,
    resolution: Double
  ) throws {
    var runs = runs
    let usual = try range ?? Self.usualRange(&runs)
    self.runs = runs
    search = ThresholdSearch(runs.axis, in: usual, keeping: bound, resolution: resolution)
  }

  private static func usualRange(_ runs: inout ThresholdRuns) throws -> ClosedRange<Double> {
    guard runs.axis.isCount else { return 0...1 }
    let most = try runs.mostSamples()
    let least = runs.axis == .reservoir ? try runs.leastReservoir(samples: most) : leastSamples
    guard least < most else {
      let reason =
        runs.axis == .reservoir
        ? "each generation draws \(least) of the \(most) originals there are. Draw fewer, such as with "
          + "--strategy reservoir:real=\(max(1, most / 4))."
        : "there are only \(most) samples to train on. Name a range."
      throw ThresholdError.badRange("\(least)..\(most)", reason: reason)
    }
    return Double(least)...Double(most)
  }

  /// What tells the question from others about the same loop: the seeds, where is sought, and how near.
  public var particulars: [String] {
    runs.seeds.map { "seed \($0)" }
      + ["\(search.range.lowerBound)..\(search.range.upperBound)", "\(search.resolution)"]
  }

  /// What would be run first: both ends.
  ///
  /// - Throws: what a run refuses.
  public mutating func planEnds() throws -> [[PlannedCell]] {
    try runs.plan(search.next.map { ThresholdRuns.Setting(x: $0) })
  }

  /// The number of values that will be run, about: the ends, the halving, and as much again for noise.
  public var expectedProbes: Int {
    3 + Int(log2(1 / search.resolution).rounded(.up)) + 2
  }

  /// Runs until the answer is known.
  ///
  /// - Parameters:
  ///   - trying: Told the values that are run next.
  ///   - report: Told what happens; it may throw to stop, and the same question goes on from there.
  /// - Throws: as `ThresholdRuns.readings`.
  public mutating func answer(
    trying: ([Double]) -> Void, report: (StudyEvent) throws -> Void
  ) throws -> ThresholdReport {
    var readings: [ThresholdReport.Reading] = []
    while case let values = search.next, !values.isEmpty {
      trying(values)
      let found = try runs.readings(
        values.map { ThresholdRuns.Setting(x: $0) }, of: search.bound, report: report)
      for (value, found) in zip(values, found) {
        try search.add(value, values: found.map(\.kept))
        readings += found
      }
    }
    let configuration = runs.configuration
    return ThresholdReport(
      search, theory: try theory(),
      data: try runs.data(seed: configuration.seed).name,
      strategy: try configuration.resolvedStrategy().label,
      generation: configuration.generations, seeds: runs.seeds, readings: readings)
  }

  /// What theory says, of the division of the first seed.
  private mutating func theory() throws -> TheoryAnswer {
    let (bound, generation) = (search.bound, runs.configuration.generations)
    let id = bound.metric.id
    guard TheoryOutlook.metrics.contains(id) else {
      return TheoryAnswer(silence: "it has no closed form for \(id)")
    }
    let seed = runs.configuration.seed
    let top = ThresholdRuns.Setting(x: search.range.upperBound)
    guard let outlook = try TheoryOutlook(runs.run(top, seed: seed)) else {
      return TheoryAnswer(silence: "the real samples do not vary")
    }
    var note = ""
    let answer = try TheoryAnswer(search) { x in
      let configuration = runs.configuration(ThresholdRuns.Setting(x: x), seed: seed)
      func centre(_ generation: Int) throws -> Double? {
        guard
          let (value, remark) = try outlook.prediction(
            of: id, at: generation, under: configuration)
        else { return nil }
        note = remark
        // What is averaged as a logarithm is held against the centre of logarithms.
        guard bound.metric.scale == .logarithmic, let range = value.range else {
          return value.value
        }
        return (range.lowerBound * range.upperBound).squareRoot()
      }
      return bound.kept(
        try centre(generation), first: bound.isRelative ? try centre(0) : nil)
    }
    guard answer.place != nil else {
      return TheoryAnswer(
        silence: "it has no closed form for this loop and \(id)")
    }
    return answer.noted(note)
  }
}
