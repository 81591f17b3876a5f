/// A quantity over two numbers as colours, and what theory sets apart.
public enum PhaseMap {
  /// What is drawn.
  public struct Table: Equatable, Sendable {
    /// The values of the number along the columns, in words.
    public let columns: [String]

    /// The name of that number.
    public let columnName: String

    /// The values of the number along the rows, the lowest first, in words.
    public let rows: [String]

    /// The name of that number.
    public let rowName: String

    /// For each row and column the quantity; `nil` where there is none.
    public let values: [[Double?]]

    /// For each row and column whether theory sets it apart; `nil` where it says nothing.
    public let isBeyond: [[Bool?]]

    /// Creates a table.
    public init(
      columns: [String], columnName: String, rows: [String], rowName: String,
      values: [[Double?]], isBeyond: [[Bool?]]
    ) {
      precondition(
        [values.count, isBeyond.count] == [rows.count, rows.count]
          && values.allSatisfy { $0.count == columns.count }
          && isBeyond.allSatisfy { $0.count == columns.count },
        "the table is not \(rows.count) x \(columns.count)")
      self.columns = columns
      self.columnName = columnName
      self.rows = rows
      self.rowName = rowName
      self.values = values
      self.isBeyond = isBeyond
    }
  }

  private static let screen = 760.0

  /// Returns the map, as PNG and SVG; the highest row is on top, as on the axis of a chart.
  ///
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    _ table: Table, title: String, subtitle: String, colourLabel: String
  ) throws(PicturesError) -> RenderedPicture {
    try page(table, title: title, subtitle: subtitle, colourLabel: colourLabel).rendered()
  }

  static func page(
    _ table: Table, title: String, subtitle: String, colourLabel: String
  ) -> Page {
    let (values, isBeyond) = (Array(table.values.reversed()), Array(table.isBeyond.reversed()))
    let rows = Array(table.rows.reversed())
    let side = min(
      max((screen / Double(max(table.columns.count, rows.count, 1))).rounded(.down), 24), 110)
    let names = rows.map { TextBlock.fitted($0, .tick, width: 120) }
    let widest = names.map { Font.tick.width(of: $0) }.max() ?? 0
    let margin = Heading.margin
    let left = (margin + widest + 12).rounded(.up)
    let (width, height) = (side * Double(table.columns.count), side * Double(rows.count))
    let inner = max(left - margin + width, 700)
    let heading = Heading(title: title, subtitle: subtitle, width: inner)
    let rowName = TextBlock(table.rowName, .tick, width: inner, maximumLines: 1)
    let top = (margin + heading.height + rowName.height + 8).rounded(.up)
    let legend = top + height + PlotFrame.tickHeight + PlotFrame.nameHeight + 22
    let scale = HeatMap.colorScale(for: values)
    return Page(
      width: Int((inner + 2 * margin).rounded(.up)),
      height: Int((legend + ColorScale.height + margin).rounded(.up))
    ) { canvas in
      heading.draw(on: canvas)
      rowName.draw(on: canvas, x: margin, top: top - 8 - rowName.height, .quiet)
      for (index, name) in names.enumerated() {
        canvas.text(
          name,
          at: Point(left - 8, top + (Double(index) + 0.5) * side + Font.tick.capHeight / 2), .tick,
          .quiet, anchor: .end)
      }
      for (index, name) in table.columns.enumerated() {
        canvas.text(
          TextBlock.fitted(name, .tick, width: side),
          at: Point(
            left + (Double(index) + 0.5) * side, top + height + PlotFrame.gap + Font.tick.ascent),
          .tick, .quiet, anchor: .middle)
      }
      canvas.text(
        table.columnName,
        at: Point(left + width / 2, top + height + PlotFrame.tickHeight + Font.tick.ascent + 2),
        .tick, .quiet, anchor: .middle)
      HeatMap.draw(
        values, scale, left: left, top: top, cell: (side, side), text: { NumberText.short($0) },
        on: canvas)
      for edge in edges(of: isBeyond) {
        canvas.line(
          [edge.start, edge.end].map { Point(left + $0.x * side, top + $0.y * side) },
          Canvas.Stroke(color: .vermillion, width: 3.5))
      }
      scale.draw(on: canvas, x: left, top: legend, name: colourLabel, width: margin + inner - left)
    }
  }

  /// The sides of cells that are set apart where the neighbour is not, in units of cells.
  static func edges(of isBeyond: [[Bool?]]) -> [(start: Point, end: Point)] {
    func state(_ row: Int, _ column: Int) -> Bool {
      guard isBeyond.indices.contains(row), isBeyond[row].indices.contains(column) else {
        return false
      }
      return isBeyond[row][column] ?? false
    }
    var edges: [(start: Point, end: Point)] = []
    for row in isBeyond.indices {
      for column in isBeyond[row].indices where state(row, column) {
        let (x, y) = (Double(column), Double(row))
        if !state(row - 1, column) { edges.append((Point(x, y), Point(x + 1, y))) }
        if !state(row + 1, column) { edges.append((Point(x, y + 1), Point(x + 1, y + 1))) }
        if !state(row, column - 1) { edges.append((Point(x, y), Point(x, y + 1))) }
        if !state(row, column + 1) { edges.append((Point(x + 1, y), Point(x + 1, y + 1))) }
      }
    }
    return edges
  }
}
