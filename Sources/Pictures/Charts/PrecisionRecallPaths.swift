/// The ways of several strategies through the plane of precision and recall.
public enum PrecisionRecallPaths {
  /// The way of one strategy.
  public struct Path: Equatable, Sendable {
    /// Its name, written at its end.
    public let label: String

    /// The points, generation after generation.
    public let points: [(precision: Double, recall: Double)]

    /// The place of its colour and dashes; `nil` for its place among the ways.
    public let place: Int?

    /// Creates a way.
    public init(
      label: String, points: [(precision: Double, recall: Double)], place: Int? = nil
    ) {
      self.place = place
      self.label = label
      self.points = points
    }

    /// Whether both are drawn alike.
    public static func == (left: Path, right: Path) -> Bool {
      left.label == right.label && left.points.elementsEqual(right.points) { $0 == $1 }
    }
  }

  /// Where sets that are both real lie.
  public struct Null: Equatable, Sendable {
    /// The precision of such sets.
    public let precision: ClosedRange<Double>

    /// Their recall.
    public let recall: ClosedRange<Double>

    /// Their size, where the ways are not all of one size.
    public let size: Int?

    /// Creates a box.
    public init(precision: ClosedRange<Double>, recall: ClosedRange<Double>, size: Int? = nil) {
      self.precision = precision
      self.recall = recall
      self.size = size
    }

    fileprivate var label: String { "real vs real" + (size.map { ", n \($0)" } ?? "") }
  }

  private static let size = (width: 820.0, height: 560.0)
  /// The smallest part of an axis that is shown, so that noise does not look like a journey.
  private static let leastSpan = 0.1
  private static let nameWidth = 200.0
  private static let boxInk = Color(0x00704F)

  /// Returns the ways with arrows of time, as PNG and SVG.
  ///
  /// Unlike ``PrecisionRecallPath`` each axis has a scale of its own: ways that differ little in
  /// precision lie on each other otherwise.
  ///
  /// - Parameter nulls: Where sets that are both real lie, a box for each size of them.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    _ paths: [Path], nulls: [Null], title: String, subtitle: String
  ) throws(PicturesError) -> RenderedPicture {
    try page(paths, nulls: nulls, title: title, subtitle: subtitle).rendered()
  }

  static func page(
    _ paths: [Path], nulls: [Null], title: String, subtitle: String
  ) -> Page {
    let points = paths.flatMap(\.points).filter { $0.precision.isFinite && $0.recall.isFinite }
    func axis(_ values: [Double], _ bands: [ClosedRange<Double>], _ length: Double) -> Axis {
      let all = values + bands.flatMap { [$0.lowerBound, $0.upperBound] }
      let (low, high) = (all.min() ?? 0, all.max() ?? 1)
      let missing = max(0, leastSpan - (high - low)) / 2
      let air = 0.05 * max(high - low, leastSpan)
      return Axis(low - missing - air, high + missing + air, atMost: max(3, Int(length / 70)))
    }
    let x = axis(points.map(\.recall), nulls.map(\.recall), size.width)
    let y = axis(points.map(\.precision), nulls.map(\.precision), size.height)
    let margin = Heading.margin
    let left = margin + y.labelWidth + PlotFrame.gap
    let width = left + size.width + EndLabels.gap + nameWidth + margin
    let heading = Heading(title: title, subtitle: subtitle, width: width - 2 * margin)
    let name = TextBlock(
      "precision (share of samples that look real)", .tick, width: size.width, maximumLines: 1)
    let top = margin + heading.height + name.height + 12
    let frame = PlotFrame(
      area: Rectangle(
        x: left.rounded(), y: top.rounded(), width: size.width, height: size.height), x: x, y: y)
    return Page(
      width: Int(width.rounded(.up)),
      height: Int(
        (top + size.height + PlotFrame.tickHeight + PlotFrame.nameHeight + margin).rounded(.up))
    ) { canvas in
      heading.draw(on: canvas)
      name.draw(on: canvas, x: margin, top: top - 12 - name.height, .quiet)
      let boxes = nulls.compactMap { null in
        area(of: null, in: frame).map { (label: null.label, area: $0) }
      }
      for box in boxes { canvas.fill(box.area, Color.bluishGreen.opacity(0.16)) }
      frame.draw(on: canvas, verticalGrid: true)
      // A box within another is seen by its border alone.
      if boxes.count > 1 {
        for box in boxes {
          canvas.frame(box.area, Canvas.Stroke(color: boxInk.opacity(0.5), width: 1))
        }
      }
      frame.nameHorizontalAxis("recall (share of real samples that are reached)", on: canvas)
      for (index, path) in paths.enumerated() {
        draw(path, SeriesStyle(path.place ?? index), in: frame, on: canvas)
      }
      EndLabels.draw(
        paths.enumerated().compactMap { index, path in
          path.points.last { frame.point($0.recall, $0.precision) != nil }
            .flatMap { frame.point($0.recall, $0.precision) }
            .map {
              EndLabels.Label(
                block: EndLabels.block(path.label, width: nameWidth, maximumLines: 3),
                color: SeriesStyle(path.place ?? index).color, target: $0, rank: 0)
            }
        }
          + boxes.map { box in
            EndLabels.Label(
              block: EndLabels.block(box.label, width: nameWidth), color: boxInk,
              target: Point(box.area.right, box.area.bottom), rank: 1)
          }, beside: frame.area, on: canvas)
    }
  }

  private static func area(of null: Null, in frame: PlotFrame) -> Rectangle? {
    guard let low = frame.point(null.recall.lowerBound, null.precision.lowerBound),
      let high = frame.point(null.recall.upperBound, null.precision.upperBound)
    else { return nil }
    return Rectangle(
      x: low.x, y: high.y, width: max(high.x - low.x, 5), height: max(low.y - high.y, 5))
  }

  private static func draw(
    _ path: Path, _ style: SeriesStyle, in frame: PlotFrame, on canvas: Canvas
  ) {
    let points = path.points.compactMap { frame.point($0.recall, $0.precision) }
    canvas.line(points, style.stroke)
    for (start, end) in zip(points, points.dropFirst()) {
      PathDrawing.drawArrow(from: start, to: end, style.color, on: canvas)
    }
    for point in points {
      canvas.circle(
        point, radius: 3.2, fill: style.color, stroke: Canvas.Stroke(color: .white, width: 1))
    }
    if let first = points.first {
      canvas.circle(
        first, radius: 5, fill: .white, stroke: Canvas.Stroke(color: style.color, width: 2))
    }
  }
}
