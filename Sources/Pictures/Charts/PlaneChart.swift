/// What was measured at several values of a quantity, with the curves through it and the lines that matter.
public struct PlaneChart: Equatable, Sendable {
  /// A measurement.
  public struct Dot: Equatable, Sendable {
    /// Where.
    public let x: Double

    /// What.
    public let y: Double

    /// The ends of its error bar; `nil` without one.
    public let bar: ClosedRange<Double>?

    /// Whether it is one of many, drawn small and pale.
    public let isFaint: Bool

    /// What stands beside it; an empty text is not written.
    public let label: String

    /// Creates a dot.
    public init(
      x: Double, y: Double, bar: ClosedRange<Double>? = nil, isFaint: Bool = false,
      label: String = ""
    ) {
      self.x = x
      self.y = y
      self.bar = bar
      self.isFaint = isFaint
      self.label = label
    }
  }

  /// A line through points, named at its end.
  public struct Curve: Equatable, Sendable {
    /// Its name.
    public let label: String

    /// Its points, from left to right.
    public let points: [Dot]

    /// Whether it is what theory says, and dashed.
    public let isTheory: Bool

    /// Creates a curve.
    public init(label: String, points: [(x: Double, y: Double)], isTheory: Bool) {
      self.label = label
      self.points = points.map { Dot(x: $0.x, y: $0.y) }
      self.isTheory = isTheory
    }
  }

  /// A straight line at a value of one of the axes.
  public struct Mark: Equatable, Sendable {
    /// The value.
    public let value: Double

    /// What it means.
    public let label: String

    /// Whether it is what theory says, and dashed.
    public let isTheory: Bool

    /// Creates a mark.
    public init(_ value: Double, label: String, isTheory: Bool = false) {
      self.value = value
      self.label = label
      self.isTheory = isTheory
    }
  }

  /// The name of the horizontal axis.
  public var xName: String

  /// The name of the vertical axis.
  public var yName: String

  /// Whether the horizontal axis is logarithmic, where its values allow it.
  public var isLogarithmic = false

  /// The measurements.
  public var dots: [Dot] = []

  /// The curves.
  public var curves: [Curve] = []

  /// Values of the vertical axis that matter.
  public var levels: [Mark] = []

  /// Values of the horizontal axis that matter.
  public var places: [Mark] = []

  /// A range of the horizontal axis that is shaded.
  public var band: ClosedRange<Double>?

  /// Creates an empty chart.
  public init(xName: String, yName: String) {
    self.xName = xName
    self.yName = yName
  }

  private static let size = (width: 760.0, height: 430.0)
  private static let nameWidth = 190.0

  /// Returns the chart, as PNG and SVG.
  ///
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public func render(title: String, subtitle: String) throws(PicturesError) -> RenderedPicture {
    try page(title: title, subtitle: subtitle).rendered()
  }

  func page(title: String, subtitle: String) -> Page {
    let all = dots + curves.flatMap(\.points)
    let x = Axis(
      covering: all.map(\.x) + places.map(\.value)
        + (band.map { [$0.lowerBound, $0.upperBound] } ?? []),
      scale: isLogarithmic ? .logarithmic : .linear, atMost: 9)
    let y = Axis(
      covering: all.map(\.y) + levels.map(\.value)
        + dots.compactMap(\.bar).flatMap { [$0.lowerBound, $0.upperBound] },
      atMost: 7)
    let margin = Heading.margin
    let left = margin + y.labelWidth + PlotFrame.gap
    let width = left + Self.size.width + EndLabels.gap + Self.nameWidth + margin
    let heading = Heading(title: title, subtitle: subtitle, width: width - 2 * margin)
    let name = TextBlock(yName, .tick, width: Self.size.width, maximumLines: 1)
    // A row for the name of each line that stands upright.
    let rows = Double(places.count) * Font.tick.lineHeight
    let top = margin + heading.height + name.height + 10 + rows
    let frame = PlotFrame(
      area: Rectangle(
        x: left.rounded(), y: top.rounded(), width: Self.size.width, height: Self.size.height),
      x: x, y: y)
    return Page(
      width: Int(width.rounded(.up)),
      height: Int(
        (top + Self.size.height + PlotFrame.tickHeight + PlotFrame.nameHeight + margin)
          .rounded(.up))
    ) { canvas in
      heading.draw(on: canvas)
      name.draw(on: canvas, x: margin, top: margin + heading.height, .quiet)
      drawBand(in: frame, on: canvas)
      frame.draw(on: canvas)
      frame.nameHorizontalAxis(xName, on: canvas)
      drawPlaces(in: frame, on: canvas)
      for level in levels {
        let height = frame.height(of: level.value)
        canvas.line(
          [Point(frame.area.x, height), Point(frame.area.right, height)],
          Canvas.Stroke(color: .vermillion, width: 1.6))
      }
      for curve in curves {
        canvas.line(curve.points.compactMap { frame.point($0.x, $0.y) }, Self.stroke(of: curve))
      }
      drawDots(in: frame, on: canvas)
      EndLabels.draw(endLabels(in: frame), beside: frame.area, on: canvas)
    }
  }

  private static func color(isTheory: Bool) -> Color { isTheory ? .reddishPurple : .blue }

  private static func stroke(of curve: Curve) -> Canvas.Stroke {
    Canvas.Stroke(
      color: color(isTheory: curve.isTheory), width: 2.2, dashes: curve.isTheory ? [7, 5] : [])
  }

  private func drawBand(in frame: PlotFrame, on canvas: Canvas) {
    guard let band else { return }
    let ends = [band.lowerBound, band.upperBound].map {
      frame.area.x + frame.x.clampedFraction(of: $0) * frame.area.width
    }
    canvas.fill(
      Rectangle(
        x: ends[0], y: frame.area.y, width: max(2, ends[1] - ends[0]), height: frame.area.height),
      Color.blue.opacity(0.1))
  }

  /// Upright lines, each with its name in a row of its own above the plot.
  private func drawPlaces(in frame: PlotFrame, on canvas: Canvas) {
    func across(_ place: Mark) -> Double {
      frame.area.x + frame.x.clampedFraction(of: place.value) * frame.area.width
    }
    func row(_ index: Int) -> Double {
      frame.area.y - Font.tick.lineHeight * Double(places.count - index)
    }
    for (index, place) in places.enumerated() {
      canvas.line(
        [
          Point(across(place), row(index) + Font.tick.lineHeight),
          Point(across(place), frame.area.bottom),
        ],
        Canvas.Stroke(
          color: Self.color(isTheory: place.isTheory), width: 1.6,
          dashes: place.isTheory ? [7, 5] : []))
    }
    for (index, place) in places.enumerated() {
      let (x, row, color) = (across(place), row(index), Self.color(isTheory: place.isTheory))
      let block = TextBlock(place.label, .tick, width: frame.area.width, maximumLines: 1)
      let start = min(max(x - block.width / 2, frame.area.x), frame.area.right - block.width)
      // The line of a name above passes behind this one.
      canvas.fill(
        Rectangle(x: start - 3, y: row, width: block.width + 6, height: block.height - 1), .white)
      block.draw(on: canvas, x: start, top: row - 2, color.asInk)
    }
  }

  private func drawDots(in frame: PlotFrame, on canvas: Canvas) {
    let points = dots.map { frame.point($0.x, $0.y) }
    for (dot, point) in zip(dots, points) {
      guard let point else { continue }
      if let bar = dot.bar {
        canvas.line(
          [
            Point(point.x, frame.height(of: bar.lowerBound)),
            Point(point.x, frame.height(of: bar.upperBound)),
          ], Canvas.Stroke(color: .blue, width: 1.4))
      }
      canvas.circle(
        point, radius: dot.isFaint ? 3 : 5, fill: dot.isFaint ? Color.blue.opacity(0.35) : .blue,
        stroke: dot.isFaint ? nil : Canvas.Stroke(color: .white, width: 1.2))
    }
    let lines = curves.flatMap { curve -> [(Point, Point)] in
      let points = curve.points.compactMap { frame.point($0.x, $0.y) }
      // A dotted line leads from the end to the name beside the plot.
      let lead = points.last.map { ($0, Point(frame.area.right, $0.y)) }
      return Array(zip(points, points.dropFirst())) + [lead].compactMap { $0 }
    }
    let bars = zip(dots, points).compactMap { dot, point -> (Point, Point)? in
      guard let bar = dot.bar, let point else { return nil }
      return (
        Point(point.x, frame.height(of: bar.lowerBound)),
        Point(point.x, frame.height(of: bar.upperBound))
      )
    }
    let area = frame.area
    let marks =
      levels.map { level in
        (
          Point(area.x, frame.height(of: level.value)),
          Point(area.right, frame.height(of: level.value))
        )
      }
      + places.map { place in
        let x = area.x + frame.x.clampedFraction(of: place.value) * area.width
        return (Point(x, area.y), Point(x, area.bottom))
      }
    var labels = PointLabels(
      area: area, points: points.compactMap { $0 }, segments: lines + bars + marks)
    for (dot, point) in zip(dots, points) where !dot.label.isEmpty {
      guard let point else { continue }
      let size = (width: Font.tick.width(of: dot.label), height: Font.tick.lineHeight)
      let target = Rectangle(x: point.x, y: point.y, width: 0, height: 0)
      guard
        let place = labels.place(size, at: target, insists: true, reach: Self.size.width / 3)
      else { continue }
      if let leader = PointLabels.leader(from: target, to: place) {
        canvas.line([leader.0, leader.1], Canvas.Stroke(color: .axis, width: 0.8))
      }
      canvas.text(
        dot.label, at: Point(place.x, place.y + Font.tick.ascent), .tick, .quiet, halo: true)
    }
  }

  private func endLabels(in frame: PlotFrame) -> [EndLabels.Label] {
    let named = curves.compactMap { curve -> EndLabels.Label? in
      guard let end = curve.points.last, let point = frame.point(end.x, end.y) else { return nil }
      return EndLabels.Label(
        block: EndLabels.block(curve.label, width: Self.nameWidth),
        color: Self.color(isTheory: curve.isTheory), target: point, rank: 1)
    }
    return named
      + levels.map { level in
        EndLabels.Label(
          block: EndLabels.block(level.label, width: Self.nameWidth), color: .vermillion,
          target: Point(frame.area.right, frame.height(of: level.value)), rank: 0)
      }
  }
}
