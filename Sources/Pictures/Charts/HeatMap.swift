/// A square table as colours: the distance between every two generations, and the real pictures.
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

  static func page(
    labels: [String], values: [[Double?]], title: String, subtitle: String, colourLabel: String
  ) -> Page {
    precondition(
      values.count == labels.count && values.allSatisfy { $0.count == labels.count },
      "the table is not \(labels.count) x \(labels.count)")
    let count = labels.count
    let side = min(max((screen / Double(max(count, 1))).rounded(.down), 12), 96)
    let rowLabels = labels.map { TextBlock.fitted($0, .tick, width: 160) }
    let widest = rowLabels.map { Font.tick.width(of: $0) }.max() ?? 0
    let upright = widest > side - 6
    let columnHeight = upright ? widest : Font.tick.lineHeight
    let margin = Heading.margin
    let table = side * Double(count)
    let inner = max(widest + 10 + table, 700)
    let heading = Heading(title: title, subtitle: subtitle, width: inner)
    let left = margin + (widest + 10).rounded(.up)
    let top = (margin + heading.height + columnHeight + 8).rounded(.up)
    let scale = colorScale(for: values)
    return Page(
      width: Int((inner + 2 * margin).rounded(.up)),
      height: Int((top + table + 22 + ColorScale.height + margin).rounded(.up))
    ) { canvas in
      heading.draw(on: canvas)
      // In a table of many rows, every so many get their name.
      let every = max(1, Int((Font.tick.lineHeight / side).rounded(.up)))
      for index in stride(from: 0, to: count, by: every) {
        let middle = (Double(index) + 0.5) * side
        let half = Font.tick.capHeight / 2
        canvas.text(
          rowLabels[index], at: Point(left - 10, top + middle + half), .tick, .quiet,
          anchor: .end)
        canvas.text(
          rowLabels[index], at: Point(left + middle + (upright ? half : 0), top - 8), .tick,
          .quiet, anchor: upright ? .start : .middle, upwards: upright)
      }
      draw(values, scale, left: left, top: top, side: side, on: canvas)
      scale.draw(
        on: canvas, x: left, top: top + table + 22, name: colourLabel,
        width: margin + inner - left)
    }
  }

  private static func draw(
    _ values: [[Double?]], _ scale: ColorScale, left: Double, top: Double, side: Double,
    on canvas: Canvas
  ) {
    let texts = values.map { $0.map { $0.map { NumberText.short($0) } ?? "–" } }
    let font = [Font.label, .tick, Font(size: 13)].first { font in
      font.lineHeight <= side
        && texts.allSatisfy { $0.allSatisfy { font.width(of: $0) <= side - 6 } }
    }
    // Cells touch, with a hairline of paper between them where they are large enough.
    let gap = side >= 24 ? 1.0 : 0
    for (row, line) in values.enumerated() {
      for (column, value) in line.enumerated() {
        let cell = Rectangle(
          x: left + Double(column) * side, y: top + Double(row) * side, width: side - gap,
          height: side - gap)
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

  private static func colorScale(for values: [[Double?]]) -> ColorScale {
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
