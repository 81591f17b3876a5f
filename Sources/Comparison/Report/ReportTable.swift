/// A table of short texts that can be written for people in several ways.
public struct ReportTable: Equatable, Sendable {
  /// How a table is written.
  public enum Format: String, CaseIterable, Sendable {
    case plain
    case markdown
    case latex
  }

  /// What stands above it.
  public let title: String

  /// The names of the columns.
  public let columns: [String]

  /// The rows, each with as many cells as there are columns.
  public let rows: [[String]]

  /// The rows before which something else begins, such as strategies of another budget.
  private let breaks: Set<Int>

  /// The columns with words, which begin at the left; numbers end at the right.
  private let words: Set<Int>

  /// Creates a table.
  package init(
    title: String, columns: [String], rows: [[String]], words: Set<Int>, breaks: Set<Int> = []
  ) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "a row has too many or few cells")
    self.title = title
    self.columns = columns
    self.rows = rows
    self.words = words
    self.breaks = breaks
  }

  /// The table as lines, with a line end each.
  public func text(_ format: Format) -> String {
    switch format {
    case .plain: plain
    case .markdown: markdown
    case .latex: latex
    }
  }

  private var plain: String {
    let widths = columns.indices.map { column in
      ([columns] + rows).map { $0[column].count }.max() ?? 0
    }
    let lines = ([columns] + rows).map { row in
      row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return words.contains(column) ? cell + padding : padding + cell
      }.joined(separator: "  ").trimmedAtEnd
    }
    let parted = lines.enumerated().flatMap { number, line in
      breaks.contains(number - 1) ? ["", line] : [line]
    }
    return ([title] + parted).joined(separator: "\n") + "\n"
  }

  private var markdown: String {
    func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }
    let rule = columns.indices.map { words.contains($0) ? "---" : "---:" }
    return "**\(Self.escaped(title, ["|", "*", "_", "`", "<"], by: "\\"))**\n\n"
      + line(columns) + line(rule)
      + rows.enumerated().map { number, row in
        (breaks.contains(number) ? line(columns.map { _ in "" }) : "")
          + line(row.map { Self.escaped($0, ["|", "*", "_", "`", "<"], by: "\\") })
      }.joined()
  }

  private var latex: String {
    func cell(_ text: String) -> String {
      text.unicodeScalars.map { scalar -> String in
        switch scalar {
        case "\\": "\\textbackslash{}"
        case "~": "\\textasciitilde{}"
        case "^": "\\textasciicircum{}"
        case "<": "\\textless{}"
        case ">": "\\textgreater{}"
        case "&", "%", "$", "#", "_", "{", "}": "\\\(scalar)"
        default: String(scalar)
        }
      }.joined()
    }
    func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: " & ") + " \\\\\n" }
    let alignment = columns.indices.map { words.contains($0) ? "l" : "r" }.joined()
    return "% \(title)\n\\begin{tabular}{\(alignment)}\n\\hline\n" + line(columns) + "\\hline\n"
      + rows.enumerated().map { (breaks.contains($0) ? "\\hline\n" : "") + line($1) }.joined()
      + "\\hline\n\\end{tabular}\n"
  }

  private static func escaped(
    _ text: String, _ special: Set<Unicode.Scalar>, by mark: String
  ) -> String {
    text.unicodeScalars.map { special.contains($0) ? mark + String($0) : String($0) }.joined()
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    let end = lastIndex { $0 != " " }
    return end.map { String(self[...$0]) } ?? ""
  }
}
