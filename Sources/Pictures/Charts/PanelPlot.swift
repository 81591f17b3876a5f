/// How one panel over the generations is drawn.
struct PanelPlot {
  /// From this many points on, a band shows the errors, where bars would crowd.
  private static let mostBars = 32

  /// The most lines of a name.
  private static let mostNameLines = 5

  private static let bandFill = Color.bluishGreen.opacity(0.16)
  private static let bandInk = Color(0x00704F)

  private let panel: TimelinePanel
  private let title: TextBlock
  private let hint: TextBlock

  /// The most that a name at the right takes of the width.
  private let nameWidth: Double

  init(_ panel: TimelinePanel, width: Double, nameWidth: Double) {
    self.panel = panel
    self.nameWidth = nameWidth
    title = TextBlock(panel.title, .heading, width: width, maximumLines: 2)
    hint = TextBlock(panel.hint ?? "", .tick, width: width, maximumLines: 2)
  }

  /// Many bands over each other would hide the lines.
  private var bandOpacity: Double {
    panel.series.count { $0.role == .run } > 2 ? 0.08 : 0.13
  }

  /// The height of title and hint with the room beneath.
  var headerHeight: Double { title.height + hint.height + 14 }

  /// The width of the names at the right, with the gap before them.
  var labelWidth: Double {
    let widest = names.map(\.width).max() ?? 0
    return widest > 0 ? EndLabels.gap + widest : 8
  }

  /// The height in which all names find room beside the panel.
  var namesHeight: Double { names.reduce(0) { $0 + $1.height } }

  /// The names at the right.
  private var names: [TextBlock] {
    (panel.series.map(\.label).filter { !$0.isEmpty } + panel.nullBands.map(\.label)).map(block)
  }

  private func block(_ name: String) -> TextBlock {
    EndLabels.block(name, width: nameWidth, maximumLines: Self.mostNameLines)
  }

  /// Draws everything; `x` and `top` are the upper left corner of the panel.
  func draw(in frame: PlotFrame, x: Double, top: Double, on canvas: Canvas) {
    title.draw(on: canvas, x: x, top: top)
    hint.draw(on: canvas, x: x, top: top + title.height, .quiet)
    for band in panel.nullBands { draw(band.range, in: frame, on: canvas) }
    frame.draw(on: canvas)
    if let mark = panel.mark {
      let place = frame.area.x + frame.x.clampedFraction(of: mark) * frame.area.width
      canvas.line(
        [Point(place, frame.area.y), Point(place, frame.area.bottom)],
        Canvas.Stroke(color: .ink, width: 1.4, dashes: [4, 3]))
    }
    let drawn = panel.series.map { DrawnSeries($0, frame) }
    if drawn.allSatisfy(\.places.isEmpty) {
      canvas.text(
        "no values", at: Point(frame.area.center.x, frame.area.center.y), .tick, .quiet,
        anchor: .middle)
    }
    // What is looked at lies on top of what it is compared with.
    let runs = panel.series.indices.filter { panel.series[$0].role == .run }
    let others = panel.series.indices.filter { panel.series[$0].role != .run }
    for index in others + runs.reversed() {
      // Bars of several runs at one generation would hide each other.
      let isBand = panel.series[index].role == .theory || runs.count > 1
      draw(
        drawn[index], style(of: index, runs: runs), asBand: isBand, in: frame, on: canvas)
    }
    drawNames(drawn, runs: runs, in: frame, on: canvas)
  }

  // MARK: - Lines

  /// Where the points of a series lie.
  private struct DrawnSeries {
    struct Place {
      let point: Point
      let bar: (low: Double, high: Double)?
    }

    /// Runs of points without a gap between them.
    let places: [[Place]]

    init(_ series: TimelineSeries, _ frame: PlotFrame) {
      var runs: [[Place]] = [[]]
      for point in series.points {
        guard let value = point.value, let place = frame.point(point.x, value) else {
          runs.append([])
          continue
        }
        let bar: (low: Double, high: Double)? =
          if let low = point.low, let high = point.high, low.isFinite, high.isFinite {
            (frame.height(of: low), frame.height(of: high))
          } else { nil }
        runs[runs.count - 1].append(Place(point: place, bar: bar))
      }
      places = runs.filter { !$0.isEmpty }
    }

    var count: Int { places.reduce(0) { $0 + $1.count } }
  }

  private struct Style {
    let stroke: Canvas.Stroke
    let marker: Double

    /// How far an error bar that stands alone among several runs lies beside its point.
    var barOffset = 0.0
  }

  private func style(of index: Int, runs: [Int]) -> Style {
    switch panel.series[index].role {
    case .run:
      let rank = runs.firstIndex(of: index) ?? 0
      return Style(
        stroke: SeriesStyle(panel.series[index].place ?? rank).stroke, marker: 3.6,
        barOffset: -4.0 * Double(rank + 1))
    case .control:
      return Style(
        stroke: Canvas.Stroke(color: Color(0x757575), width: 1.8, dashes: [7, 5]), marker: 0)
    case .theory:
      return Style(
        stroke: Canvas.Stroke(color: .ink, width: 1.6, dashes: [5, 4]), marker: 0)
    case .previous:
      return Style(stroke: Canvas.Stroke(color: Color(0xB87B00), width: 1.8), marker: 2.6)
    case .training:
      return Style(stroke: Canvas.Stroke(color: Color(0xA8527F), width: 1.8), marker: 2.6)
    }
  }

  private func draw(
    _ series: DrawnSeries, _ style: Style, asBand: Bool, in frame: PlotFrame, on canvas: Canvas
  ) {
    let color = style.stroke.color
    let crowded = series.count > PanelPlot.mostBars
    // A series may leave the axis, as theory does where it diverges.
    canvas.clipped(to: frame.area.inset(by: -5)) {
      for places in series.places {
        drawErrors(places, style, asBand: asBand || crowded, on: canvas)
        canvas.line(places.map(\.point), style.stroke)
        // A single point without neighbours is no line, so it needs its marker.
        let radius = places.count == 1 ? max(style.marker, 2.6) : crowded ? 0 : style.marker
        guard radius > 0 else { continue }
        for place in places {
          canvas.circle(
            place.point, radius: radius, fill: color,
            stroke: Canvas.Stroke(color: .white, width: 1))
        }
      }
    }
  }

  private func drawErrors(
    _ places: [DrawnSeries.Place], _ style: Style, asBand: Bool, on canvas: Canvas
  ) {
    let color = style.stroke.color
    let barred = places.compactMap { place in place.bar.map { (x: place.point.x, bar: $0) } }
    if asBand, barred.count > 1 {
      canvas.polygon(
        barred.map { Point($0.x, $0.bar.high) } + barred.reversed().map { Point($0.x, $0.bar.low) },
        fill: color.opacity(bandOpacity))
    } else {
      let offset = asBand ? style.barOffset : 0
      for (x, bar) in barred {
        canvas.line(
          [Point(x + offset, bar.low), Point(x + offset, bar.high)],
          Canvas.Stroke(color: color.opacity(0.55), width: 1.6))
      }
    }
  }

  private func draw(_ band: ClosedRange<Double>, in frame: PlotFrame, on canvas: Canvas) {
    let top = frame.height(of: band.upperBound)
    let bottom = frame.height(of: band.lowerBound)
    // A band too thin to see is drawn as thin as can be seen.
    let height = max(bottom - top, 2)
    canvas.fill(
      Rectangle(
        x: frame.area.x, y: (top + bottom - height) / 2, width: frame.area.width, height: height),
      PanelPlot.bandFill)
  }

  // MARK: - Names

  private func drawNames(
    _ drawn: [DrawnSeries], runs: [Int], in frame: PlotFrame, on canvas: Canvas
  ) {
    var labels: [EndLabels.Label] = []
    for (index, series) in panel.series.enumerated() where !series.label.isEmpty {
      guard let end = drawn[index].places.last?.last else { continue }
      let target = Point(end.point.x, min(max(end.point.y, frame.area.y), frame.area.bottom))
      labels.append(
        EndLabels.Label(
          block: block(series.label), color: style(of: index, runs: runs).stroke.color,
          target: target, rank: runs.contains(index) ? 0 : 1))
    }
    for band in panel.nullBands {
      let (low, high) = (band.range.lowerBound, band.range.upperBound)
      let middle = (frame.height(of: low) + frame.height(of: high)) / 2
      labels.append(
        EndLabels.Label(
          block: block(band.label), color: PanelPlot.bandInk,
          target: Point(frame.area.right, middle), rank: 2))
    }
    EndLabels.draw(labels, beside: frame.area, on: canvas)
  }
}
