import GenerationLoss
import Storage
import Studies
import SystemPackage

/// What `genloss study --collect` prints.
struct StudyMergeText {
  private let table: StudyTable
  private let orphans: OrphanedRuns
  private let folder: StudyFolder
  private let shown: FilePath

  init(_ table: StudyTable, orphans: OrphanedRuns, folder: StudyFolder, shown: FilePath) {
    self.table = table
    self.orphans = orphans
    self.folder = folder
    self.shown = shown
  }

  /// The cells that are in the table, those that are missing and why, and where to look.
  var text: String {
    let total = table.merged.count + table.missing.count + table.damaged.count
    var lines = ["\(table.merged.count) of \(total) cells merged"]
    for cell in table.missing {
      let reason = folder.failure(of: cell.name)?.message ?? "it is not finished"
      lines.append(CellLine.text("missing", .yellow, cell, reason))
    }
    lines += CellLine.texts(damagedIn: table) + CellLine.texts(orphans: orphans, in: shown)
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
      .init("left_out", CellLine.json(table.damaged)),
      .init("orphans", .array(orphans.names.map { .string($0) })),
      .init("table", table.merged.isEmpty ? .null : .string(folder.table.string)),
    ])
  }
}
