/// A place on a canvas, in pixels from its upper left corner.
struct Point: Equatable, Sendable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// An upright rectangle on a canvas.
struct Rectangle: Equatable, Sendable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  var right: Double { x + width }
  var bottom: Double { y + height }
  var center: Point { Point(x + width / 2, y + height / 2) }

  /// Whether the two share more than a border.
  func overlaps(_ other: Rectangle) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }

  /// Whether the other lies inside, borders included.
  func contains(_ other: Rectangle) -> Bool {
    other.x >= x && other.right <= right && other.y >= y && other.bottom <= bottom
  }

  /// The rectangle with this much taken from every side; negative amounts grow it.
  func inset(by amount: Double) -> Rectangle {
    Rectangle(
      x: x + amount, y: y + amount, width: width - 2 * amount, height: height - 2 * amount)
  }

  /// Whether the straight line between two points enters the rectangle.
  func crosses(_ start: Point, _ end: Point) -> Bool {
    // Liang and Barsky: narrow the part of the line that is between each pair of sides.
    var from = 0.0
    var to = 1.0
    for (origin, step, low, high) in [
      (start.x, end.x - start.x, x, right), (start.y, end.y - start.y, y, bottom),
    ] {
      if step == 0 {
        if origin < low || origin > high { return false }
        continue
      }
      let first = (low - origin) / step
      let second = (high - origin) / step
      from = max(from, min(first, second))
      to = min(to, max(first, second))
    }
    return from <= to
  }
}
