import Diagnosis
import GenerationLoss
import Metrics
import Recursion
import Storage
import SystemPackage

/// What a run prints at its end.
struct RunReport {
  private let summary: RunSummary
  private let data: RealData

  init(_ summary: RunSummary, data: RealData) {
    self.summary = summary
    self.data = data
  }

  /// The metrics of the table, those that see collapse first, with the heads of their columns.
  private static let columns = [
    (metric: "frechet_distance", head: "FD"), (metric: "recall", head: "recall"),
    (metric: "distinct_nearest", head: "distinct"), (metric: "total_variance", head: "variance"),
    (metric: "precision", head: "precision"),
  ]

  /// A table of generations, what changed in a sentence, and where to look.
  var text: String {
    var lines = [StyledStream.output(.bold, summary.title.text), ""]
    lines += table
    lines.append("")
    lines += changes
    lines += reasons
    lines += warnings
    if let report = data.report, !report.skipped.isEmpty {
      lines.append(
        "skipped \(report.skipped.count) of \(report.found) files "
          + "(see \(summary.folder.appending("skipped.csv").printable))")
    }
    lines.append("look at \(lookAt)")
    return lines.joined(separator: "\n") + "\n"
  }

  private var space: String { Headline.leadingSpace(of: summary.generations.first ?? []) }

  private func value(_ metric: String, _ generation: Int) -> MetricValue? {
    summary.generations[generation].first { $0.metric == metric && $0.space == space }
  }

  private var table: [String] {
    let width = 12
    func cell(_ text: String) -> String {
      String(repeating: " ", count: max(1, width - text.count)) + text
    }
    let heads = Self.columns.map { cell($0.head) }.joined()
    var lines = [StyledStream.output(.bold, "generation" + heads)]
    for generation in summary.generations.indices {
      let name = String(repeating: " ", count: max(0, 10 - "\(generation)".count)) + "\(generation)"
      lines.append(
        name
          + Self.columns.map { column in
            cell(value(column.metric, generation)?.value.map(FigureText.significant) ?? "-")
          }.joined())
    }
    let band = Self.columns.map { column in
      cell(
        value(column.metric, 0)?.shownNull.map {
          "\(FigureText.significant($0.lowerBound))-\(FigureText.significant($0.upperBound))"
        } ?? "")
    }
    lines.append(StyledStream.output(.dim, " real-real" + band.joined()))
    return lines
  }

  private var changes: [String] {
    let last = summary.generations.count - 1
    guard last > 0 else { return [] }
    return Headline.metrics.compactMap { metric in
      guard let first = value(metric.id, 0)?.value, let final = value(metric.id, last)?.value else {
        return nil
      }
      let control = summary.control.last.flatMap { measurements in
        measurements.first { $0.metric == metric.id && $0.space == space }?.value
      }
      let change =
        first > 0 ? " (x \(FigureText.significant(final / first)))" : ""
      return "\(metric.label): \(FigureText.significant(first)) -> \(FigureText.significant(final))"
        + change + (control.map { "; control \(FigureText.significant($0))" } ?? "")
    }
  }

  /// What the brake did, and when the loop will have lost half of what it had if it goes on.
  private var warnings: [String] {
    let braking = summary.braking.map { [$0.reason] } ?? []
    guard summary.generations.count > 1 else { return braking }
    return braking + EarlyWarning(summary.generations).headlines
  }

  /// Why the first column of the table is empty, where it is.
  private var reasons: [String] {
    guard let leading = Self.columns.first, let first = value(leading.metric, 0),
      first.value == nil, !first.note.isEmpty
    else { return [] }
    return ["warning: no \(leading.head): \(first.note)"]
  }

  private var lookAt: String {
    let wanted = ["pictures/filmstrip.png", "pictures/timeline.png"]
    let there = wanted.filter(summary.pictures.contains)
    return there.map { summary.folder.appending($0).printable }.joined(separator: " and ")
  }

  /// Everything as one object.
  var json: JSONValue {
    .object([
      .init("schema_version", .integer(1)), .init("folder", .string(summary.folder.string)),
      .init("data", .string(summary.title.data)),
      .init("strategy", .string(summary.title.strategy)),
      .init("generator", .string(summary.title.generator)),
      .init("samples", .integer(summary.title.sampleCount)),
      .init("seed", .string(String(summary.title.seed))),
      .init("generations", .array(summary.generations.map(measurements))),
      .init("control", .array(summary.control.map(measurements))),
      .init("pictures", .array(summary.pictures.map { .string($0) })),
      .init("skipped", .integer(data.report?.skipped.count ?? 0)),
    ])
  }

  private func measurements(_ measurements: [MetricValue]) -> JSONValue {
    .array(measurements.map(\.json))
  }
}
