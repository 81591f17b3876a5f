/// A number for each generation: constant, in steps, or along straight lines.
///
/// Written `0.5`, `0.5/0.6/0.7` (generation 1, 2, and 3 with all that follow), `0/0.5@4` (0.5 from
/// generation 4 on) or `0.5..0.9@5` (straight from generation 1 to generation 5, then level).
public struct Schedule: Equatable, Sendable, CustomStringConvertible {
  /// A generation at which a value begins, or through which a line goes.
  public struct Point: Equatable, Sendable {
    /// The generation.
    public let generation: Int

    /// The value there.
    public let value: Double

    /// Creates a point.
    public init(_ generation: Int, _ value: Double) {
      self.generation = generation
      self.value = value
    }
  }

  /// The points in the order of their generations, at least one.
  public let points: [Point]

  /// Whether values lie on straight lines between points, rather than holding until the next.
  public let isLinear: Bool

  /// The first generation that anything is mixed for: where a schedule begins unless it says otherwise.
  private static let start = 1

  /// Creates a schedule; the generations of the points must rise.
  public init(_ points: [Point], isLinear: Bool = false) {
    precondition(!points.isEmpty, "a schedule has at least one point")
    precondition(
      zip(points, points.dropFirst()).allSatisfy { $0.generation < $1.generation },
      "the generations of a schedule rise")
    self.points = points
    self.isLinear = isLinear && points.count > 1
  }

  /// The same value in every generation.
  public init(_ value: Double) {
    self.init([Point(Self.start, value)])
  }

  /// One value until a generation, another from it on.
  public static func step(from first: Double, to second: Double, at generation: Int) -> Schedule {
    generation <= Self.start
      ? Schedule(second) : Schedule([Point(Self.start, first), Point(generation, second)])
  }

  /// The value at a generation; before the first point and after the last it is theirs.
  public func value(at generation: Int) -> Double {
    let next = points.firstIndex { $0.generation > generation } ?? points.count
    guard next > 0 else { return points[0].value }
    let before = points[next - 1]
    guard isLinear, next < points.count else { return before.value }
    let after = points[next]
    let part =
      Double(generation - before.generation) / Double(after.generation - before.generation)
    return before.value + part * (after.value - before.value)
  }

  /// A schedule with every value mapped, point by point.
  public func map(_ transform: (Double) -> Double) -> Schedule {
    Schedule(
      points.map { Point($0.generation, transform($0.value)) }, isLinear: isLinear)
  }
}

extension Schedule {
  /// Reads a schedule as it is written; `nil` if the text is none.
  public init?(_ text: String) {
    let isLinear = text.contains("..")
    let parts =
      isLinear
      ? text.split(separator: "..", omittingEmptySubsequences: false)
      : text.split(separator: "/", omittingEmptySubsequences: false)
    var points: [Point] = []
    for part in parts {
      let sides = part.split(separator: "@", omittingEmptySubsequences: false)
      guard let first = sides.first, let value = PlainNumber.read(first), sides.count <= 2 else {
        return nil
      }
      var generation = points.last.map { $0.generation + 1 } ?? Self.start
      if sides.count == 2 {
        guard let written = Int(sides[1]), 0...1_000_000 ~= written else { return nil }
        generation = written
      } else if isLinear, !points.isEmpty {
        return nil
      }
      guard points.last.map({ $0.generation < generation }) ?? true else { return nil }
      points.append(Point(generation, value))
    }
    guard !points.isEmpty else { return nil }
    self.init(points, isLinear: isLinear)
  }

  /// The schedule as it is written.
  public var description: String {
    var texts: [String] = []
    var expected = Self.start
    for (index, point) in points.enumerated() {
      let isExpected = point.generation == expected && !(isLinear && index > 0)
      texts.append(point.value.plainText + (isExpected ? "" : "@\(point.generation)"))
      expected = point.generation + 1
    }
    return texts.joined(separator: isLinear ? ".." : "/")
  }
}
