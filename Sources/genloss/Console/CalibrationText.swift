import Foundation
import GenerationLoss
import Metrics

/// A calibration as a sentence and a table.
struct CalibrationText {
  let calibration: Calibration
  let report: CalibrationReport

  /// Whether every metric has its line.
  let isWhole: Bool

  /// The lines that a terminal shows at once.
  private static let shownLines = 24

  /// The sentence, a line a metric, and what a reader must know.
  var text: String {
    let rows = shownRows
    var cells = [["metric", "space", "false alarms"] + calibration.damages.map(\.rawValue)]
    for row in rows {
      let alarms = row.power.falseAlarms
      cells.append(
        [
          row.power.id, row.space,
          "\(Self.share(alarms)) (\(Self.share(alarms.interval.lowerBound))-"
            + "\(Self.share(alarms.interval.upperBound)))"
            + (report.isUnreliable(row) ? "!" : ""),
        ] + calibration.damages.map { row.power.power[$0].map(Self.signed) ?? "-" })
    }
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    let table = cells.enumerated().map { index, row in
      let line = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column < 2 ? row[column] + padding : padding + row[column]
      }.joined(separator: "  ")
      return index == 0 ? StyledStream.output(.bold, line) : line
    }
    return ([report.sentence, ""] + table + [""] + notes).joined(separator: "\n") + "\n"
  }

  /// The first rows, and those that the sentence names.
  private var shownRows: [CalibrationReport.Row] {
    guard !isWhole else { return report.rows }
    let named = Set(calibration.damages.compactMap { report.best(for: $0)?.name })
    return report.rows.enumerated().filter { index, row in
      index < Self.shownLines || named.contains(row.name)
    }.map(\.element)
  }

  private static func share(_ share: MetricPower.Share) -> String { Self.share(share.value) }

  private static func share(_ value: Double) -> String { String(format: "%.2f", value) }

  /// The share, with the direction in which the metric moves.
  private static func signed(_ share: MetricPower.Share) -> String {
    guard share.count > 0, let score = share.meanScore else { return Self.share(share.value) }
    return (score < 0 ? "-" : "+") + Self.share(share.value)
  }

  private var notes: [String] {
    let settings = calibration.settings
    let repeats = Double(settings.repeats)
    let half = 1.96 * (0.25 / repeats).squareRoot()
    var lines = [
      "Each number: the share of \(settings.repeats) repetitions in which |z| exceeds "
        + "\(String(format: "%.2f", calibration.threshold)), set for "
        + "\(CalibrationReport.percent(settings.level)) false alarms; + or -: the way the metric moves. "
        + "Of \(settings.repeats) repetitions a share of one half is known to "
        + "± \(String(format: "%.2f", half)) (95 %). The sentence says that a metric finds a damage where that is "
        + "at least \(CalibrationReport.percent(CalibrationReport.goodPower)) of them.",
      modes,
    ]
    let hidden = report.rows.count - shownRows.count
    if hidden > 0 {
      lines.insert(
        "\(hidden) more, which find less, in calibration.csv; --verbose shows them.", at: 0)
    }
    if !calibration.missing.isEmpty {
      lines.append(
        "Not planted, for too few samples would be left: "
          + calibration.missing.map(\.rawValue).joined(separator: ", ") + ".")
    }
    for space in calibration.spaces {
      if let reason = space.reason { lines.append("\(space.name): \(reason)") }
      if !space.unavailable.isEmpty {
        lines.append(
          "\(space.name): no value in some repetitions: "
            + space.unavailable.joined(separator: ", ") + ".")
      }
    }
    return lines.map { StyledStream.output(.dim, $0) }
  }

  private var modes: String {
    switch calibration.modes {
    case .classes(let count): "Modes are the \(count) classes."
    case .bins(let count): "Modes are \(count) bins of k-means."
    }
  }
}
