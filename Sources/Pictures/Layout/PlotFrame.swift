/// The area between two axes: it draws the grid and the numbers, and knows where a value lies.
struct PlotFrame {
  let area: Rectangle
  let x: Axis
  let y: Axis

  /// Between the area and the numbers beside it.
  static let gap = 8.0

  /// The height of the numbers beneath the area.
  static let tickHeight = gap + Font.tick.lineHeight

  /// The height of the name of the horizontal axis beneath the numbers.
  static let nameHeight = Font.tick.lineHeight + 2

  /// The place of a pair of values; `nil` if either axis has none for it.
  func point(_ x: Double, _ y: Double) -> Point? {
    guard let horizontal = self.x.fraction(of: x), let vertical = self.y.fraction(of: y) else {
      return nil
    }
    return Point(area.x + horizontal * area.width, area.bottom - vertical * area.height)
  }

  /// The height on the canvas of a value, on the border if it lies beyond.
  func height(of value: Double) -> Double {
    area.bottom - y.clampedFraction(of: value) * area.height
  }

  /// Draws thin grid lines, the horizontal axis and the numbers.
  func draw(on canvas: Canvas, verticalGrid: Bool = false) {
    for (tick, label) in zip(y.ticks, y.labels) {
      let height = height(of: tick).rounded() + 0.5
      canvas.line(
        [Point(area.x, height), Point(area.right, height)], Canvas.Stroke(color: .grid))
      canvas.text(
        label, at: Point(area.x - PlotFrame.gap, height + Font.tick.capHeight / 2), .tick, .quiet,
        anchor: .end)
    }
    let bottom = area.bottom.rounded() + 0.5
    for (tick, label) in zip(x.ticks, x.labels) {
      let place = (area.x + x.clampedFraction(of: tick) * area.width).rounded() + 0.5
      if verticalGrid {
        canvas.line([Point(place, area.y), Point(place, bottom)], Canvas.Stroke(color: .grid))
      }
      canvas.line([Point(place, bottom), Point(place, bottom + 4)], Canvas.Stroke(color: .axis))
      canvas.text(
        label, at: Point(place, bottom + PlotFrame.gap + Font.tick.ascent), .tick, .quiet,
        anchor: .middle)
    }
    canvas.line([Point(area.x, bottom), Point(area.right, bottom)], Canvas.Stroke(color: .axis))
  }

  /// Writes the name of the horizontal axis beneath its numbers.
  func nameHorizontalAxis(_ name: String, on canvas: Canvas) {
    canvas.text(
      TextBlock.fitted(name, .tick, width: area.width),
      at: Point(area.center.x, area.bottom + PlotFrame.tickHeight + Font.tick.ascent + 2), .tick,
      .quiet, anchor: .middle)
  }
}
