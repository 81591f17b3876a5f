import GenerationLoss
import Storage
import Studies
import SystemPackage

/// What `genloss study --dry-run` prints.
struct StudyPlanText {
  private let setting: StudySetting
  private let shown: FilePath
  private let orphans: OrphanedRuns
  private let rows: [Row]

  /// The cells that would be run.
  private let todo: [Row]

  /// The share of the work of each cell that is left to do, without what others will have computed for it.
  private let shares: [Double]

  /// The time of each cell, in seconds.
  private let times: [Double]

  /// The bytes that the disk of the folder has room for; `nil` where the system does not say.
  private let freeBytes: Int?

  /// A cell and how far it is.
  private struct Row {
    let cell: PlannedCell
    let state: State

    /// The share of its generations that is left to do.
    let left: Double

    /// What is wrong with it, or was when it was last run; `nil` if nothing is known to be.
    let fault: String?

    /// Whether it would be run.
    var isToDo: Bool { ![.done, .refused].contains(state) }

    init(_ cell: PlannedCell, in folder: StudyFolder) {
      self.cell = cell
      let condition = folder.condition(of: cell.name)
      let written = folder.generationCount(of: cell.name)
      let share = 1 - Double(written) / Double(max(1, cell.generationCount))
      let failure = folder.failure(of: cell.name)
      (state, left, fault) =
        switch (condition, cell.outlook) {
        case (.finished, _): (.done, 0, nil)
        case (_, .refused(let reason)): (.refused, 0, reason)
        // How much of it is whole is seen when it is run.
        case (.damaged(let error), _): (.damaged, 1, error.fault)
        case (.unfinished, _):
          (
            failure != nil ? .failed : written > 0 ? .begun : .new, max(0, share),
            failure.map { "failed before: \($0.message)" }
          )
        }
    }
  }

  /// How far a cell is.
  private enum State: String {
    case done
    case damaged
    case new
    case begun
    case failed
    case refused
  }

  init(_ cells: [PlannedCell], _ setting: StudySetting, shown: FilePath, orphans: OrphanedRuns) {
    self.setting = setting
    self.orphans = orphans
    self.shown = shown
    rows = cells.map { Row($0, in: setting.folder) }
    todo = rows.filter(\.isToDo)
    shares = Self.shares(of: rows)
    times = zip(rows, shares).map { ($0.cell.estimate?.seconds ?? 0) * $1 }
    freeBytes = FileStore.freeBytes(for: setting.folder.path)
  }

  /// The plan in words, or as one object.
  func output(asJSON: Bool) -> String { asJSON ? json.text : text }

  /// Whether a cell cannot be run.
  var hasRefused: Bool { count(.refused) > 0 }

  /// See ``shares``.
  private static func shares(of rows: [Row]) -> [Double] {
    var computed = Set(rows.filter { $0.state == .done }.flatMap(\.cell.shared).map(\.name))
    return rows.map { row in
      let others = row.cell.shared.filter { computed.contains($0.name) }.map(\.workShare)
      if row.isToDo { computed.formUnion(row.cell.shared.map(\.name)) }
      return row.left * max(0, 1 - others.reduce(0, +))
    }
  }

  /// The time that is left on an idle machine: all cells over the jobs, and never less than the longest.
  private var seconds: Double {
    max(times.reduce(0, +) / Double(setting.jobs), times.max() ?? 0)
  }

  private var processorSeconds: Double {
    zip(rows, shares).reduce(0) { $0 + ($1.0.cell.estimate?.processorSeconds ?? 0) * $1.1 }
  }

  /// The memory of the largest cells that may be running at a time.
  private var memoryBytes: Int {
    todo.map { $0.cell.estimate?.memoryBytes ?? 0 }.sorted(by: >).prefix(setting.jobs)
      .reduce(0, +)
  }

  /// What the cells take on the disk in the end, with what they have in common, which is there once.
  private var diskBytes: Int {
    rows.reduce(Self.sharedBytes(of: rows)) { $0 + ($1.cell.estimate?.diskBytes ?? 0) }
  }

  /// The part of it that is not there yet.
  private var missingBytes: Int {
    let own = todo.reduce(0) { $0 + Int(Double($1.cell.estimate?.diskBytes ?? 0) * $1.left) }
    let begun = rows.filter { $0.left < 1 && $0.state != .refused }
    return own + max(0, Self.sharedBytes(of: todo + begun) - Self.sharedBytes(of: begun))
  }

  private static func sharedBytes(of rows: [Row]) -> Int {
    // The same control of a longer loop is the same, and longer.
    Dictionary(
      rows.flatMap(\.cell.shared).map { ($0.name, $0.diskBytes) }, uniquingKeysWith: max
    ).values.reduce(0, +)
  }

  private func count(_ state: State) -> Int { rows.count { $0.state == state } }

  private var text: String {
    var lines = [
      StyledStream.output(
        .bold,
        "would run \(todo.count) of \(rows.count) cells in \(shown.printable), \(setting.jobs) at a "
          + "time with \(setting.threads) thread\(setting.threads == 1 ? "" : "s") each:")
    ]
    for (row, time) in zip(rows, times) {
      let state = row.state.rawValue + String(repeating: " ", count: 8 - row.state.rawValue.count)
      let words = row.cell.cell.title + note(row, time)
      lines.append("  \(state)\(FilePath.printable(Array(words.utf8)))")
    }
    if count(.done) > 0 { lines.append("\(count(.done)) done") }
    if count(.damaged) > 0 { lines.append("\(count(.damaged)) damaged and computed again") }
    if hasRefused { lines.append("\(count(.refused)) cannot be run and would fail") }
    lines += CellLine.texts(orphans: orphans, in: shown)
    lines.append(cost)
    if let lack { lines.append(StyledStream.output(.yellow, "warning:") + " " + lack) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether anything would be run.
  var hasWork: Bool { !todo.isEmpty }

  /// What the cells take, in a line.
  var cost: String {
    "takes about \(DurationText.short(seconds)) on an idle machine, "
      + "\(FigureText.bytes(memoryBytes)) of memory, \(FigureText.bytes(diskBytes)) on the disk"
      + (freeBytes.map {
        " (\(FigureText.bytes(missingBytes)) to be written, \(FigureText.bytes($0)) free)"
      } ?? "")
  }

  /// That the disk has too little room; `nil` where it has enough, or nobody knows.
  var lack: String? {
    guard let freeBytes, missingBytes > freeBytes else { return nil }
    return "the disk of \(shown.printable) has too little room. Make room, or choose a folder on "
      + "another disk with --out."
  }

  private func note(_ row: Row, _ time: Double) -> String {
    // What a command printed before it failed has lines of its own.
    let fault = row.fault.map { $0.split(separator: "\n").joined(separator: " / ") }
    return switch row.state {
    case .done: ""
    case .refused: fault.map { ": \($0)" } ?? ""
    default: ": \(DurationText.short(time))" + (fault.map { " (\($0))" } ?? "")
    }
  }

  private var json: JSONValue {
    .object([
      .init("schema_version", .integer(1)), .init("folder", .string(setting.folder.path.string)),
      .init("jobs", .integer(setting.jobs)), .init("threads", .integer(setting.threads)),
      .init(
        "cells",
        .array(
          zip(rows, times).map { row, time in
            .object([
              .init("name", .string(row.cell.name)), .init("cell", .string(row.cell.cell.title)),
              .init("state", .string(row.state.rawValue)),
              .init("seconds", .finite(row.cell.estimate.map { _ in time })),
              .init("fault", row.fault.map { .string($0) } ?? .null),
            ])
          })),
      .init("orphans", .array(orphans.names.map { .string($0) })),
      .init("seconds", .number(seconds)), .init("processor_seconds", .number(processorSeconds)),
      .init("memory_bytes", .integer(memoryBytes)), .init("disk_bytes", .integer(diskBytes)),
      .init("disk_left_bytes", .integer(missingBytes)),
      .init("disk_free_bytes", freeBytes.map { .integer($0) } ?? .null),
    ])
  }
}
