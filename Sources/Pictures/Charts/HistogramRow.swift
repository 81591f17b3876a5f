/// Histograms of real and generated samples along directions of feature spaces, side by side.
struct HistogramRow {
  private static let columns = 4
  private static let gap = 28.0
  private static let plotHeight = 110.0
  private static let realFill = Color(0xC4C4C4)

  typealias Histogram = (
    space: String, direction: String, real: [Double], generated: [Double],
    range: ClosedRange<Double>
  )

  private let histograms: [Histogram]
  private let plotWidth: Double
  private let titles: [TextBlock]

  /// The layout in as many rows as are needed.
  static func rows(of histograms: [Histogram], width: Double) -> HistogramRow {
    HistogramRow(histograms, width: width)
  }

  private init(_ histograms: [Histogram], width: Double) {
    self.histograms = histograms
    let gaps = Double(HistogramRow.columns - 1) * HistogramRow.gap
    let plotWidth = ((width - gaps) / Double(HistogramRow.columns)).rounded(.down)
    self.plotWidth = plotWidth
    titles = histograms.map {
      TextBlock("\($0.space), \($0.direction)", .tick, width: plotWidth, maximumLines: 2)
    }
  }

  private var titleHeight: Double { (titles.map(\.height).max() ?? 0) + 10 }
  private var stepY: Double {
    titleHeight + HistogramRow.plotHeight + PlotFrame.tickHeight + 16
  }
  private static let keyHeight = Font.heading.lineHeight + 8

  /// The height of the key and all rows; 0 without histograms.
  var height: Double {
    guard !histograms.isEmpty else { return 0 }
    let rows = (histograms.count + HistogramRow.columns - 1) / HistogramRow.columns
    return HistogramRow.keyHeight + Double(rows) * stepY - 16
  }

  /// Draws the key and the histograms beneath it.
  func draw(on canvas: Canvas, x: Double, top: Double) {
    guard !histograms.isEmpty else { return }
    drawKey(on: canvas, x: x, top: top)
    for (index, histogram) in histograms.enumerated() {
      let left = x + Double(index % HistogramRow.columns) * (plotWidth + HistogramRow.gap)
      let y =
        top + HistogramRow.keyHeight + Double(index / HistogramRow.columns) * stepY
      titles[index].draw(on: canvas, x: left, top: y, .quiet)
      draw(
        histogram,
        in: Rectangle(
          x: left, y: (y + titleHeight).rounded(), width: plotWidth,
          height: HistogramRow.plotHeight), on: canvas)
    }
  }

  /// The heading names the two sets in the colours they are drawn in.
  private func drawKey(on canvas: Canvas, x: Double, top: Double) {
    let baseline = top + Font.heading.ascent
    var place = x
    for (text, color) in [
      ("Leading feature directions: ", Color.ink), ("real", Color(0x757575)), (" and ", .ink),
      ("generated", .blue),
    ] {
      canvas.text(text, at: Point(place, baseline), .heading, color)
      place += Font.heading.width(of: text)
    }
  }

  private func draw(_ histogram: Histogram, in area: Rectangle, on canvas: Canvas) {
    let real = HistogramRow.frequencies(histogram.real)
    let generated = HistogramRow.frequencies(histogram.generated)
    let largest = (real + generated).max() ?? 0
    let steps = [real, generated].map { frequencies in
      HistogramRow.outline(frequencies, in: area, largest: largest)
    }
    canvas.polygon(steps[0], fill: HistogramRow.realFill)
    canvas.line(steps[1], Canvas.Stroke(color: .blue, width: 2))
    let low = histogram.range.lowerBound
    let high = histogram.range.upperBound
    let axis = low < high ? Axis(low, high, along: area.width) : Axis(low - 1, low + 1, atMost: 3)
    let bottom = area.bottom + 0.5
    canvas.line([Point(area.x, bottom), Point(area.right, bottom)], Canvas.Stroke(color: .axis))
    for (tick, label) in zip(axis.ticks, axis.labels) {
      let place = area.x + axis.clampedFraction(of: tick) * area.width
      canvas.line([Point(place, bottom), Point(place, bottom + 4)], Canvas.Stroke(color: .axis))
      // A number at the end of the axis may reach into the gap to the next panel, though no
      // farther.
      let half = Font.tick.width(of: label) / 2 - HistogramRow.gap / 2 + 2
      guard place - half >= area.x, place + half <= area.right else { continue }
      canvas.text(
        label, at: Point(place, bottom + PlotFrame.gap + Font.tick.ascent), .tick, .quiet,
        anchor: .middle)
    }
  }

  /// The heights with their sum as unit; what is not a height counts as 0.
  private static func frequencies(_ heights: [Double]) -> [Double] {
    let clean = heights.map { $0.isFinite && $0 > 0 ? $0 : 0 }
    let sum = clean.reduce(0, +)
    return sum > 0 ? clean.map { $0 / sum } : clean
  }

  /// The staircase over the bins, from the axis and back to it.
  private static func outline(
    _ frequencies: [Double], in area: Rectangle, largest: Double
  ) -> [Point] {
    guard !frequencies.isEmpty, largest > 0 else { return [] }
    let bin = area.width / Double(frequencies.count)
    var points = [Point(area.x, area.bottom)]
    for (index, frequency) in frequencies.enumerated() {
      let y = area.bottom - frequency / largest * area.height
      points.append(Point(area.x + Double(index) * bin, y))
      points.append(Point(area.x + Double(index + 1) * bin, y))
    }
    return points + [Point(area.right, area.bottom)]
  }
}
