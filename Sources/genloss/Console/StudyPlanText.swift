import GenerationLoss
import Storage
import Studies
import SystemPackage

/// What `genloss study --dry-run` prints.
struct StudyPlanText {
  private let setting: StudySetting
  private let shown: FilePath
  private let rows: [Row]

  /// A cell and how far it is.
  private struct Row {
    let cell: PlannedCell
    let state: State

    /// The share of its generations that is left to do.
    let left: Double
  }

  /// How far a cell is.
  private enum State: String {
    case done
    case new
    case begun
    case failed
    case refused
  }

  init(_ cells: [PlannedCell], _ setting: StudySetting, shown: FilePath) {
    self.setting = setting
    self.shown = shown
    rows = cells.map { cell in
      let folder = setting.folder
      if folder.isComplete(cell.name) { return Row(cell: cell, state: .done, left: 0) }
      guard case .run = cell.outlook else { return Row(cell: cell, state: .refused, left: 0) }
      let written = folder.generationCount(of: cell.name)
      let left = 1 - Double(written) / Double(max(1, cell.generationCount))
      let hasFailed = folder.failure(of: cell.name) != nil
      return Row(
        cell: cell, state: hasFailed ? .failed : written > 0 ? .begun : .new, left: max(0, left))
    }
  }

  /// The plan in words, or as one object.
  func output(asJSON: Bool) -> String { asJSON ? json.text : text }

  private var todo: [Row] { rows.filter { ![.done, .refused].contains($0.state) } }

  /// The time that is left on an idle machine: all cells over the jobs, and never less than the longest.
  private var seconds: Double {
    let each = todo.map { ($0.cell.estimate?.seconds ?? 0) * $0.left }
    return max(each.reduce(0, +) / Double(setting.jobs), each.max() ?? 0)
  }

  private var processorSeconds: Double {
    todo.reduce(0) { $0 + ($1.cell.estimate?.processorSeconds ?? 0) * $1.left }
  }

  /// The memory of the largest cells that may be running at a time.
  private var memoryBytes: Int {
    todo.map { $0.cell.estimate?.memoryBytes ?? 0 }.sorted(by: >).prefix(setting.jobs)
      .reduce(0, +)
  }

  /// What the cells take on the disk in the end, with what they have in common, which is there once.
  private var diskBytes: Int {
    // The same control of a longer loop is the same, and longer.
    let shared = Dictionary(
      rows.flatMap(\.cell.shared).map { ($0.name, $0.diskBytes) }, uniquingKeysWith: max)
    return rows.reduce(shared.values.reduce(0, +)) { $0 + ($1.cell.estimate?.diskBytes ?? 0) }
  }

  private func count(_ state: State) -> Int { rows.count { $0.state == state } }

  private var text: String {
    var lines = [
      StyledStream.output(
        .bold,
        "would run \(todo.count) of \(rows.count) cells in \(shown.printable), \(setting.jobs) at a "
          + "time with \(setting.threads) thread\(setting.threads == 1 ? "" : "s") each:")
    ]
    for row in rows {
      let title = FilePath.printable(Array(row.cell.cell.title.utf8))
      let state = row.state.rawValue + String(repeating: " ", count: 8 - row.state.rawValue.count)
      lines.append("  \(state)\(title)\(note(row))")
    }
    if count(.done) > 0 { lines.append("\(count(.done)) done") }
    if count(.refused) > 0 { lines.append("\(count(.refused)) cannot be run and would fail") }
    lines.append(
      "takes about \(DurationText.short(seconds)) on an idle machine, "
        + "\(FigureText.bytes(memoryBytes)) of memory, \(FigureText.bytes(diskBytes)) on the disk")
    return lines.joined(separator: "\n") + "\n"
  }

  private func note(_ row: Row) -> String {
    switch row.cell.outlook {
    case .refused(let reason): return ": \(reason)"
    case .run(_, _, let estimate):
      let failure = setting.folder.failure(of: row.cell.name)
      return row.state == .done
        ? ""
        : ": \(DurationText.short(estimate.seconds * row.left))"
          + (failure.map { " (failed before: \($0.message))" } ?? "")
    }
  }

  private var json: JSONValue {
    .object([
      .init("schema_version", .integer(1)), .init("folder", .string(setting.folder.path.string)),
      .init("jobs", .integer(setting.jobs)), .init("threads", .integer(setting.threads)),
      .init(
        "cells",
        .array(
          rows.map { row in
            .object([
              .init("name", .string(row.cell.name)), .init("cell", .string(row.cell.cell.title)),
              .init("state", .string(row.state.rawValue)),
              .init("seconds", .finite(row.cell.estimate.map { $0.seconds * row.left })),
            ])
          })),
      .init("seconds", .number(seconds)), .init("processor_seconds", .number(processorSeconds)),
      .init("memory_bytes", .integer(memoryBytes)), .init("disk_bytes", .integer(diskBytes)),
    ])
  }
}
