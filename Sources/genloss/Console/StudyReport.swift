import Storage
import Studies
import SystemPackage

/// What a study prints at its end.
struct StudyReport {
  private let outcome: StudyOutcome
  private let setting: StudySetting
  private let shown: FilePath
  private let hasTable: Bool
  private let seconds: Double

  init(
    _ outcome: StudyOutcome, setting: StudySetting, shown: FilePath, hasTable: Bool,
    seconds: Double
  ) {
    self.outcome = outcome
    self.setting = setting
    self.shown = shown
    self.hasTable = hasTable
    self.seconds = seconds
  }

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
    var lines = [
      StyledStream.output(
        .bold, "\(total) cell\(total == 1 ? "" : "s"): \(parts.joined(separator: ", "))")
    ]
    if !outcome.finished.isEmpty {
      lines.append(
        "took \(DurationText.short(seconds)), \(DurationText.short(processorSeconds)) of processor time"
      )
    }
    for (cell, failure) in outcome.failed {
      let title = FilePath.printable(Array(cell.cell.title.utf8))
      lines.append(
        StyledStream.output(.red, "failed:")
          + " \(title): \(FilePath.printable(Array(failure.message.utf8)))")
    }
    if !outcome.failed.isEmpty {
      lines.append(
        "the same command tries failed cells again; what they said is in "
          + shown.appending("state").printable)
    }
    if hasTable { lines.append("look at \(shown.appending("study.csv").printable)") }
    return lines.joined(separator: "\n") + "\n"
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
      .init("left", names(outcome.left)), .init("seconds", .number(seconds)),
      .init("processor_seconds", .number(processorSeconds)),
      .init("table", hasTable ? .string(folder.table.string) : .null),
    ])
  }
}

/// What `genloss study --collect` prints.
struct StudyMergeText {
  private let table: StudyTable
  private let folder: StudyFolder
  private let shown: FilePath

  init(_ table: StudyTable, folder: StudyFolder, shown: FilePath) {
    self.table = table
    self.folder = folder
    self.shown = shown
  }

  /// The cells that are in the table, those that are missing and why, and where to look.
  var text: String {
    let total = table.merged.count + table.missing.count
    var lines = ["\(table.merged.count) of \(total) cells merged"]
    for cell in table.missing {
      let reason = folder.failure(of: cell.name)?.message ?? "it is not finished"
      lines.append(
        StyledStream.output(.yellow, "missing:")
          + " " + FilePath.printable(Array("\(cell.cell.title): \(reason)".utf8)))
    }
    if !table.merged.isEmpty {
      lines.append("look at \(shown.appending("study.csv").printable)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The same as one object.
  var json: JSONValue {
    .object([
      .init("schema_version", .integer(1)), .init("folder", .string(folder.path.string)),
      .init("merged", .array(table.merged.map { .string($0.name) })),
      .init("missing", .array(table.missing.map { .string($0.name) })),
      .init("table", table.merged.isEmpty ? .null : .string(folder.table.string)),
    ])
  }
}
