/// A table as colours, such as the distance between every two generations, and the real pictures.
public enum HeatMap {
  /// The width of the whole table that the cells aim at.
  private static let screen = 820.0
  /// From this ratio of the largest to the smallest positive value on, colours are logarithmic.
  private static let wideRange = 30.0

  /// Returns the table with a colour bar, as PNG and SVG.
  ///
  /// The darker a cell, the larger its value; the value is printed where it fits.
  ///
  /// - Parameters:
  ///   - labels: The names of the rows, which are also the columns.
  ///   - values: The rows; what is `nil` or not finite is drawn as missing.
  ///   - title: What the table shows.
  ///   - subtitle: The run and whatever else must be known.
  ///   - colourLabel: The name of the quantity, written beside the colour bar.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    labels: [String], values: [[Double?]], title: String, subtitle: String = "",
    colourLabel: String
  ) throws(PicturesError) -> RenderedPicture {
    try page(
      labels: labels, values: values, title: title, subtitle: subtitle, colourLabel: colourLabel
    ).rendered()
  }

  /// Returns a table of shares, from 0 to 1, whose rows and columns are of different kinds.
  ///
  /// - Parameters:
  ///   - rows: The names of the rows.
  ///   - columns: The names of the columns.
  ///   - shares: The rows; what is `nil` is drawn as missing.
  ///   - title: What the table shows.
  ///   - subtitle: Whatever else must be known.
  ///   - colourLabel: The name of the share, written beside the colour bar.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    rows: [String], columns: [String], shares: [[Double?]], title: String, subtitle: String,
    colourLabel: String
  ) throws(PicturesError) -> RenderedPicture {
    try page(
      rows: rows, columns: columns, values: shares,
      scale: ColorScale(ColorMap.viridis.reversed, from: 0, to: 1, scale: .linear), title: title,
      subtitle: subtitle, colourLabel: colourLabel, text: { NumberText.fixed($0, decimals: 2) }
    ).rendered()
  }

  static func page(
    labels: [String], values: [[Double?]], title: String, subtitle: String, colourLabel: String
  ) -> Page {
    page(
      rows: labels, columns: labels, values: values, scale: colorScale(for: values), title: title,
      subtitle: subtitle, colourLabel: colourLabel, text: { NumberText.short($0) })
  }

  static func page(
    rows: [String], columns: [String], values: [[Double?]], scale: ColorScale, title: String,
    subtitle: String, colourLabel: String, text: @escaping (Double) -> String
  ) -> Page {
    precondition(
      values.count == rows.count && values.allSatisfy { $0.count == columns.count },
      "the table is not \(rows.count) x \(columns.count)")
    let isSquare = rows == columns
    let width = min(max((screen / Double(max(columns.count, 1))).rounded(.down), 12), 96)
    let cell = (width: width, height: isSquare ? width : min(width, 28))
    let room = isSquare ? 160.0 : 260
    let rowLabels = rows.map { TextBlock.fitted($0, .tick, width: room) }
    let columnLabels = columns.map { TextBlock.fitted($0, .tick, width: 160) }
    let widest = rowLabels.map { Font.tick.width(of: $0) }.max() ?? 0
    let widestColumn = columnLabels.map { Font.tick.width(of: $0) }.max() ?? 0
    let upright = widestColumn > cell.width - 6
    let columnHeight = upright ? widestColumn : Font.tick.lineHeight
    let margin = Heading.margin
    let table = (
      width: cell.width * Double(columns.count), height: cell.height * Double(rows.count)
    )
    let inner = max(widest + 10 + table.width, 700)
    let heading = Heading(title: title, subtitle: subtitle, width: inner)
    let left = margin + (widest + 10).rounded(.up)
    let top = (margin + heading.height + columnHeight + 8).rounded(.up)
    return Page(
      width: Int((inner + 2 * margin).rounded(.up)),
      height: Int((top + table.height + 22 + ColorScale.height + margin).rounded(.up))
    ) { canvas in
      heading.draw(on: canvas)
      let half = Font.tick.capHeight / 2
      // In a table of many rows, every so many get their name.
      for (index, label) in shown(rowLabels, side: cell.height) {
        let middle = (Double(index) + 0.5) * cell.height
        canvas.text(
          label, at: Point(left - 10, top + middle + half), .tick, .quiet, anchor: .end)
      }
      for (index, label) in shown(columnLabels, side: cell.width) {
        let middle = (Double(index) + 0.5) * cell.width
        canvas.text(
          label, at: Point(left + middle + (upright ? half : 0), top - 8), .tick, .quiet,
          anchor: upright ? .start : .middle, upwards: upright)
      }
      draw(values, scale, left: left, top: top, cell: cell, text: text, on: canvas)
      scale.draw(
        on: canvas, x: left, top: top + table.height + 22, name: colourLabel,
        width: margin + inner - left)
    }
  }

  /// The labels that are written, with their places.
  private static func shown(_ labels: [String], side: Double) -> [(Int, String)] {
    let every = max(1, Int((Font.tick.lineHeight / side).rounded(.up)))
    return stride(from: 0, to: labels.count, by: every).map { ($0, labels[$0]) }
  }

  /// Draws a table of any shape.
  static func draw(
    _ values: [[Double?]], _ scale: ColorScale, left: Double, top: Double,
    cell size: (width: Double, height: Double), text: (Double) -> String, on canvas: Canvas
  ) {
    let texts = values.map { $0.map { $0.map(text) ?? "–" } }
    let font = [Font.label, .tick, Font(size: 13)].first { font in
      font.lineHeight <= size.height
        && texts.allSatisfy { $0.allSatisfy { font.width(of: $0) <= size.width - 6 } }
    }
    // Cells touch, with a hairline of paper between them where they are large enough.
    let gap = size.width >= 24 ? 1.0 : 0
    for (row, line) in values.enumerated() {
      for (column, value) in line.enumerated() {
        let cell = Rectangle(
          x: left + Double(column) * size.width, y: top + Double(row) * size.height,
          width: size.width - gap, height: size.height - gap)
        let color = value.flatMap { $0.isFinite ? scale.color(of: $0) : nil } ?? .missing
        canvas.fill(cell, color)
        if let font {
          canvas.text(
            texts[row][column],
            at: Point(cell.center.x, cell.center.y + font.capHeight / 2), font,
            color.readableInk, anchor: .middle)
        }
      }
    }
  }

  /// The colours for values: logarithmic where they span decades.
  static func colorScale(for values: [[Double?]]) -> ColorScale {
    let map = ColorMap.viridis.reversed
    let finite = values.joined().compactMap { $0 }.filter(\.isFinite)
    let low = finite.min() ?? 0
    let high = finite.max() ?? 1
    // The diagonal is 0 and may be so on a logarithmic scale too: it is at the low end.
    if low >= 0, let smallest = finite.filter({ $0 > 0 }).min(), high / smallest > wideRange {
      return ColorScale(map, from: smallest, to: high, scale: .logarithmic)
    }
    guard high - low > 1e-9 * max(abs(low), abs(high)) else {
      let axis = Axis(covering: finite, atMost: 5)
      return ColorScale(map, from: axis.low, to: axis.high, scale: .linear)
    }
    return ColorScale(map, from: low, to: high, scale: .linear)
  }
}
