import Foundation

/// A path through a plane with arrows of time, and the names of its points.
struct PathDrawing {
  let run: [(generation: Int, point: Point)]
  let control: [Point]
  let box: Rectangle?
  let area: Rectangle

  /// Smaller where there are many.
  private var radius: Double { run.count > 24 ? 3.2 : 5 }
  private static let controlColor = Color(0x757575)
  private static let bandInk = Color(0x00704F)

  func draw(on canvas: Canvas) {
    canvas.line(
      control, Canvas.Stroke(color: PathDrawing.controlColor, width: 1.4, dashes: [7, 5]))
    for point in control {
      canvas.circle(point, radius: 3, fill: PathDrawing.controlColor.opacity(0.7))
    }
    for (index, pair) in zip(run, run.dropFirst()).enumerated() {
      let color = ColorMap.ordered(index, of: run.count)
      canvas.line([pair.0.point, pair.1.point], Canvas.Stroke(color: color, width: 2.2))
      Self.drawArrow(from: pair.0.point, to: pair.1.point, color, on: canvas)
    }
    for (index, place) in run.enumerated() {
      canvas.circle(
        place.point, radius: radius, fill: ColorMap.ordered(index, of: run.count),
        stroke: Canvas.Stroke(color: .white, width: 1.2))
    }
    drawNames(on: canvas)
  }

  /// An arrow head in the middle of a step, if the step is long enough for one.
  static func drawArrow(from start: Point, to end: Point, _ color: Color, on canvas: Canvas) {
    let length = hypot(end.x - start.x, end.y - start.y)
    guard length > 26 else { return }
    let along = Point((end.x - start.x) / length, (end.y - start.y) / length)
    let tip = Point((start.x + end.x) / 2 + 6 * along.x, (start.y + end.y) / 2 + 6 * along.y)
    let back = Point(tip.x - 11 * along.x, tip.y - 11 * along.y)
    canvas.polygon(
      [
        tip, Point(back.x - 5 * along.y, back.y + 5 * along.x),
        Point(back.x + 5 * along.y, back.y - 5 * along.x),
      ], fill: color)
  }

  private func drawNames(on canvas: Canvas) {
    let points = run.map(\.point)
    var labels = PointLabels(
      area: area, points: points + control,
      segments: Array(zip(points, points.dropFirst()))
        + Array(zip(control, control.dropFirst())))
    func write(
      _ text: String, _ font: Font, _ color: Color, beside target: Rectangle, insists: Bool
    ) {
      let size = (width: font.width(of: text), height: font.ascent + font.descent)
      guard let place = labels.place(size, at: target, insists: insists) else { return }
      canvas.text(
        text, at: Point(place.x, place.y + font.ascent), font, color, halo: true)
    }
    // First and last come first, then the round generations.
    let inner = run.indices.dropFirst().dropLast().filter { isNamed(run[$0].generation) }
    let ends = run.isEmpty ? [] : run.count == 1 ? [0] : [0, run.count - 1]
    for index in ends {
      write(
        "gen \(run[index].generation)", Font(size: 16, bold: true), .ink,
        beside: spot(run[index].point), insists: true)
    }
    var named = ends.map { run[$0].point }
    for index in inner {
      // Of points that lie on each other, one has a name.
      let point = run[index].point
      guard named.allSatisfy({ hypot($0.x - point.x, $0.y - point.y) > 8 }) else { continue }
      write("\(run[index].generation)", .tick, .ink, beside: spot(point), insists: false)
      named.append(point)
    }
    if let last = control.last {
      write("control", .tick, PathDrawing.controlColor, beside: spot(last), insists: true)
    }
    if let box { write("real vs real", .tick, PathDrawing.bandInk, beside: box, insists: true) }
  }

  private func spot(_ point: Point) -> Rectangle {
    Rectangle(x: point.x, y: point.y, width: 0, height: 0)
  }

  /// Whether a generation is among the at most twelve of a whole step.
  private func isNamed(_ generation: Int) -> Bool {
    let generations = run.map { Double($0.generation) }
    guard let first = generations.min(), let last = generations.max(), first < last else {
      return false
    }
    return Ticks.integers(first, last, atMost: 12).contains(Double(generation))
  }
}
