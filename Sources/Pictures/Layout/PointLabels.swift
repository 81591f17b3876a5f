import Foundation

/// The names of points in a plane, each beside its point where it covers nothing.
struct PointLabels {
  private let area: Rectangle
  private let points: [Point]
  private let segments: [(Point, Point)]
  private var taken: [Rectangle] = []
  private var leaders: [(Point, Point)] = []

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
  ///   - insists: Whether to cross as few lines as can be, though never another text, before giving up.
  ///   - reach: How far from the target the name may lie; from ``leaderLength`` on it needs a line that leads
  ///     to it, which crosses no other text.
  /// - Returns: The area of the name; `nil` if there is no free one near the target.
  mutating func place(
    _ size: (width: Double, height: Double), at target: Rectangle, insists: Bool,
    reach: Double = 38
  ) -> Rectangle? {
    let candidates = Self.distances.prefix { $0 <= reach }.flatMap { distance in
      Self.directions(at: distance).map { horizontal, vertical in
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
      let leader = Self.leader(from: target, to: candidate)
      return area.contains(candidate) && !(leader.map(Self.isAlongAxis) ?? false)
        && !taken.contains { other in
          other.overlaps(candidate) || leader.map { other.crosses($0.0, $0.1) } ?? false
        } && !leaders.contains { candidate.inset(by: -2).crosses($0.0, $0.1) }
    }
    let open = candidates.first { crossings(of: $0) == 0 }
    let fewest = insists ? candidates.min { crossings(of: $0) < crossings(of: $1) } : nil
    guard let chosen = open ?? fewest else { return nil }
    taken.append(chosen)
    if let leader = Self.leader(from: target, to: chosen) { leaders.append(leader) }
    return chosen
  }

  /// From this distance on a name needs a line that leads to it.
  private static let leaderLength = 20.0

  private static let distances = [7.0, 14, 24, 38, 55, 75, 100, 130, 165, 205, 250]

  /// Right first, then above and below, then left: how a map is read; farther away there is more to
  /// choose from.
  private static func directions(at distance: Double) -> [(Double, Double)] {
    guard distance > 38 else {
      return [(1, 0), (1, -1), (1, 1), (0, -1), (0, 1), (-1, -1), (-1, 1), (-1, 0)]
    }
    return [1.0, 0.75, 0.5, -0.5, -0.75, -1].flatMap { across in
      [(across, -1.0), (across, 1)]
    } + [(1, -0.5), (1, 0.5), (-1, -0.5), (-1, 0.5)]
  }

  /// Whether a line lies upright or level, as error bars and steps do, which it would be taken for.
  private static func isAlongAxis(_ line: (Point, Point)) -> Bool {
    min(abs(line.1.x - line.0.x), abs(line.1.y - line.0.y)) < 6
  }

  /// The line from a target to the nearest place of a name that lies far from it; `nil` for a near one.
  static func leader(from target: Rectangle, to name: Rectangle) -> (Point, Point)? {
    let start = target.center
    let end = Point(
      min(max(start.x, name.x - 2), name.right + 2), min(max(start.y, name.y), name.bottom))
    let length = hypot(end.x - start.x, end.y - start.y)
    guard length >= leaderLength + max(target.width, target.height) / 2 else { return nil }
    return (start, end)
  }

  /// What a name would cover there: points and lines.
  private func crossings(of name: Rectangle) -> Int {
    let room = name.inset(by: -2)
    return points.count { room.crosses($0, $0) }
      + segments.count { room.crosses($0.0, $0.1) }
  }
}
