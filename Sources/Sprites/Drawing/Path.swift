import Foundation

/// A place on the canvas: x to the right, y down, the origin in the centre, the edges at ±50.
typealias Point = (x: Double, y: Double)

/// The outline of a shape: straight lines and cubic Bézier curves.
struct Path {
  /// A step of the pen.
  enum Element {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  /// The steps, in the order in which the pen takes them.
  private(set) var elements: [Element] = []

  /// Both outlines, as one.
  static func + (first: Path, second: Path) -> Path {
    Path(elements: first.elements + second.elements)
  }

  /// The outline reflected in the vertical axis.
  var mirrored: Path {
    func flip(_ point: Point) -> Point { (-point.x, point.y) }
    return Path(
      elements: elements.map { element in
        switch element {
        case .move(let point): .move(flip(point))
        case .line(let point): .line(flip(point))
        case .curve(let first, let second, let end): .curve(flip(first), flip(second), flip(end))
        case .close: .close
        }
      })
  }
}

// MARK: - Round shapes

extension Path {
  /// A circle.
  static func circle(_ center: Point, _ radius: Double) -> Path {
    ellipse(center, radius, radius)
  }

  /// An ellipse with its half axes, turned clockwise by an angle in degrees.
  static func ellipse(
    _ center: Point, _ xRadius: Double, _ yRadius: Double, turned angle: Double = 0
  ) -> Path {
    var path = sector(of: center, xRadius, yRadius, from: 0, to: 360, turned: angle)
    path.elements.append(.close)
    return path
  }

  /// Part of an ellipse, from one angle to another in degrees, clockwise from the right.
  static func arc(
    _ center: Point, _ xRadius: Double, _ yRadius: Double, from start: Double, to end: Double
  ) -> Path {
    sector(of: center, xRadius, yRadius, from: start, to: end, turned: 0)
  }

  private static func sector(
    of center: Point, _ xRadius: Double, _ yRadius: Double, from start: Double, to end: Double,
    turned angle: Double
  ) -> Path {
    let pieces = max(1, Int((abs(end - start) / 90).rounded(.up)))
    let step = (end - start) / Double(pieces) * .pi / 180
    // The classical handle length: the curve's middle lies on the circle.
    let handle = 4 / 3 * tan(step / 4)
    let (turnSine, turnCosine) = (sin(angle * .pi / 180), cos(angle * .pi / 180))
    func place(_ x: Double, _ y: Double) -> Point {
      let (x, y) = (x * xRadius, y * yRadius)
      return (
        center.x + x * turnCosine - y * turnSine,
        center.y + x * turnSine + y * turnCosine
      )
    }
    var elements: [Element] = []
    for piece in 0..<pieces {
      let first = start * .pi / 180 + Double(piece) * step
      let last = first + step
      if piece == 0 { elements.append(.move(place(cos(first), sin(first)))) }
      elements.append(
        .curve(
          place(cos(first) - handle * sin(first), sin(first) + handle * cos(first)),
          place(cos(last) + handle * sin(last), sin(last) - handle * cos(last)),
          place(cos(last), sin(last))))
    }
    return Path(elements: elements)
  }
}

// MARK: - Straight shapes

extension Path {
  /// A rectangle with rounded corners.
  static func rectangle(
    x: ClosedRange<Double>, y: ClosedRange<Double>, corner radius: Double = 0
  ) -> Path {
    polygon(
      [
        (x.lowerBound, y.lowerBound), (x.upperBound, y.lowerBound),
        (x.upperBound, y.upperBound), (x.lowerBound, y.upperBound),
      ], corner: radius)
  }

  /// Straight lines from point to point.
  static func line(_ points: [Point]) -> Path {
    Path(
      elements: points.enumerated().map { index, point in
        index == 0 ? .move(point) : .line(point)
      })
  }

  /// A closed polygon with rounded corners; a corner is rounded at most up to the middle of a side.
  static func polygon(_ points: [Point], corner radius: Double = 0) -> Path {
    guard radius > 0 else {
      return Path(elements: line(points).elements + [.close])
    }
    var elements: [Element] = []
    for (index, corner) in points.enumerated() {
      let before = points[(index + points.count - 1) % points.count]
      let after = points[(index + 1) % points.count]
      let start = Self.step(from: corner, towards: before, radius)
      let end = Self.step(from: corner, towards: after, radius)
      elements.append(index == 0 ? .move(start) : .line(start))
      // Handles at 0.55 of the way to the corner make a right angle into a quarter circle.
      elements.append(
        .curve(
          (start.x + 0.55 * (corner.x - start.x), start.y + 0.55 * (corner.y - start.y)),
          (end.x + 0.55 * (corner.x - end.x), end.y + 0.55 * (corner.y - end.y)), end))
    }
    return Path(elements: elements + [.close])
  }

  private static func step(from point: Point, towards target: Point, _ length: Double) -> Point {
    let (x, y) = (target.x - point.x, target.y - point.y)
    let share = min(0.5, length / max((x * x + y * y).squareRoot(), 1e-9))
    return (point.x + share * x, point.y + share * y)
  }
}

// MARK: - Free shapes

extension Path {
  /// A smooth closed outline through points (a Catmull-Rom spline).
  static func blob(_ points: [Point]) -> Path {
    let count = points.count
    var elements: [Element] = [.move(points[0])]
    for index in 0..<count {
      elements.append(
        smooth(
          points[(index + count - 1) % count], points[index], points[(index + 1) % count],
          points[(index + 2) % count]))
    }
    return Path(elements: elements + [.close])
  }

  /// A smooth open line through points (a Catmull-Rom spline).
  static func curve(_ points: [Point]) -> Path {
    var elements: [Element] = [.move(points[0])]
    for index in 0..<points.count - 1 {
      elements.append(
        smooth(
          points[max(0, index - 1)], points[index], points[index + 1],
          points[min(points.count - 1, index + 2)]))
    }
    return Path(elements: elements)
  }

  private static func smooth(
    _ before: Point, _ start: Point, _ end: Point, _ after: Point
  ) -> Element {
    .curve(
      (start.x + (end.x - before.x) / 6, start.y + (end.y - before.y) / 6),
      (end.x - (after.x - start.x) / 6, end.y - (after.y - start.y) / 6), end)
  }

  /// A shape drawn by hand, from a point.
  init(from start: Point) {
    elements = [.move(start)]
  }

  /// The shape, continued by a straight line.
  func line(to end: Point) -> Path {
    Path(elements: elements + [.line(end)])
  }

  /// The shape, continued by a Bézier curve with two handles.
  func curve(_ first: Point, _ second: Point, to end: Point) -> Path {
    Path(elements: elements + [.curve(first, second, end)])
  }

  /// The shape, continued by a curve that bends towards one handle.
  func bend(_ handle: Point, to end: Point) -> Path {
    let start: Point =
      switch elements.last {
      case .move(let point), .line(let point), .curve(_, _, let point): point
      case .close, nil: end
      }
    // A quadratic curve as a cubic one.
    return curve(
      (start.x + 2 / 3 * (handle.x - start.x), start.y + 2 / 3 * (handle.y - start.y)),
      (end.x + 2 / 3 * (handle.x - end.x), end.y + 2 / 3 * (handle.y - end.y)), to: end)
  }

  /// The shape, closed.
  var closed: Path { Path(elements: elements + [.close]) }
}

/// The point at a distance and an angle (degrees, clockwise from the right) from a centre.
func polar(_ center: Point, _ distance: Double, _ angle: Double) -> Point {
  (
    center.x + distance * cos(angle * .pi / 180),
    center.y + distance * sin(angle * .pi / 180)
  )
}
