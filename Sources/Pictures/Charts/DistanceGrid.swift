/// One metric in one feature space.
public struct DistanceCell: Equatable, Sendable {
  /// The value as text.
  public let value: String

  /// Its error as text, without a sign.
  public let error: String?

  /// How many standard deviations of the null band the value is from its mean.
  public let z: Double?

  /// Creates a cell.
  public init(value: String, error: String?, z: Double?) {
    self.value = value
    self.error = error
    self.z = z
  }
}

/// How far the pictures of one generation are from the real ones, by every metric in every feature
/// space.
public enum DistanceGrid {
  static let width = 1180.0
  private static let headerFont = Font.tick
  private static let valueFont = Font(size: 17, bold: true)
  private static let smallFont = Font(size: 13)
  private static let cellHeight = 74.0

  /// Returns a PNG file with the table, its colour bar and the histograms.
  ///
  /// A cell is the darker the farther its value is from the null band, by `|z|`; it prints the
  /// value, its error and `z` with its sign.
  ///
  /// - Parameters:
  ///   - spaces: The names of the rows.
  ///   - metrics: The names of the columns.
  ///   - cells: The rows; `nil` where a metric is not defined in a space.
  ///   - histograms: For leading directions of the feature spaces, the counts or frequencies in
  ///     equal bins over a range; each is drawn with its own sum as unit, so that sets of different
  ///     sizes compare.
  ///   - title: The run and the generation.
  ///   - subtitle: What else must be known.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    spaces: [String], metrics: [String], cells: [[DistanceCell?]],
    histograms: [(
      space: String, direction: String, real: [Double], generated: [Double],
      range: ClosedRange<Double>
    )],
    title: String, subtitle: String
  ) throws(PicturesError) -> [UInt8] {
    try page(
      spaces: spaces, metrics: metrics, cells: cells, histograms: histograms, title: title,
      subtitle: subtitle
    ).png()
  }

  static func page(
    spaces: [String], metrics: [String], cells: [[DistanceCell?]],
    histograms: [(
      space: String, direction: String, real: [Double], generated: [Double],
      range: ClosedRange<Double>
    )],
    title: String, subtitle: String
  ) -> Page {
    precondition(
      cells.count == spaces.count && cells.allSatisfy { $0.count == metrics.count },
      "the table is not \(spaces.count) x \(metrics.count)")
    let margin = Heading.margin
    let rowNames = spaces.map { TextBlock($0, .label, width: 140, maximumLines: 3) }
    let left = margin + ((rowNames.map(\.width).max() ?? 0) + 12).rounded(.up)
    let room = width - margin - left
    let wanted = (room / Double(max(metrics.count, 1))).rounded(.down)
    let cellWidth = min(max(wanted, widestText(cells) + 10, 84), 170)
    let table = cellWidth * Double(metrics.count)
    let pageWidth = max(width, left + table + margin)
    let inner = pageWidth - 2 * margin
    let heading = Heading(title: title, subtitle: subtitle, width: inner)
    let columnNames = metrics.map {
      TextBlock($0, headerFont, width: cellWidth - 10, maximumLines: 3)
    }
    let columnHeight = columnNames.map(\.height).max() ?? 0
    let top = (margin + heading.height + columnHeight + 6).rounded(.up)
    let tableBottom = top + cellHeight * Double(spaces.count)
    let barTop = tableBottom + 20
    let histogramRows = HistogramRow.rows(of: histograms, width: inner)
    let histogramTop = barTop + ColorScale.height + 28
    let scale = zScale(cells)
    return Page(
      width: Int(pageWidth.rounded(.up)),
      height: Int((histogramTop + histogramRows.height + margin).rounded(.up))
    ) { canvas in
      heading.draw(on: canvas)
      for (index, name) in columnNames.enumerated() {
        name.draw(
          on: canvas, x: left + (Double(index) + 0.5) * cellWidth, top: top - 6 - name.height,
          anchor: .middle)
      }
      for (index, name) in rowNames.enumerated() {
        name.draw(
          on: canvas, x: left - 12,
          top: top + (Double(index) + 0.5) * cellHeight - name.height / 2, anchor: .end)
      }
      for (row, line) in cells.enumerated() {
        for (column, cell) in line.enumerated() {
          draw(
            cell, scale,
            in: Rectangle(
              x: left + Double(column) * cellWidth, y: top + Double(row) * cellHeight,
              width: cellWidth - 2, height: cellHeight - 2), on: canvas)
        }
      }
      scale.draw(
        on: canvas, x: left, top: barTop,
        name: "|z|: deviation from real vs real, in standard deviations of its null band",
        width: margin + inner - left)
      histogramRows.draw(on: canvas, x: margin, top: histogramTop)
    }
  }

  private static func draw(
    _ cell: DistanceCell?, _ scale: ColorScale, in area: Rectangle, on canvas: Canvas
  ) {
    let z = cell?.z.flatMap { $0.isFinite ? $0 : nil }
    let color = z.map { scale.color(of: $0) } ?? .missing
    canvas.fill(area, color)
    let ink = cell == nil ? Color.quiet : color.readableInk
    var lines = [(cell?.value ?? "–", valueFont)]
    if let error = cell?.error { lines.append(("± " + error, smallFont)) }
    if let z { lines.append(("z = " + NumberText.short(z, digits: 2), smallFont)) }
    let height = lines.map(\.1.lineHeight).reduce(0, +)
    var top = area.center.y - height / 2
    for (text, font) in lines {
      canvas.text(
        TextBlock.fitted(text, font, width: area.width - 6),
        at: Point(area.center.x, top + (font.lineHeight + font.capHeight) / 2), font, ink,
        anchor: .middle)
      top += font.lineHeight
    }
  }

  private static func widestText(_ cells: [[DistanceCell?]]) -> Double {
    cells.joined().compactMap { $0 }.map { cell in
      max(
        valueFont.width(of: cell.value), smallFont.width(of: "± " + (cell.error ?? "")))
    }.max() ?? 0
  }

  /// Colours up to the largest deviation, and never beyond a hundred or below ten: one wild metric
  /// shall not wash out the others, and a healthy table shall look healthy.
  private static func zScale(_ cells: [[DistanceCell?]]) -> ColorScale {
    let largest = cells.joined().compactMap { $0?.z }.filter(\.isFinite).map(abs).max() ?? 0
    return ColorScale(ColorMap.cividis.reversed, zUpTo: min(max(largest, 10), 100))
  }
}
