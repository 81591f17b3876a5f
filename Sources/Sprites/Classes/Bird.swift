/// A plump little bird from the side.
struct Bird: Sprite {
  static let className = "birds"

  private let facing: Facing
  private let body: Color
  private let breast: Color
  private let crest: Crest
  private let wing: Wing
  private let perch: Perch
  private let carries: Carried
  private let mask: Bool
  private let scarf: Bool
  private let plumpness: Double
  private let tail: Double
  private let beak: Double

  init(using dice: inout Dice) {
    facing = dice.choose("facing", [.right: 70, .left: 30])
    body = dice.color(
      "colour", [.blue: 28, .teal: 18, .coral: 18, .yellow: 14, .brown: 12, .violet: 10])
    breast = dice.color("breast_colour", [.cream: 55, .orange: 20, .yellow: 15, .pink: 10])
    crest = dice.choose("crest", [.none: 62, .tuft: 34, .plume: 4])
    wing = dice.choose("wing", [.folded: 72, .raised: 28])
    perch = dice.choose("perch", [.ground: 55, .branch: 45])
    carries = dice.choose("carries", [.nothing: 88, .leaf: 9, .letter: 3])
    mask = dice.has("mask", percent: 14)
    scarf = dice.has("scarf", percent: 4)
    plumpness = dice.number("plumpness", 23...27)
    tail = dice.number("tail_angle", -9...9)
    beak = dice.number("beak_length", 7...11)
  }

  func draw(on canvas: Canvas) {
    canvas.placed(scaled: (facing == .right ? 0.97 : -0.97, 0.97)) {
      drawPerch(on: canvas)
      drawBody(on: canvas)
      drawHead(on: canvas)
      drawWing(on: canvas)
    }
  }
}

// MARK: - Attributes

extension Bird {
  private enum Crest: String {
    case none
    case tuft
    case plume
  }

  private enum Wing: String {
    case folded
    case raised
  }

  private enum Perch: String {
    case ground
    case branch
  }

  private enum Carried: String {
    case nothing
    case leaf
    case letter
  }
}

// MARK: - Drawing

extension Bird {
  private func drawPerch(on canvas: Canvas) {
    let legs = Color(0xE0883D)
    switch perch {
    case .ground:
      canvas.groundShadow(y: 42.6, halfWidth: 22)
      for x in [-4.0, 7] {
        canvas.stroke(.line([(x, 26), (x + 1, 41)]), legs, width: 2.1)
        canvas.stroke(.line([(x - 3, 42), (x + 1, 41), (x + 6, 42)]), legs, width: 2.1)
      }
    case .branch:
      canvas.stroke(.curve([(-42, 36), (-14, 39), (18, 37), (41, 40)]), Color.wood, width: 4.6)
      canvas.stroke(
        .curve([(-40, 35), (-14, 37.8), (18, 35.8)]), Color.wood.lighter(0.25), width: 1.2)
      leaf(at: (31, 35), turned: -38, on: canvas)
      leaf(at: (-31, 39.6), turned: 140, on: canvas)
      for x in [-4.0, 7] {
        canvas.stroke(.line([(x, 26), (x + 0.6, 36)]), legs, width: 2.1)
        canvas.fill(.rectangle(x: x - 2.6...x + 4.2, y: 34.6...38.4, corner: 1.9), legs)
      }
    }
  }

  private func leaf(at place: Point, turned angle: Double, on canvas: Canvas) {
    canvas.placed(at: place, turned: angle) {
      canvas.fill(
        Path(from: (0, 0)).curve((4, -6), (10, -5), to: (13, 0)).curve(
          (10, 5), (4, 6), to: (0, 0)
        ).closed, Swatch.leaf.color)
      canvas.stroke(.line([(1, 0), (9, 0)]), Swatch.leaf.color.darker(0.25), width: 1)
    }
  }

  private var outline: Path {
    let r = plumpness
    return Path(from: (-28, 6)).curve((-24, -4), (-12, -10), to: (-8, -18))
      .curve((-4, -31), (8, -34), to: (14, -33)).curve((25, -32), (30, -22), to: (29, -12))
      .curve((29, -4), (r + 6, 4), to: (r + 1, 13)).curve((r - 4, 25), (10, 31), to: (-2, 30))
      .curve((-16, 29), (-25, 20), to: (-28, 6)).closed
  }

  private func drawBody(on canvas: Canvas) {
    canvas.placed(at: (-22, 8), turned: tail) {
      canvas.fill(
        .polygon([(6, -7), (-21, -9), (-24, -1), (-19, 1), (-22, 8), (6, 10)], corner: 3),
        body.darker(0.22))
    }
    canvas.fill(outline, .lit(body, -34, 32, by: 0.13))
    canvas.clipped(to: outline) {
      canvas.fill(
        .blob([(34, -12), (22, -4), (9, 4), (-3, 16), (-8, 32), (20, 38), (38, 14)]), breast)
    }
  }

  private func drawHead(on canvas: Canvas) {
    switch crest {
    case .none: break
    case .tuft:
      canvas.fill(
        .polygon([(6, -30), (4, -42), (11, -36), (14, -44), (18, -31)], corner: 1.8),
        body.darker(0.12))
    case .plume:
      for (angle, color) in [(-38.0, Color.gold), (-14, Swatch.coral.color), (10, Color.gold)] {
        canvas.placed(at: (12, -31), turned: angle) {
          canvas.stroke(.line([(0, 0), (0, -12)]), body.darker(0.3), width: 1.5)
          canvas.fill(.circle((0, -13), 3), color)
        }
      }
    }
    if mask {
      canvas.clipped(to: outline) {
        canvas.fill(
          .blob([(34, -22), (20, -26), (6, -21), (18, -14), (34, -14)]), Color.ink.opacity(0.85))
      }
    }
    canvas.fill(
      .polygon([(26.6, -24), (28.4 + beak, -17.4), (27, -17)], corner: 1), Color(0xF7B23F))
    canvas.fill(
      .polygon([(27, -17.6), (28.4 + beak, -17.4), (26.4, -12)], corner: 1), Color(0xE0922E))
    carry(on: canvas)
    canvas.wideEye((18.6, -20.6), radius: 4.6, gaze: 0.4)
    canvas.fill(.ellipse((21, -12.4), 3.2, 2.2), Color.blush.opacity(0.4))
    if scarf {
      canvas.clipped(to: outline) {
        canvas.stroke(.curve([(-12, -8), (6, -1), (32, -5)]), Swatch.coral.color, width: 7)
      }
      canvas.fill(
        .polygon([(10, -2), (18, -2), (21, 14), (13, 15)], corner: 2),
        Swatch.coral.color.darker(0.12))
      canvas.stroke(.line([(13.4, 10), (19, 9.4)]), Color.milk, width: 1.7)
    }
  }

  private func carry(on canvas: Canvas) {
    let tip: Point = (27 + beak, -17)
    switch carries {
    case .nothing: break
    case .leaf: leaf(at: (tip.x - 4, tip.y + 1), turned: 62, on: canvas)
    case .letter:
      canvas.placed(at: (tip.x - 2, tip.y + 6), turned: 8) {
        let sheet = Path.rectangle(x: -8...8, y: -5...6, corner: 1.2)
        canvas.fill(sheet, Color.milk)
        canvas.stroke(sheet, Color(0xC9B79A), width: 1)
        canvas.stroke(.line([(-7, -4), (0, 1.6), (7, -4)]), Color(0xC9B79A), width: 1)
        canvas.heart((0, 2), 2.2, Swatch.coral.color)
      }
    }
  }

  private func drawWing(on canvas: Canvas) {
    let feather = body.darker(0.14)
    switch wing {
    case .folded:
      canvas.fill(
        Path(from: (6, -4)).curve((12, 8), (2, 20), to: (-12, 20)).curve(
          (-20, 20), (-28, 16), to: (-33, 15)
        ).curve((-24, 8), (-14, -4), to: (6, -4)).closed,
        .lit(feather, -6, 22))
      canvas.stroke(.curve([(-22, 14), (-12, 15), (-3, 11)]), body.darker(0.32), width: 1.4)
      canvas.stroke(.curve([(-15, 8.4), (-8, 9), (0, 5)]), body.darker(0.32), width: 1.4)
    case .raised:
      canvas.fill(
        Path(from: (6, 6)).curve((6, -10), (-6, -26), to: (-26, -34)).curve(
          (-26, -26), (-30, -22), to: (-34, -22)
        ).curve((-31, -16), (-33, -11), to: (-36, -9)).curve(
          (-28, 6), (-10, 16), to: (6, 6)
        ).closed, .lit(feather, -34, 12))
      canvas.stroke(.curve([(-25, -18), (-14, -8), (-6, 0)]), body.darker(0.32), width: 1.4)
      canvas.stroke(.curve([(-27, -8), (-18, -1), (-10, 4)]), body.darker(0.32), width: 1.4)
    }
  }
}
