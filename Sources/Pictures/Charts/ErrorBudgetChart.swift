/// A distance by its causes over the generations: a stacked bar each.
public enum ErrorBudgetChart {
  /// One cause.
  public struct Part: Equatable, Sendable {
    /// The name, written beside the bar of the last generation.
    public let label: String

    /// What it adds in every generation, from 0; `nil` where that is not known.
    public let values: [Double?]

    /// Half the width of its 95 % range in the last generation; `nil` without one.
    public let lastError: Double?

    /// Creates a part.
    public init(label: String, values: [Double?], lastError: Double?) {
      self.label = label
      self.values = values
      self.lastError = lastError
    }
  }

  private static let colors: [Color] = [
    Color(0xBDBDBD), .blue, .orange, .vermillion, .bluishGreen, .reddishPurple,
  ]

  private static let width = 900.0
  private static let plotHeight = 400.0

  /// Returns the stacked bars, parts that are negative below zero, and the total as dots, as PNG and SVG.
  ///
  /// - Parameters:
  ///   - parts: The causes from the bottom of a bar to its top.
  ///   - totals: The distance of every generation; `nil` where it is not known.
  ///   - title: The run.
  ///   - subtitle: What else must be known.
  ///   - valueLabel: The name of the distance.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    parts: [Part], totals: [Double?], title: String, subtitle: String, valueLabel: String
  ) throws(PicturesError) -> RenderedPicture {
    try page(
      parts: parts, totals: totals, title: title, subtitle: subtitle, valueLabel: valueLabel
    ).rendered()
  }

  static func page(
    parts: [Part], totals: [Double?], title: String, subtitle: String, valueLabel: String
  ) -> Page {
    let margin = Heading.margin
    let heading = Heading(title: title, subtitle: subtitle, width: width - 2 * margin)
    let bars = totals.indices.map { generation in bar(parts, generation) }
    let values = bars.flatMap { $0.flatMap { [$0.low, $0.high] } } + totals.compactMap { $0 } + [0]
    let vertical = Axis(covering: values, atMost: Int(plotHeight / 40))
    let horizontal = { (length: Double) in
      Axis(-0.5, Double(max(1, totals.count)) - 0.5, along: length, whole: true)
    }
    let name = TextBlock(valueLabel, .tick, width: width - 2 * margin, maximumLines: 1)
    let labels = (parts.map { text(of: $0) } + ["measured"]).map {
      EndLabels.block($0, width: 220)
    }
    let left = vertical.labelWidth + PlotFrame.gap
    let right = EndLabels.gap + (labels.map(\.width).max() ?? 0)
    let top = margin + heading.height + name.height + 10
    let area = Rectangle(
      x: (margin + left).rounded(), y: top.rounded(),
      width: (width - 2 * margin - left - right).rounded(), height: plotHeight)
    let frame = PlotFrame(area: area, x: horizontal(area.width), y: vertical)
    return Page(
      width: Int(width),
      height: Int((area.bottom + PlotFrame.tickHeight + PlotFrame.nameHeight + margin).rounded(.up))
    ) { canvas in
      heading.draw(on: canvas)
      name.draw(on: canvas, x: margin, top: margin + heading.height, .quiet)
      frame.draw(on: canvas)
      frame.nameHorizontalAxis("generation", on: canvas)
      let half = 0.36 * area.width / Double(max(1, totals.count))
      for (generation, bar) in bars.enumerated() {
        guard let middle = frame.point(Double(generation), 0)?.x else { continue }
        for segment in bar {
          let (upper, lower) = (frame.height(of: segment.high), frame.height(of: segment.low))
          // A white line keeps neighbours apart for whoever sees no colours.
          canvas.fill(
            Rectangle(
              x: middle - half, y: upper, width: 2 * half, height: max(0, lower - upper - 1)),
            colors[segment.part % colors.count])
        }
        if let total = totals[generation], let point = frame.point(Double(generation), total) {
          canvas.circle(
            point, radius: 4, fill: .ink, stroke: Canvas.Stroke(color: .white, width: 1.5))
        }
      }
      drawLabels(labels, parts: parts, bars: bars, totals: totals, in: frame, half, on: canvas)
    }
  }

  /// A coloured piece of a bar.
  private struct Segment {
    let part: Int
    let low: Double
    let high: Double
  }

  /// Positive parts from zero up, negative ones from zero down.
  private static func bar(_ parts: [Part], _ generation: Int) -> [Segment] {
    var (up, down) = (0.0, 0.0)
    return parts.enumerated().compactMap { index, part in
      guard let value = part.values[generation], value.isFinite else { return nil }
      if value >= 0 {
        up += value
        return Segment(part: index, low: up - value, high: up)
      }
      down += value
      return Segment(part: index, low: down, high: down - value)
    }
  }

  private static func text(of part: Part) -> String {
    guard let value = part.values.last ?? nil else { return "\(part.label): not known" }
    let error = part.lastError.map { " ± \(NumberText.short($0))" } ?? ""
    return "\(part.label) \(NumberText.short(value))\(error)"
  }

  private static func drawLabels(
    _ blocks: [TextBlock], parts: [Part], bars: [[Segment]], totals: [Double?], in frame: PlotFrame,
    _ half: Double, on canvas: Canvas
  ) {
    guard let last = bars.last, let total = totals.last,
      let middle = frame.point(Double(bars.count - 1), 0)?.x
    else { return }
    var labels = last.map { segment in
      EndLabels.Label(
        block: blocks[segment.part], color: colors[segment.part % colors.count],
        target: Point(middle + half, frame.height(of: (segment.low + segment.high) / 2)), rank: 0)
    }
    if let total, let block = blocks.last {
      labels.append(
        EndLabels.Label(
          block: block, color: .ink, target: Point(middle + 4, frame.height(of: total)), rank: 1))
    }
    EndLabels.draw(labels, beside: frame.area, on: canvas)
  }
}
