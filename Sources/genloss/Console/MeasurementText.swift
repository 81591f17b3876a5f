import Foundation
import GenerationLoss
import Metrics
import Storage
import SystemPackage

/// A measurement in words: a sentence and a table, or one JSON object.
struct MeasurementText {
  let measurement: SetMeasurement
  let real: MeasuredData
  let generated: [MeasuredData]
  let train: MeasuredData?

  /// What carries the distance of each generated set; empty where nobody asked.
  let explanations: [Explanation]

  /// What carries a distance, in words, and where the rest is.
  struct Explanation {
    let text: String
    let files: [FilePath]
  }

  init(
    _ measurement: SetMeasurement, real: MeasuredData, generated: [MeasuredData],
    train: MeasuredData?, explanations: [Explanation]
  ) {
    self.explanations = explanations
    self.measurement = measurement
    self.real = real
    self.generated = generated
    self.train = train
  }

  /// The sentence and the table of every generated set.
  var table: String {
    var lines: [String] = []
    for index in generated.indices {
      lines += section(index)
      lines.append("")
      guard explanations.indices.contains(index) else { continue }
      let explanation = explanations[index]
      lines.append(explanation.text)
      lines.append("look at \(explanation.files.map(\.printable).joined(separator: " "))")
      lines.append("")
    }
    let sequence = SequenceTable(measurement, sets: generated).lines
    if !sequence.isEmpty { lines += sequence + [""] }
    lines += notes
    return lines.joined(separator: "\n") + "\n"
  }

  /// One number and the space it was measured in.
  private struct Row {
    let space: String
    let value: MeasuredValue
  }

  private func section(_ index: Int) -> [String] {
    let rows = measurement.spaces.flatMap { space in
      space.values[index].map { Row(space: space.name, value: $0) }
    }
    // Those farthest from real data first, those without a z last, in the order of the metrics.
    let sorted = rows.enumerated().sorted { first, second in
      let (a, b) = (
        first.element.value.z.map(abs) ?? -1, second.element.value.z.map(abs) ?? -1
      )
      return a == b ? first.offset < second.offset : a > b
    }.map(\.element)
    var previous: [String: String] = [:]
    for space in measurement.spaces {
      for value in space.previous[index] {
        previous["\(space.name) \(value.id)"] = Self.number(value.estimate?.value)
      }
    }
    let title = "\(name(generated[index])) beside \(name(real))"
    var lines = [
      StyledStream.output(.bold, title),
      MeasurementSummary(
        sets: measurement.spaces.map { (space: $0.name, values: $0.values[index]) }
      ).sentence, "",
    ]
    var cells = [
      ["metric", "space", "value", "", "at null size", "real halves (95 %)", "z"]
        + (previous.isEmpty ? [] : ["to previous"])
    ]
    for row in sorted {
      let value = row.value
      var line = [value.id, row.space, Self.number(value.estimate?.value)]
      line.append(value.estimate?.standardError.map { "± \(Self.number($0))" } ?? "")
      line.append(Self.number(value.valueAtNullSize))
      line.append(Self.band(value.null?.range))
      line.append(value.z.map { FigureText.widths($0, sign: "+") } ?? "-")
      if !previous.isEmpty { line.append(previous["\(row.space) \(value.id)"] ?? "-") }
      cells.append(line)
    }
    lines += Self.aligned(cells)
    return lines
  }

  static func number(_ value: Double?) -> String {
    value.map(FigureText.significant) ?? "-"
  }

  private static func band(_ range: ClosedRange<Double>?) -> String {
    range.map { "\(number($0.lowerBound)) to \(number($0.upperBound))" } ?? "-"
  }

  /// Columns: names on the left, numbers on the right.
  private static func aligned(_ cells: [[String]]) -> [String] {
    aligned(cells) { $0 < 2 || $0 == 3 }
  }

  /// Columns, some of them aligned on the left, below bold headings.
  static func aligned(_ cells: [[String]], left isLeft: (Int) -> Bool) -> [String] {
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.enumerated().map { index, row in
      let line = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return isLeft(column) ? row[column] + padding : padding + row[column]
      }.joined(separator: "  ")
      return index == 0 ? StyledStream.output(.bold, line) : line
    }
  }

  private func name(_ set: MeasuredData) -> String {
    let kind = set.shape.map { "pictures of \($0.width) x \($0.height)" } ?? "rows"
    return "\(FilePath(set.name).printable) (\(set.count) \(kind))"
  }

  /// What a reader must know, each thing once.
  private var notes: [String] {
    var lines: [String] = []
    var halves: Set<String> = []
    for space in measurement.spaces {
      if let reason = space.unavailable {
        lines.append("\(space.name): \(reason)")
        continue
      }
      var told: [String: [String]] = [:]
      var order: [String] = []
      for value in space.values.joined() {
        if let null = value.null {
          halves.insert("\(null.n) and \(null.m) real samples, \(null.splits) splits")
        }
        guard !value.note.isEmpty else { continue }
        if told[value.note] == nil { order.append(value.note) }
        if told[value.note]?.contains(value.id) != true {
          told[value.note, default: []].append(value.id)
        }
      }
      lines += order.map { note in
        "\(space.name): \(told[note, default: []].joined(separator: ", ")): \(note)"
      }
      lines.append("\(space.name): \(space.preprocessing).")
    }
    for half in halves.sorted() { lines.append("Null bands: \(half).") }
    lines += ([real] + generated + (train.map { [$0] } ?? [])).compactMap(FolderReportText.skipped)
    return lines.map { StyledStream.output(.dim, $0) }
  }
}
