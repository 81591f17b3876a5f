public import Comparison
import Foundation
import Recursion
import Statistics
public import Storage

/// What came of a search, in words and numbers.
public struct ThresholdReport: Sendable {
  /// The version of `threshold.json`.
  static let schemaVersion = 1

  /// The search, at its end.
  public let search: ThresholdSearch

  /// What theory says.
  public let theory: TheoryAnswer

  /// The data, as short as titles have them.
  public let data: String

  /// The strategy without what is changed.
  public let strategy: String

  /// The last generation, at which the metric is looked at.
  public let generation: Int

  /// The seeds.
  public let seeds: [UInt64]

  /// What was read of every run: of each value of the axis and each seed the metric, and generation 0's.
  public let readings: [Reading]

  /// What was read of one run.
  public struct Reading: Equatable, Sendable {
    /// The value of the axis.
    public let x: Double

    /// The seed.
    public let seed: UInt64

    /// The metric at the last generation.
    public let value: Double

    /// The metric at generation 0.
    public let first: Double?

    /// What is held against the limit.
    public let kept: Double

    /// Creates a reading.
    public init(x: Double, seed: UInt64, value: Double, first: Double?, kept: Double) {
      self.x = x
      self.seed = seed
      self.value = value
      self.first = first
      self.kept = kept
    }
  }

  /// Creates a report.
  public init(
    _ search: ThresholdSearch, theory: TheoryAnswer, data: String, strategy: String,
    generation: Int, seeds: [UInt64], readings: [Reading]
  ) {
    self.search = search
    self.theory = theory
    self.data = data
    self.strategy = strategy
    self.generation = generation
    self.seeds = seeds
    self.readings = readings.sorted { ($0.x, $0.seed) < ($1.x, $1.seed) }
  }

  private var axis: SweptAxis { search.axis }
  private var bound: KeptBound { search.bound }

  /// Title, strategy and what is asked, in a line.
  public var title: String {
    "\(data), \(strategy), generation \(generation): \(bound.words), "
      + "\(seeds.count) seed\(seeds.count == 1 ? "" : "s") a value"
  }

  /// The values that were run, with what came of them.
  public var table: ReportTable {
    let hasTheory = theory.place != nil
    let name = bound.metric.id + (bound.isRelative ? " / gen 0" : "")
    return ReportTable(
      title: title,
      columns: [axis.words, name, "95 % of the mean", "seeds that keep it", "mean keeps it"]
        + (hasTheory ? ["theory"] : []),
      rows: search.probes.map { probe in
        let kept = probe.summary.values.count(where: bound.isKept(by:))
        return [
          Self.text(probe.x), ReportNumber.short(probe.summary.mean),
          ReportNumber.range(probe.summary.interval), "\(kept) of \(probe.summary.values.count)",
          bound.isKept(by: probe.summary.mean) ? "yes" : "no",
        ] + (hasTheory ? [theory.value(at: probe.x).map(ReportNumber.short) ?? "-"] : [])
      }, words: [])
  }

  /// A value of the axis as people read it.
  ///
  /// Shares that were chosen are short as they are, such as 0.05; those that were computed are rounded.
  package static func text(_ x: Double) -> String {
    let plain = x.plainText
    return x == x.rounded() || plain.count <= 6 ? plain : ReportNumber.short(x)
  }

  /// The answer, what theory says to it, and what a reader must know.
  public var sentences: [String] {
    [answerSentence, theorySentence] + [Self.warning(ofSeeds: seeds.count)].compactMap { $0 }
      + (search.isCutOff ? [Self.cutOff] : []) + (isFarOff ? [farOff] : [])
  }

  /// Whether the bound may be a share or a percentage that was written as a value: one that every mean
  /// keeps, though it is at most 1, or that is ten times as far as any.
  private var isFarOff: Bool {
    let metric = bound.metric
    let means = search.probes.map(\.summary.mean)
    return !bound.isRelative && !metric.isLowerBetter && metric.range.upperBound == .infinity
      && (bound.limit <= 1 && means.allSatisfy { $0 > bound.limit }
        || means.allSatisfy { $0 > 10 * bound.limit }
        || means.allSatisfy { 10 * $0 < bound.limit })
  }

  private var farOff: String {
    "every mean lies on one side of that bound. A share of generation 0's value is written with a per "
      + "cent sign, such as --keep \(bound.metric.id)=90%"
  }

  private static let cutOff =
    "the search was ended at \(ThresholdSearch.mostProbes) values, before it came as near as "
    + "--resolution asks: chance leads it astray. Ask for more --seeds, or for less resolution"

  /// What a reader must know of so few seeds; `nil` for enough of them.
  static func warning(ofSeeds count: Int) -> String? {
    switch count {
    case ...1: "one seed tells nothing of others: there is no interval. Ask for more with --seeds"
    case 2: "two seeds give an interval that is hardly one. Ask for more with --seeds"
    default: nil
    }
  }

  private var answerSentence: String {
    let answer = search.answer
    let (low, high) = (Self.text(search.range.lowerBound), Self.text(search.range.upperBound))
    let asked = "\(bound.words) at generation \(generation)"
    switch answer.place {
    case .atLowEnd:
      let doubt =
        answer.most == .atLowEnd || !answer.hasInterval
        ? "" : "; " + Self.unsure(answer.most, high: high)
      return "\(axis.words) \(low), the least that was tried, keeps \(asked) already" + wrongWay
        + doubt
    case .beyondHighEnd:
      let doubt =
        answer.least == .beyondHighEnd || !answer.hasInterval
        ? "" : "; too few seeds to be sure, as the mean there may keep it"
      let end = "\(axis.words) \(high), the most that was tried,"
      return
        (wrongWay.isEmpty
        ? "not even \(end) keeps \(asked)" : "\(end) does not keep \(asked)\(wrongWay)") + doubt
    case .at(let value):
      let interval = answer.hasInterval ? " (95 %: \(Self.interval(answer, low, high)))" : ""
      return "the smallest \(axis.words) that keeps \(asked) is about \(Self.text(value))"
        + interval + wrongWay
    }
  }

  /// The values whose own means say the opposite of the answer, in which neighbours that get worse along
  /// the axis share theirs; empty if there are none.
  private var wrongWay: String {
    let place: Double? =
      switch search.answer.place {
      case .atLowEnd: search.range.lowerBound
      case .at(let value): value
      case .beyondHighEnd: nil
      }
    func values(_ isMeant: (Probe, Bool) -> Bool) -> String? {
      let texts = search.probes.filter { isMeant($0, bound.isKept(by: $0.summary.mean)) }
        .map { Self.text($0.x) }
      guard let last = texts.last else { return nil }
      return texts.count == 1 ? last : texts.dropLast().joined(separator: ", ") + " and " + last
    }
    let kept = values { probe, isKept in isKept && place.map { probe.x < $0 } ?? true }
    let failed = values { probe, isKept in !isKept && place.map { probe.x > $0 } ?? false }
    let words = [
      kept.map { "the mean at \($0) keeps it" }, failed.map { "the mean at \($0) does not" },
    ].compactMap { $0 }
    guard !words.isEmpty else { return "" }
    return ", although \(words.joined(separator: " and ")): "
      + "values in the wrong order share their mean"
  }

  private static func unsure(_ most: ThresholdAnswer.Place, high: String) -> String {
    switch most {
    case .atLowEnd: "the seeds agree"
    case .at(let value): "the seeds make that sure from \(text(value)) on only"
    case .beyondHighEnd: "the seeds make that sure nowhere up to \(high)"
    }
  }

  private static func interval(_ answer: ThresholdAnswer, _ low: String, _ high: String) -> String {
    func text(_ place: ThresholdAnswer.Place) -> String {
      switch place {
      case .atLowEnd: "\(low) or less"
      case .at(let value): Self.text(value)
      case .beyondHighEnd: "more than \(high)"
      }
    }
    return "\(text(answer.least)) to \(text(answer.most))"
  }

  private var theorySentence: String {
    let note = theory.note.isEmpty ? "" : " (\(theory.note))"
    switch theory.place {
    case nil: return "theory does not say: \(theory.note)"
    case .atLowEnd:
      return "theory: \(Self.text(search.range.lowerBound)) is enough\(note)"
    case .beyondHighEnd:
      return "theory: not even \(Self.text(search.range.upperBound)) is enough\(note)"
    case .at(let value): return "theory: about \(Self.text(value))\(note)"
    }
  }
}

extension ThresholdReport {
  /// A row for each run, with what came of its value of the axis beside it.
  public var csv: [UInt8] {
    CSV.table(
      columns: [
        axis.rawValue, "seed", "generation", "metric", "value", "value_at_0", "compared", "mean",
        "mean_low", "mean_high", "mean_keeps", "theory",
      ],
      rows: readings.map { reading in
        let summary = search.probes.first { $0.x == reading.x }?.summary
        return [
          .text(reading.x.plainText), .text("\(reading.seed)"), .integer(generation),
          .text(bound.metric.id), .number(reading.value), .number(reading.first),
          .number(reading.kept), .number(summary?.mean), .number(summary?.interval?.lowerBound),
          .number(summary?.interval?.upperBound),
          .text(summary.map { bound.isKept(by: $0.mean) } == true ? "true" : "false"),
          .number(theory.value(at: reading.x)),
        ]
      })
  }

  /// Everything as one object.
  public var json: JSONValue {
    let answer = search.answer
    func place(_ place: ThresholdAnswer.Place?) -> JSONValue {
      switch place {
      case nil: .null
      case .atLowEnd: "at-low-end"
      case .beyondHighEnd: "beyond-high-end"
      case .at(let value): .number(value)
      }
    }
    return .object([
      .init("schema_version", .integer(Self.schemaVersion)), .init("data", .string(data)),
      .init("strategy", .string(strategy)), .init("over", .string(axis.rawValue)),
      .init("low", .number(search.range.lowerBound)),
      .init("high", .number(search.range.upperBound)),
      .init("metric", .string(bound.metric.id)), .init("limit", .number(bound.limit)),
      .init("relative", .bool(bound.isRelative)),
      .init("lower_is_better", .bool(bound.metric.isLowerBetter)),
      .init("scale", .string(bound.metric.scale.rawValue)),
      .init("generation", .integer(generation)),
      .init("seeds", .array(seeds.map { .string("\($0)") })),
      .init("threshold", place(answer.place)),
      .init("threshold_low", answer.hasInterval ? place(answer.least) : .null),
      .init("threshold_high", answer.hasInterval ? place(answer.most) : .null),
      .init(
        "theory",
        .object([
          .init("threshold", place(theory.place)), .init("note", .string(theory.note)),
        ])),
      .init(
        "probes",
        .array(
          search.probes.map { probe in
            .object([
              .init("x", .number(probe.x)), .init("mean", .finite(probe.summary.mean)),
              .init("low", .finite(probe.summary.interval?.lowerBound)),
              .init("high", .finite(probe.summary.interval?.upperBound)),
              .init("keeps", .bool(bound.isKept(by: probe.summary.mean))),
              .init("values", .array(probe.summary.values.map { .finite($0) })),
              .init("theory", .finite(theory.value(at: probe.x))),
            ])
          })), .init("sentences", .array(sentences.map { .string($0) })),
    ])
  }
}
