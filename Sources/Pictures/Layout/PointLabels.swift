/// The names of points in a plane, each beside its point where it covers nothing.
struct PointLabels {
  private let area: Rectangle
  private let points: [Point]
  private let segments: [(Point, Point)]
  private var taken: [Rectangle] = []

  /// - Parameters:
  ///   - area: Where names may lie.
  ///   - points: What names must not cover.
  ///   - segments: Lines that names must not cross.
  init(area: Rectangle, points: [Point], segments: [(Point, Point)]) {
    self.area = area
    self.points = points
    self.segments = segments
  }

  /// Finds the place of one name and keeps it free of later ones.
  ///
  /// - Parameters:
  ///   - target: What is named; a point is a rectangle without size.
  ///   - insists: Whether to cross lines, though never another text, before giving up.
  /// - Returns: The area of the name; `nil` if there is no free one near the target.
  mutating func place(
    _ size: (width: Double, height: Double), at target: Rectangle, insists: Bool
  ) -> Rectangle? {
    // Right first, then above and below, then left: how a map is read.
    let directions = [
      (1.0, 0.0), (1, -1), (1, 1), (0, -1), (0, 1), (-1, -1), (-1, 1), (-1, 0),
    ]
    let candidates = [7.0, 14, 24, 38].flatMap { distance in
      directions.map { horizontal, vertical in
        // A step in both directions at once is shorter in each.
        let step = horizontal != 0 && vertical != 0 ? distance * 0.7 : distance
        return Rectangle(
          x: target.center.x - size.width / 2
            + horizontal * (target.width / 2 + size.width / 2 + step),
          y: target.center.y - size.height / 2
            + vertical * (target.height / 2 + size.height / 2 + step),
          width: size.width, height: size.height)
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
}
