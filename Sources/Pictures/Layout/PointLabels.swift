import Foundation

/// The names of points in a plane, each beside its point where it covers nothing.
struct PointLabels {
  private let area: Rectangle
  private let points: [Point]
  private let segments: [(Point, Point)]
  private var taken: [Rectangle]

  /// - Parameters:
  ///   - area: Where names may lie.
  ///   - points: What names must not cover.
  ///   - segments: Lines that names must not cross.
  ///   - taken: Areas with other text.
  init(area: Rectangle, points: [Point], segments: [(Point, Point)], taken: [Rectangle]) {
    self.area = area
    self.points = points
    self.segments = segments
    self.taken = taken
  }

  /// Finds the place of one name and keeps it free of later ones.
  ///
  /// - Parameter insists: Whether to cross lines, though never another text, before giving up.
  /// - Returns: The area of the name; `nil` if there is no free one near the point.
  mutating func place(_ size: (width: Double, height: Double), at point: Point, insists: Bool)
    -> Rectangle?
  {
    let candidates = [9.0, 16, 26, 40].flatMap { distance in
      // Right first, then above and below, then left: how a map is read.
      [0.0, -45, 45, -90, 90, -135, 135, 180].map { degrees in
        PointLabels.beside(point, degrees: degrees, distance: distance, size)
      }
    }.filter { candidate in
      area.contains(candidate) && !taken.contains { $0.overlaps(candidate) }
    }
    let open = candidates.first { candidate in
      let room = candidate.inset(by: -2)
      return !points.contains { room.crosses($0, $0) }
        && !segments.contains { room.crosses($0.0, $0.1) }
    }
    guard let chosen = open ?? (insists ? candidates.first : nil) else { return nil }
    taken.append(chosen)
    return chosen
  }

  private static func beside(
    _ point: Point, degrees: Double, distance: Double, _ size: (width: Double, height: Double)
  ) -> Rectangle {
    let angle = degrees * .pi / 180
    let horizontal = cos(angle)
    let vertical = sin(angle)
    let center = Point(
      point.x + distance * horizontal + size.width / 2 * horizontal.rounded(.toNearestOrAwayFromZero),
      point.y + distance * vertical + size.height / 2 * vertical.rounded(.toNearestOrAwayFromZero))
    return Rectangle(
      x: center.x - size.width / 2, y: center.y - size.height / 2, width: size.width,
      height: size.height)
  }
}
