/// One row of a forest plot.
public struct ForestRow: Equatable, Sendable {
  /// What is compared, such as `accumulate less replace`.
  public let label: String

  /// The estimate.
  public let value: Double

  /// The ends of its interval; `nil` where there is none.
  public let interval: ClosedRange<Double>?

  /// What can be said, written beside the row.
  public let verdict: String

  /// Whether the difference is beyond doubt: then the marker is full.
  public let isSure: Bool

  /// Creates a row.
  public init(
    label: String, value: Double, interval: ClosedRange<Double>?, verdict: String, isSure: Bool
  ) {
    self.label = label
    self.value = value
    self.interval = interval
    self.verdict = verdict
    self.isSure = isSure
  }
}

/// Differences with their intervals, one beneath the other, about a line where there is none.
public enum ForestPlot {
  /// Differences that can be compared with each other.
  public struct Section: Equatable, Sendable {
    /// What stands above them; an empty one is not written.
    public let heading: String

    /// The differences.
    public let rows: [ForestRow]

    /// The value at which there is no difference: 0, or 1 for ratios.
    public let neutral: Double

    /// What the differences are of, and in which units.
    public let axis: String

    /// Creates a section.
    public init(heading: String, rows: [ForestRow], neutral: Double, axis: String) {
      self.heading = heading
      self.rows = rows
      self.neutral = neutral
      self.axis = axis
    }
  }

  private static let plotWidth = 460.0
  private static let labelWidth = 400.0
  private static let verdictWidth = 270.0
  private static let leastRowHeight = 30.0

  /// A row's texts, beside the plot.
  private struct RowText {
    let label: TextBlock
    let verdict: TextBlock

    /// With the room between rows, so that two lines of one cannot be taken for another's.
    var height: Double { max(leastRowHeight, max(label.height, verdict.height) + 10) }

    init(_ row: ForestRow) {
      label = TextBlock(row.label, .tick, width: labelWidth, maximumLines: 6)
      verdict = TextBlock(row.verdict, .tick, width: verdictWidth, maximumLines: 3)
    }
  }

  /// Returns the plot, as PNG and SVG.
  ///
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    sections: [Section], title: String, subtitle: String
  ) throws(PicturesError) -> RenderedPicture {
    try page(sections: sections, title: title, subtitle: subtitle).rendered()
  }

  static func page(sections: [Section], title: String, subtitle: String) -> Page {
    let margin = Heading.margin
    let left = margin + labelWidth + 14
    let width = left + plotWidth + 14 + verdictWidth + margin
    let heading = Heading(title: title, subtitle: subtitle, width: width - 2 * margin)
    let headings = sections.map {
      TextBlock($0.heading, .heading, width: width - 2 * margin, maximumLines: 2)
    }
    let texts = sections.map { $0.rows.map { RowText($0) } }
    let rowHeights = texts.map { $0.reduce(0) { $0 + $1.height } }
    let heights = zip(rowHeights, headings).map { rows, heading in
      heading.height + 8 + rows + PlotFrame.tickHeight + PlotFrame.nameHeight + 18
    }
    let top = margin + heading.height
    return Page(
      width: Int(width.rounded(.up)),
      height: Int((top + heights.reduce(0, +) + margin).rounded(.up))
    ) { canvas in
      heading.draw(on: canvas)
      var y = top
      for (index, section) in sections.enumerated() {
        headings[index].draw(on: canvas, x: margin, top: y)
        let area = Rectangle(
          x: left, y: (y + headings[index].height + 8).rounded(), width: plotWidth,
          height: rowHeights[index])
        draw(section, texts[index], in: area, on: canvas)
        y += heights[index]
      }
    }
  }

  private static func draw(
    _ section: Section, _ texts: [RowText], in area: Rectangle, on canvas: Canvas
  ) {
    let neutral = section.neutral
    let values =
      section.rows.flatMap { row in
        [row.value] + (row.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
      }.filter(\.isFinite) + [neutral]
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let air = max(0.06 * (high - low), 1e-9 * max(1, abs(high)))
    let x = Axis(low - air, high + air, along: area.width)
    // The rows have no scale of their own: a frame needs one to know heights.
    let frame = PlotFrame(area: area, x: x, y: Axis(covering: [], atMost: 1))
    frame.draw(on: canvas, verticalGrid: true)
    frame.nameHorizontalAxis(section.axis, on: canvas)
    func place(_ value: Double) -> Double { area.x + x.clampedFraction(of: value) * area.width }
    canvas.line(
      [Point(place(neutral), area.y), Point(place(neutral), area.bottom)],
      Canvas.Stroke(color: .ink, width: 1.4, dashes: [4, 3]))
    var top = area.y
    for (row, text) in zip(section.rows, texts) {
      let middle = top + text.height / 2
      top += text.height
      text.label.draw(
        on: canvas, x: area.x - 14, top: middle - text.label.height / 2, anchor: .end)
      let color: Color = row.isSure ? .vermillion : .blue
      if let interval = row.interval {
        canvas.line(
          [Point(place(interval.lowerBound), middle), Point(place(interval.upperBound), middle)],
          Canvas.Stroke(color: color, width: 2.2))
      }
      if row.value.isFinite {
        // Told by its form as well: no colour need be seen.
        canvas.circle(
          Point(place(row.value), middle), radius: 5.5, fill: row.isSure ? color : .white,
          stroke: Canvas.Stroke(color: color, width: 2))
      }
      text.verdict.draw(
        on: canvas, x: area.right + 14, top: middle - text.verdict.height / 2,
        row.isSure ? color.asInk : .quiet)
    }
  }
}
