import GenerationLoss
import Storage
import Studies
import SystemPackage

/// What a study prints at its end.
struct StudyReport {
  private let outcome: StudyOutcome
  private let setting: StudySetting
  private let shown: FilePath
  private let table: StudyTable?
  private let orphans: OrphanedRuns
  private let seconds: Double

  /// The shard that this process was to do, and the number of cells of the study; `nil` for all.
  private let part: (shard: StudyShard, of: Int)?

  init(
    _ outcome: StudyOutcome, table: StudyTable?, orphans: OrphanedRuns, setting: StudySetting,
    shown: FilePath, part: (shard: StudyShard, of: Int)?, seconds: Double
  ) {
    self.outcome = outcome
    self.table = table
    self.orphans = orphans
    self.setting = setting
    self.shown = shown
    self.part = part
    self.seconds = seconds
  }

  private var hasTable: Bool { table?.merged.isEmpty == false }

  private var folder: StudyFolder { setting.folder }

  /// The processor time of the cells that this process finished, in seconds.
  private var processorSeconds: Double {
    outcome.finished.reduce(0) { $0 + (folder.cost(of: $1.name)?.processorSeconds ?? 0) }
  }

  private var counts: [(name: String, count: Int)] {
    [
      ("finished", outcome.finished.count), ("done before", outcome.before.count),
      ("done by other processes", outcome.elsewhere.count), ("failed", outcome.failed.count),
      ("left", outcome.left.count),
    ]
  }

  /// Counts, failures, and where to look.
  var text: String {
    let total = counts.reduce(0) { $0 + $1.count }
    let parts = counts.filter { $0.count > 0 }.map { "\($0.count) \($0.name)" }
    let count = "\(total) cell\(total == 1 ? "" : "s"): \(parts.joined(separator: ", "))"
    var lines = [StyledStream.output(.bold, total == 0 ? noCells : count)]
    if !outcome.finished.isEmpty {
      lines.append(
        "took \(DurationText.short(seconds)), \(DurationText.short(processorSeconds)) of processor time"
      )
    }
    lines += outcome.damaged.map {
      CellLine.text("damaged", .yellow, $0, $1, "It is computed again.")
    }
    lines += outcome.failed.map { CellLine.text("failed", .red, $0, $1.message) }
    if !outcome.failed.isEmpty {
      lines.append(
        "the same command tries failed cells again; what they said is in "
          + shown.appending("state").printable)
    }
    if let table { lines += CellLine.texts(damagedIn: table) }
    lines += CellLine.texts(orphans: orphans, in: shown)
    if hasTable { lines.append("look at \(shown.appending("study.csv").printable)") }
    if part != nil {
      lines.append(
        "a shard writes no \(folder.table.lastComponent?.string ?? ""): when all shards are done, the "
          + "same command with --collect in place of --shard does")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// That there is nothing to do for this process.
  private var noCells: String {
    guard let part else { return "no cells" }
    return "shard \(part.shard) has no cells: the study has \(part.of), all of lower shards"
  }

  /// Everything as one object.
  var json: JSONValue {
    func names(_ cells: [PlannedCell]) -> JSONValue { .array(cells.map { .string($0.name) }) }
    return .object([
      .init("schema_version", .integer(1)), .init("folder", .string(folder.path.string)),
      .init("finished", names(outcome.finished)), .init("before", names(outcome.before)),
      .init("elsewhere", names(outcome.elsewhere)),
      .init(
        "failed",
        .array(
          outcome.failed.map { cell, failure in
            .object([
              .init("name", .string(cell.name)), .init("cell", .string(cell.cell.title)),
              .init("status", .integer(failure.status)),
              .init("attempts", .integer(failure.attempts)),
              .init("message", .string(failure.message)),
            ])
          })),
      .init("damaged", CellLine.json(outcome.damaged)),
      .init("left_out", CellLine.json(table?.damaged ?? [])),
      .init("left", names(outcome.left)), .init("seconds", .number(seconds)),
      .init("processor_seconds", .number(processorSeconds)),
      .init("orphans", .array(orphans.names.map { .string($0) })),
      .init("table", hasTable ? .string(folder.table.string) : .null),
    ])
  }
}
