/// The way of a run through the plane of precision and recall: fidelity upwards, diversity to the
/// right.
public enum PrecisionRecallPath {
  /// The largest size of the plot; it is as wide and high as the path asks for.
  private static let largest = (width: 940.0, height: 640.0)
  private static let smallest = (width: 560.0, height: 300.0)
  /// The smallest part of the plane that is shown, so that noise does not look like a journey.
  private static let smallestSpan = 0.2

  /// Returns the path with arrows of time, as PNG and SVG.
  ///
  /// - Parameters:
  ///   - points: The run, generation after generation; what is not finite is left out.
  ///   - control: The loop in which nothing should change.
  ///   - null: Where sets that are both real lie.
  ///   - title: What is shown.
  ///   - subtitle: The run and whatever else must be known.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    points: [(generation: Int, precision: Double, recall: Double)],
    control: [(generation: Int, precision: Double, recall: Double)] = [],
    null: (precision: ClosedRange<Double>, recall: ClosedRange<Double>)? = nil, title: String,
    subtitle: String
  ) throws(PicturesError) -> RenderedPicture {
    try page(points: points, control: control, null: null, title: title, subtitle: subtitle)
      .rendered()
  }

  static func page(
    points: [(generation: Int, precision: Double, recall: Double)],
    control: [(generation: Int, precision: Double, recall: Double)],
    null: (precision: ClosedRange<Double>, recall: ClosedRange<Double>)?, title: String,
    subtitle: String
  ) -> Page {
    let run = points.filter { $0.precision.isFinite && $0.recall.isFinite }
    let control = control.filter { $0.precision.isFinite && $0.recall.isFinite }
    let recalls = (run + control).map(\.recall) + [null?.recall].flatMap(ends)
    let precisions = (run + control).map(\.precision) + [null?.precision].flatMap(ends)
    let plane = Plane(recalls: recalls, precisions: precisions)
    let (x, y) = (plane.x, plane.y)

    let margin = Heading.margin
    let left = margin + y.labelWidth + PlotFrame.gap
    let width = left + plane.width + 30 + margin
    let heading = Heading(title: title, subtitle: subtitle, width: width - 2 * margin)
    let name = TextBlock(
      "precision (share of samples that look real)", .tick, width: plane.width, maximumLines: 1)
    let top = margin + heading.height + name.height + 12
    let frame = PlotFrame(
      area: Rectangle(
        x: left.rounded(), y: top.rounded(), width: plane.width, height: plane.height), x: x, y: y)
    return Page(
      width: Int(width.rounded(.up)),
      height: Int(
        (top + plane.height + PlotFrame.tickHeight + PlotFrame.nameHeight + margin).rounded(.up))
    ) { canvas in
      heading.draw(on: canvas)
      name.draw(on: canvas, x: margin, top: top - 12 - name.height, .quiet)
      let box = null.flatMap { nullBox($0, frame) }
      if let box { canvas.fill(box, Color.bluishGreen.opacity(0.16)) }
      frame.draw(on: canvas, verticalGrid: true)
      frame.nameHorizontalAxis("recall (share of real pictures that are reached)", on: canvas)
      PathDrawing(
        run: run.compactMap { point in
          frame.point(point.recall, point.precision).map { (point.generation, $0) }
        },
        control: control.compactMap { frame.point($0.recall, $0.precision) },
        box: box, area: frame.area
      ).draw(on: canvas)
    }
  }

  private static func ends(_ range: ClosedRange<Double>?) -> [Double] {
    range.map { [$0.lowerBound, $0.upperBound] } ?? []
  }

  /// The part of the plane that is shown, with one unit of length on both axes, so that a step to
  /// the right and a step up of the same size look the same.
  private struct Plane {
    let x: Axis
    let y: Axis
    let width: Double
    let height: Double

    init(recalls: [Double], precisions: [Double]) {
      func extent(_ values: [Double]) -> (low: Double, high: Double) {
        (values.min() ?? 0, values.max() ?? 1)
      }
      let (recall, precision) = (extent(recalls), extent(precisions))
      func span(_ ends: (low: Double, high: Double)) -> Double {
        max(1.16 * (ends.high - ends.low), smallestSpan)
      }
      let unit = min(largest.width / span(recall), largest.height / span(precision))
      width = max(unit * span(recall), smallest.width).rounded()
      height = max(unit * span(precision), smallest.height).rounded()
      let (recallSpan, precisionSpan) = (width / unit, height / unit)
      // Both measures lie between 0 and 1; a little air beyond keeps markers whole.
      func low(_ ends: (low: Double, high: Double), _ span: Double) -> Double {
        let air = 12 / unit
        var low = (ends.low + ends.high - span) / 2
        if ends.high <= 1 { low = min(low, 1 + air - span) }
        if ends.low >= 0 { low = max(low, -air) }
        return low
      }
      let (left, bottom) = (low(recall, recallSpan), low(precision, precisionSpan))
      x = Axis(left, left + recallSpan, atMost: max(3, Int(width / 70)))
      y = Axis(bottom, bottom + precisionSpan, atMost: max(3, Int(height / 60)))
    }
  }

  private static func nullBox(
    _ null: (precision: ClosedRange<Double>, recall: ClosedRange<Double>), _ frame: PlotFrame
  ) -> Rectangle? {
    guard
      let low = frame.point(null.recall.lowerBound, null.precision.lowerBound),
      let high = frame.point(null.recall.upperBound, null.precision.upperBound)
    else { return nil }
    return Rectangle(
      x: low.x, y: high.y, width: max(high.x - low.x, 5), height: max(low.y - high.y, 5))
  }
}
