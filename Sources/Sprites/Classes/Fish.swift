import Foundation

/// A fish from the side.
struct Fish: Sprite {
  static let className = "fish"

  private let facing: Facing
  private let body: Color
  private let fins: Color
  private let pattern: Pattern
  private let tail: Tail
  private let dorsal: Dorsal
  private let bubbles: Int
  private let lantern: Bool
  private let height: Double
  private let swing: Double

  init(using dice: inout Dice) {
    facing = dice.choose("facing", [.right: 70, .left: 30])
    body = dice.color(
      "colour", [.orange: 28, .blue: 22, .coral: 16, .teal: 14, .yellow: 12, .violet: 8])
    fins = dice.color("fin_colour", [.coral: 30, .yellow: 26, .blue: 22, .violet: 22])
    pattern = dice.choose(
      "pattern", [.plain: 24, .bands: 34, .scales: 24, .dots: 16, .star: 2])
    tail = dice.choose("tail", [.fan: 55, .forked: 41, .veil: 4])
    dorsal = dice.choose("dorsal_fin", [.round: 62, .spiky: 38])
    bubbles = dice.count("bubbles", from: 0, percent: [34, 30, 22, 14])
    lantern = dice.has("lantern", percent: 2)
    height = dice.number("body_height", 20...26)
    swing = dice.number("tail_swing", -3...3)
  }

  func draw(on canvas: Canvas) {
    canvas.placed(scaled: (facing == .right ? 1 : -1, 1)) {
      drawFins(on: canvas)
      drawBody(on: canvas)
      drawFace(on: canvas)
    }
  }
}

// MARK: - Attributes

extension Fish {
  private enum Pattern: String {
    case plain
    case bands
    case scales
    case dots
    case star
  }

  private enum Tail: String {
    case fan
    case forked
    case veil
  }

  private enum Dorsal: String {
    case round
    case spiky
  }
}

// MARK: - Drawing

extension Fish {
  private func drawFins(on canvas: Canvas) {
    let h = height
    let paint = Paint.linear(
      from: (-44, 0), to: (-18, 0), [fins.lighter(0.2), fins, fins.darker(0.1)])
    let s = swing
    let outline: Path =
      switch tail {
      case .fan:
        Path(from: (-18, -3)).curve((-28, -8), (-34, -18 + s), to: (-43, -19 + s))
          .curve((-47, -10 + s), (-47, 10 + s), to: (-43, 19 + s)).curve(
            (-34, 18 + s), (-28, 8), to: (-18, 3)
          ).closed
      case .forked:
        Path(from: (-18, -3)).curve((-28, -7), (-34, -22 + s), to: (-45, -22 + s))
          .curve((-42, -12 + s), (-37, -5 + s), to: (-36, s))
          .curve((-37, 5 + s), (-42, 12 + s), to: (-45, 22 + s)).curve(
            (-34, 22 + s), (-28, 7), to: (-18, 3)
          ).closed
      case .veil:
        Path(from: (-18, -4)).curve((-26, -14), (-38, -30 + s), to: (-47, -24 + s))
          .curve((-42, -16 + s), (-50, -10 + s), to: (-46, -3 + s))
          .curve((-43, 3 + s), (-52, 9 + s), to: (-48, 16 + s))
          .curve((-45, 23 + s), (-49, 29 + s), to: (-43, 31 + s)).curve(
            (-32, 28 + s), (-26, 12), to: (-18, 4)
          ).closed
      }
    canvas.fill(outline, paint)
    for y in [-9.0, 0, 9] {
      canvas.stroke(
        .line([(-27, 0.3 * y + 0.4 * s), (-37, y + s)]), fins.darker(0.22), width: 1.3)
    }
    switch dorsal {
    case .round:
      canvas.fill(
        Path(from: (-14, -h + 8)).curve((-13, -h - 9), (3, -h - 14), to: (14, -h + 5)).closed,
        .lit(fins, -h - 10, -h + 8))
    case .spiky:
      canvas.fill(
        .polygon(
          [
            (-16, -h + 9), (-15, -h - 4), (-8, -h), (-5, -h - 9), (2, -h - 2), (6, -h - 7),
            (11, -h + 1), (14, -h + 8),
          ], corner: 1.4), .lit(fins, -h - 10, -h + 8))
    }
    canvas.fill(
      Path(from: (-8, h - 6)).curve((-10, h + 6), (-16, h + 8), to: (-19, h + 8))
        .curve((-19, h), (-20, h - 6), to: (-20, h - 8)).closed, fins.darker(0.06))
  }

  private var outline: Path {
    let h = height
    return Path(from: (38, 1)).curve((34, -0.75 * h), (20, -h), to: (5, -h))
      .curve((-10, -h), (-20, -9), to: (-26, -4.5)).bend((-28, 0), to: (-26, 4.5))
      .curve((-20, 9), (-10, h), to: (5, h)).curve((20, h), (34, 0.8 * h), to: (38, 1)).closed
  }

  private func drawBody(on canvas: Canvas) {
    let h = height
    canvas.fill(outline, .lit(body, -h, h, by: 0.1))
    canvas.clipped(to: outline) {
      canvas.fill(.ellipse((10, 1.02 * h), 34, 0.6 * h), body.lighter(0.55).opacity(0.8))
      drawPattern(on: canvas)
    }
    canvas.fill(
      Path(from: (7, 4)).curve((2, 0), (-8, 2), to: (-10, 8)).curve(
        (-8, 13), (2, 14), to: (7, 8)
      ).closed, .linear(from: (7, 0), to: (-10, 0), [fins, fins.lighter(0.25)]))
  }

  private func drawPattern(on canvas: Canvas) {
    let h = height
    let mark = body.lighter(0.72)
    switch pattern {
    case .plain: break
    case .bands:
      for (x, width) in [(5.0, 6.4), (-10, 5.4)] {
        canvas.stroke(.curve([(x - 2, -h - 1), (x + 2, 0), (x - 2, h + 1)]), mark, width: width)
      }
    case .scales:
      for row in 0..<5 {
        for column in 0..<5 {
          let x = 9 - 7.2 * Double(column) - (row.isMultiple(of: 2) ? 0 : 3.6)
          let y = -13 + 6.2 * Double(row)
          canvas.stroke(
            .arc((x, y), 3.5, 3.5, from: 90, to: 270), body.darker(0.2).opacity(0.75), width: 1.3)
        }
      }
    case .dots:
      for spot: Point in [(4, -10), (-8, -7), (-1, -1), (-13, 1), (7, 13), (-16, -3)] {
        canvas.fill(.circle(spot, 2.7), mark)
      }
    case .star:
      canvas.star((-3, -3), 9, Color.gold.lighter(0.25))
    }
  }

  private func drawFace(on canvas: Canvas) {
    canvas.stroke(.arc((12, 0), 7, 11, from: -52, to: 52), body.darker(0.2), width: 1.7)
    canvas.wideEye((26, -5), radius: 5.2, gaze: 0.5)
    canvas.stroke(
      Path(from: (36.6, 6.4)).curve((34, 9.4), (30, 9.4), to: (28.4, 7)), body.darker(0.5),
      width: 1.7)
    canvas.fill(.ellipse((24, 5.2), 3.2, 2.1), Color.blush.opacity(0.4))
    if lantern {
      canvas.stroke(
        Path(from: (18, -height + 3)).curve((20, -40), (38, -40), to: (40, -25)), body.darker(0.3),
        width: 1.6)
      canvas.fill(.circle((40, -22), 6.2), Color.gold.opacity(0.3))
      canvas.fill(.circle((40, -22), 3.6), Color(0xFFE27A))
    }
    let places: [(Point, Double)] = [((41.5, -15), 3), ((37, -25), 2.2), ((43, -33), 3.6)]
    for (center, radius) in places.prefix(bubbles) {
      canvas.fill(.circle(center, radius), Color(0xCFEAF6))
      canvas.stroke(.circle(center, radius), Color(0x8FC9E6), width: 1.1)
      canvas.fill(
        .circle((center.x - 0.3 * radius, center.y - 0.3 * radius), 0.28 * radius), .white)
    }
  }
}
