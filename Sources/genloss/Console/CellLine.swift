import GenerationLoss
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
  static func texts(orphans: OrphanedRuns, in shown: FilePath) -> [String] {
    guard !orphans.names.isEmpty else { return [] }
    let folder = StudyFolder(shown)
    let named = orphans.names.prefix(mostNamed).map {
      "  \(folder.runFolder(of: $0).printable)"
    }
    let others = orphans.names.count - named.count
    return [sentence(about: orphans) + " Remove what you do not need:"] + named
      + (others > 0 ? ["  and \(others) more"] : [])
  }

  /// How many runs no cell has any more, and why.
  static func sentence(about orphans: OrphanedRuns) -> String {
    let count = orphans.names.count
    let words = count == 1 ? "run belongs" : "runs belong"
    let reason =
      orphans.differences.isEmpty
      ? ", as its data or options have changed or they were damaged and set aside."
      : ": \(orphans.finishedCount) finished with another setting (\(Self.words(orphans.differences))) "
        + "and kept untouched."
    return "\(count) \(words) to no cell of this study any more, in no table\(reason)"
  }

  /// Options with their values in runs of before and in the cells, such as `generations 2, now 3`.
  private static func words(_ differences: [OrphanedRuns.Difference]) -> String {
    func list(_ values: [String]) -> String {
      values.prefix(mostValues).joined(separator: " or ")
        + (values.count > mostValues ? " or others" : "")
    }
    let texts = differences.prefix(mostValues).map { difference in
      difference.former.isEmpty
        ? "the \(difference.key) were others"
        : "\(difference.key) \(list(difference.former)), now "
          + (difference.present.isEmpty ? "not set" : list(difference.present))
    }
    let others = differences.count - texts.count
    return Console.printable(
      texts.joined(separator: "; ") + (others > 0 ? "; and \(others) more options" : ""))
  }

  /// The most options, and values of one, that are named.
  private static let mostValues = 3

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
