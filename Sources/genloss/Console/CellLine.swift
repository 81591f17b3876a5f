import Storage
import Studies
import SystemPackage

/// What is wrong with a cell, in a line or more.
enum CellLine {
  /// The kind of the fault, the cell, and the fault in words.
  static func text(
    _ kind: String, _ style: TextStyle, _ cell: PlannedCell, _ reason: String, _ rest: String = ""
  ) -> String {
    StyledStream.output(style, kind + ":") + " "
      + Console.printable("\(cell.cell.title): \(reason)" + (rest.isEmpty ? "" : " \(rest)"))
  }

  /// The cells that are left out of a table, and what to do about them.
  static func texts(damagedIn table: StudyTable) -> [String] {
    guard !table.damaged.isEmpty else { return [] }
    return table.damaged.map { text("damaged", .red, $0, $1, "It is left out.") } + [
      "the study's own command, without --collect, computes damaged cells again"
    ]
  }

  /// The runs that no cell of the study has, and what to do about them.
  static func texts(orphans: [String], in shown: FilePath) -> [String] {
    guard !orphans.isEmpty else { return [] }
    let (runs, belong) = orphans.count == 1 ? ("run", "belongs") : ("runs", "belong")
    let folder = StudyFolder(shown)
    let named = orphans.prefix(mostNamed).map { "  \(folder.runFolder(of: $0).printable)" }
    let others = orphans.count - named.count
    return [
      "\(orphans.count) \(runs) \(belong) to no cell of this study any more, as its data or options have "
        + "changed or they were damaged and set aside, and \(orphans.count == 1 ? "is" : "are") in no table. "
        + "Remove what you do not need:"
    ] + named + (others > 0 ? ["  and \(others) more"] : [])
  }

  /// The most runs that are named where there may be thousands.
  private static let mostNamed = 5

  /// Cells with their faults.
  static func json(_ cells: [(cell: PlannedCell, reason: String)]) -> JSONValue {
    .array(
      cells.map { cell, reason in
        .object([
          .init("name", .string(cell.name)), .init("cell", .string(cell.cell.title)),
          .init("message", .string(reason)),
        ])
      })
  }
}
