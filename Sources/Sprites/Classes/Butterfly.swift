/// A butterfly with open wings.
struct Butterfly: Sprite {
  static let className = "butterflies"

  private let wings: Wings
  private let color: Color
  private let border: Color
  private let pattern: Pattern
  private let body: Body
  private let antennae: Antennae
  private let gynandromorph: Bool
  private let span: Double
  private let lower: Double
  private let fold: Double

  init(using dice: inout Dice) {
    wings = dice.choose("wings", [.round: 56, .pointed: 30, .swallowtail: 12, .ragged: 2])
    color = dice.color(
      "colour", [.orange: 26, .blue: 22, .violet: 18, .pink: 14, .yellow: 12, .teal: 8])
    border = dice.color("border", [.navy: 40, .brown: 26, .coral: 18, .violet: 16])
    pattern = dice.choose("pattern", [.spots: 44, .eyes: 28, .veins: 25, .hearts: 3])
    body = dice.choose("body", [.plain: 64, .striped: 36])
    antennae = dice.choose("antennae", [.curved: 70, .straight: 30])
    gynandromorph = dice.has("two_coloured", percent: 2)
    span = dice.number("span", 36...42)
    lower = dice.number("lower_wing", 22...27)
    fold = dice.number("fold", 0.9...1)
  }

  func draw(on canvas: Canvas) {
    canvas.placed(scaled: (fold, 1)) {
      drawWing(on: canvas, color)
      canvas.placed(scaled: (-1, 1)) {
        drawWing(on: canvas, gynandromorph ? border.lighter(0.32) : color)
      }
    }
    drawBody(on: canvas)
  }
}

// MARK: - Attributes

extension Butterfly {
  private enum Wings: String {
    case round
    case pointed
    case swallowtail
    case ragged
  }

  private enum Pattern: String {
    case spots
    case eyes
    case veins
    case hearts
  }

  private enum Body: String {
    case plain
    case striped
  }

  private enum Antennae: String {
    case curved
    case straight
  }
}

// MARK: - Drawing

extension Butterfly {
  /// The wing's outlines: upper and lower, on the right.
  private var outlines: (upper: Path, lower: Path) {
    let (s, l) = (span, lower)
    let upper: Path =
      switch wings {
      case .round, .swallowtail:
        Path(from: (2, 0)).curve((6, -18), (18, -36), to: (0.78 * s, -34)).curve(
          (s + 2, -33), (s + 2, -14), to: (0.84 * s, -6)
        ).curve((0.7 * s, 3), (14, 5), to: (2, 2)).closed
      case .pointed:
        Path(from: (2, 0)).curve((8, -18), (20, -34), to: (s, -38)).curve(
          (s + 2, -26), (0.84 * s, -16), to: (0.8 * s, -8)
        ).curve((0.66 * s, 2), (14, 5), to: (2, 2)).closed
      case .ragged:
        Path(from: (2, 0)).curve((8, -18), (18, -36), to: (0.8 * s, -36)).line(to: (s, -29)).line(
          to: (0.86 * s, -22)
        ).line(to: (0.97 * s, -14)).line(to: (0.78 * s, -9)).curve(
          (0.66 * s, 2), (14, 5), to: (2, 2)
        ).closed
      }
    let bottom = l + 9
    let hind: Path =
      switch wings {
      case .swallowtail:
        Path(from: (2, 1)).curve((14, 2), (l + 6, 2), to: (l + 5, 14)).curve(
          (l + 4, 22), (l - 3, 24), to: (l - 3, bottom + 9)
        ).curve(
          (l - 9, bottom + 6), (l - 8, bottom - 4), to: (l - 12, bottom - 4)
        ).curve(
          (6, bottom - 4), (4, 14), to: (2, 1)
        ).closed
      case .round, .pointed, .ragged:
        Path(from: (2, 1)).curve((14, 1), (l + 8, 2), to: (l + 5, 16)).curve(
          (l + 2, 27), (l - 6, bottom + 2), to: (l - 12, bottom + 1)
        ).curve((6, bottom - 2), (3, 14), to: (2, 1)).closed
      }
    return (upper, hind)
  }

  private func drawWing(on canvas: Canvas, _ color: Color) {
    let (upper, lowerWing) = outlines
    let rim = border.darker(0.18)
    canvas.fill(lowerWing, rim)
    canvas.placed(at: (1.6, 1.8), scaled: (0.8, 0.8)) {
      canvas.fill(
        lowerWing,
        .linear(from: (0, 0), to: (lower, lower), [color.lighter(0.42), color.darker(0.06)]))
    }
    canvas.fill(upper, rim)
    canvas.placed(at: (2.2, -2), scaled: (0.82, 0.82)) {
      canvas.fill(
        upper,
        .linear(
          from: (0, 0), to: (0.8 * span, -30), [color.lighter(0.36), color, color.darker(0.08)]))
    }
    drawPattern(on: canvas, color)
  }

  private func drawPattern(on canvas: Canvas, _ color: Color) {
    let mark = color.lighter(0.75)
    switch pattern {
    case .spots:
      canvas.fill(.circle((0.62 * span, -22), 4.4), mark)
      canvas.fill(.circle((0.44 * span, -12), 2.7), mark)
      canvas.fill(.circle((0.66 * lower, 18), 3.5), mark)
      for (x, y) in [(0.92 * span, -25.0), (0.9 * span, -15)] {
        canvas.fill(.circle((x, y), 1.6), Color.milk)
      }
    case .eyes:
      let places: [(Point, Double)] = [((0.62 * span, -20), 6), ((0.62 * lower, 17), 4.8)]
      for (center, radius) in places {
        canvas.fill(.circle(center, radius), mark)
        canvas.fill(.circle(center, 0.66 * radius), border.darker(0.3))
        canvas.fill(
          .circle((center.x - 0.2 * radius, center.y - 0.22 * radius), 0.24 * radius), .white)
      }
    case .veins:
      for (x, y) in [(0.82 * span, -29.0), (0.84 * span, -18), (0.7 * span, -6)] {
        canvas.stroke(
          Path(from: (4, -1)).bend((0.5 * x, 0.75 * y), to: (x, y)), border.darker(0.1), width: 1.5)
      }
      for (x, y) in [(0.95 * lower, 14.0), (0.6 * lower, 26)] {
        canvas.stroke(
          Path(from: (4, 3)).bend((0.4 * x, 0.6 * y), to: (x, y)), border.darker(0.1), width: 1.5)
      }
    case .hearts:
      canvas.heart((0.62 * span, -20), 5, mark)
      canvas.heart((0.62 * lower, 17), 4.2, mark)
    }
  }

  private func drawBody(on canvas: Canvas) {
    let ink = Color(0x4A3F52)
    canvas.bothSides {
      switch antennae {
      case .curved:
        canvas.stroke(
          Path(from: (0.6, -15)).curve((2, -26), (7, -33), to: (12, -33)), ink, width: 1.5)
        canvas.fill(.circle((12, -33), 1.9), ink)
      case .straight:
        canvas.stroke(.line([(0.6, -15), (9, -36)]), ink, width: 1.5)
        canvas.fill(.circle((9, -36), 1.9), ink)
      }
    }
    let trunk = Path.ellipse((0, 6), 3.6, 19)
    canvas.fill(trunk, ink)
    if body == .striped {
      canvas.clipped(to: trunk) {
        for y in [6.0, 12, 18] { canvas.stroke(.line([(-5, y), (5, y)]), Color.gold, width: 2.4) }
      }
    }
    canvas.fill(.circle((0, -14), 5), ink)
    canvas.bothSides { canvas.fill(.circle((1.9, -15), 1.5), .white) }
  }
}
