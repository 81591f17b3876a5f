/// A cell of a table of verdicts.
public struct VerdictCell: Equatable, Sendable {
  /// What became of a test, which decides the colour.
  public enum State: CaseIterable, Sendable {
    case fired
    case doubtful
    case notFired
  }

  /// The number of the column; for a row with one cell for all columns the last.
  public let column: Int

  /// What is written in the cell, where it fits.
  public let text: String

  /// What became of the test.
  public let state: State

  /// Creates a cell.
  public init(column: Int, text: String, state: State) {
    self.column = column
    self.text = text
    self.state = state
  }
}

/// A row of a table of verdicts.
public struct VerdictRow: Equatable, Sendable {
  /// What is judged.
  public let name: String

  /// The verdict in words, written beside the row.
  public let verdict: String

  /// The cells; columns without one were not judged.
  public let cells: [VerdictCell]

  /// Whether the one cell stands for all columns.
  public let isWhole: Bool

  /// Creates a row.
  public init(name: String, verdict: String, cells: [VerdictCell], isWhole: Bool) {
    self.name = name
    self.verdict = verdict
    self.cells = cells
    self.isWhole = isWhole
  }
}

/// Tests over generations as a table: what fired, when, and by which number.
public enum VerdictTable {
  private static let screen = 760.0
  private static let rowHeight = 58.0
  private static let nameWidth = 250.0
  private static let verdictWidth = 250.0
  private static let valueFont = Font.tick
  private static let firedFont = Font(size: 14, bold: true)

  /// Returns the table, as PNG and SVG.
  ///
  /// A cell is written in bold and framed where a test fired, so that no colour need be told from
  /// another.
  ///
  /// - Parameters:
  ///   - columns: The names of the columns.
  ///   - sections: Rows under a heading each; an empty heading is not written.
  ///   - title: What was judged.
  ///   - subtitle: What else must be known.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    columns: [String], sections: [(heading: String, rows: [VerdictRow])], title: String,
    subtitle: String
  ) throws(PicturesError) -> RenderedPicture {
    try page(columns: columns, sections: sections, title: title, subtitle: subtitle).rendered()
  }

  static func page(
    columns: [String], sections: [(heading: String, rows: [VerdictRow])], title: String,
    subtitle: String
  ) -> Page {
    let margin = Heading.margin
    let count = max(1, columns.count)
    let cellWidth = min(max((screen / Double(count)).rounded(.down), 10), 84)
    let table = cellWidth * Double(count)
    let left = margin + nameWidth + 14
    let right = left + table + 14
    let width = max(right + verdictWidth + margin, 900)
    let heading = Heading(title: title, subtitle: subtitle, width: width - 2 * margin)
    let columnNames = Font.tick.lineHeight + 6
    let headings = sections.map { section in
      TextBlock(section.heading, .heading, width: width - 2 * margin, maximumLines: 2)
    }
    let bodies = zip(sections, headings).map { section, heading in
      heading.height + columnNames + rowHeight * Double(section.rows.count) + 20
    }
    let top = margin + heading.height
    let legendTop = top + bodies.reduce(0, +)
    return Page(
      width: Int(width.rounded(.up)), height: Int((legendTop + 30 + margin).rounded(.up))
    ) { canvas in
      heading.draw(on: canvas)
      var y = top
      for (index, section) in sections.enumerated() {
        headings[index].draw(on: canvas, x: margin, top: y)
        let first = y + headings[index].height + columnNames
        canvas.text(
          "generation", at: Point(left - 14, first - 8), .tick, .quiet, anchor: .end)
        let every = max(1, Int((columnWidth(columns) / cellWidth).rounded(.up)))
        for column in stride(from: 0, to: columns.count, by: every) {
          canvas.text(
            columns[column], at: Point(left + (Double(column) + 0.5) * cellWidth, first - 8),
            .tick, .quiet, anchor: .middle)
        }
        for (position, row) in section.rows.enumerated() {
          draw(
            row, count: count, cellWidth: cellWidth,
            in: Rectangle(
              x: left, y: first + Double(position) * rowHeight, width: table, height: rowHeight),
            on: canvas)
        }
        y += bodies[index]
      }
      drawLegend(x: left, top: legendTop, on: canvas)
    }
  }

  private static func columnWidth(_ columns: [String]) -> Double {
    (columns.map { Font.tick.width(of: $0) }.max() ?? 0) + 6
  }

  private static func draw(
    _ row: VerdictRow, count: Int, cellWidth: Double, in area: Rectangle, on canvas: Canvas
  ) {
    let name = TextBlock(row.name, .tick, width: nameWidth, maximumLines: 3)
    name.draw(
      on: canvas, x: area.x - 14, top: area.center.y - name.height / 2, anchor: .end)
    let verdict = TextBlock(row.verdict, .tick, width: verdictWidth, maximumLines: 3)
    verdict.draw(
      on: canvas, x: area.right + 14, top: area.center.y - verdict.height / 2,
      row.cells.contains { $0.state == .fired } ? Color.vermillion.asInk : .quiet)
    if row.isWhole {
      draw(row.cells.last, in: area.inset(by: 2), on: canvas)
      return
    }
    for column in 0..<count {
      draw(
        row.cells.first { $0.column == column },
        in: Rectangle(
          x: area.x + Double(column) * cellWidth, y: area.y, width: cellWidth,
          height: area.height
        ).inset(by: cellWidth > 20 ? 2 : 0.5), on: canvas)
    }
  }

  private static func draw(_ cell: VerdictCell?, in area: Rectangle, on canvas: Canvas) {
    guard let cell else {
      canvas.fill(area, .missing)
      return
    }
    let color = fill(cell.state)
    canvas.fill(area, color)
    let isFired = cell.state == .fired
    if isFired { canvas.frame(area.inset(by: 1), Canvas.Stroke(color: .ink, width: 2)) }
    let font = isFired ? firedFont : valueFont
    guard font.width(of: cell.text) <= area.width - 2 else { return }
    canvas.text(
      cell.text, at: Point(area.center.x, area.center.y + font.capHeight / 2), font,
      color.readableInk, anchor: .middle)
  }

  private static func fill(_ state: VerdictCell.State) -> Color {
    switch state {
    case .fired: .vermillion
    case .doubtful: Color(0xF5D58A)
    case .notFired: Color(0xD6EAF8)
    }
  }

  private static func drawLegend(x: Double, top: Double, on canvas: Canvas) {
    var place = x
    let entries: [(Color, Bool, String)] = [
      (fill(.fired), true, "fired"), (fill(.doubtful), false, "too few seeds to say"),
      (fill(.notFired), false, "not fired"), (.missing, false, "not judged"),
    ]
    for (color, isFramed, name) in entries {
      let box = Rectangle(x: place, y: top, width: 18, height: 18)
      canvas.fill(box, color)
      if isFramed { canvas.frame(box.inset(by: 1), Canvas.Stroke(color: .ink, width: 2)) }
      canvas.text(
        name, at: Point(place + 26, box.center.y + Font.tick.capHeight / 2), .tick, .quiet)
      place += 26 + Font.tick.width(of: name) + 24
    }
  }
}
