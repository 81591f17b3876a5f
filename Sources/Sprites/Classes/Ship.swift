/// A ship on the sea.
struct Ship: Sprite {
  static let className = "ships"

  private let facing: Facing
  private let kind: Kind
  private let hull: Color
  private let sails: Color
  private let sailMark: SailMark
  private let flag: Color
  private let portholes: Int
  private let gull: Bool
  private let guest: Guest
  private let depth: Double
  private let mast: Double
  private let swell: Double

  init(using dice: inout Dice) {
    facing = dice.choose("facing", [.right: 70, .left: 30])
    kind = dice.choose("kind", [.sailboat: 50, .steamer: 36, .paper: 10, .pirate: 4])
    hull = dice.color("hull_colour", [.coral: 30, .navy: 24, .brown: 20, .teal: 16, .orange: 10])
    sails = dice.color("sail_colour", [.cream: 56, .yellow: 16, .pink: 14, .blue: 14])
    sailMark = dice.choose("sail_mark", [.none: 50, .stripes: 34, .sun: 13, .anchor: 3])
    flag = dice.color("flag_colour", [.coral: 45, .leaf: 30, .violet: 25])
    portholes = dice.count("portholes", from: 2, percent: [30, 45, 25])
    gull = dice.has("gull", percent: 12)
    guest = dice.choose("guest", [.none: 92, .whale: 5, .duck: 3])
    depth = dice.number("hull_depth", 15...19)
    mast = dice.number("mast_height", 36...41)
    swell = dice.number("swell", -3...3)
  }

  func draw(on canvas: Canvas) {
    canvas.placed(at: (0, 0.5), scaled: (facing == .right ? 0.96 : -0.96, 0.96)) {
      if gull { drawGull(on: canvas) }
      switch kind {
      case .sailboat: drawSailboat(on: canvas)
      case .steamer: drawSteamer(on: canvas)
      case .pirate: drawPirate(on: canvas)
      case .paper: drawPaper(on: canvas)
      }
      drawSea(on: canvas)
    }
  }
}

// MARK: - Attributes

extension Ship {
  private enum Kind: String {
    case sailboat
    case steamer
    case paper
    case pirate
  }

  private enum SailMark: String {
    case none
    case stripes
    case sun
    case anchor
  }

  private enum Guest: String {
    case none
    case whale
    case duck
  }
}

// MARK: - Drawing

extension Ship {
  /// The height of the deck.
  private var deck: Double { 30 - depth }

  private func drawHull(on canvas: Canvas, rise: Double) {
    let d = deck
    let body = Path(from: (-34, d)).line(to: (38, d - rise)).curve(
      (36, 24), (30, 34), to: (24, 36)
    ).line(to: (-24, 36)).curve((-30, 34), (-33, 24), to: (-34, d)).closed
    canvas.fill(body, .lit(hull, d, 36))
    canvas.clipped(to: body) {
      canvas.stroke(.line([(-40, d + 2), (44, d + 2 - rise)]), hull.lighter(0.65), width: 4)
    }
    let step = 44 / Double(portholes + 1)
    for index in 1...portholes {
      let center: Point = (-20 + step * Double(index), d + 9)
      canvas.fill(.circle(center, 3.4), hull.lighter(0.65))
      canvas.fill(.circle(center, 2.2), Color.glass)
    }
  }

  private func drawSailboat(on canvas: Canvas) {
    let top = -mast - 3
    let base = deck - 5
    canvas.stroke(.line([(0, top), (0, deck)]), Color.wood, width: 2.6)
    drawFlag(at: (0, top), on: canvas)
    let main = Path(from: (3.4, top + 7)).curve((18, -18), (32, -4), to: (34, base)).bend(
      (18, base + 2), to: (3.4, base)
    ).closed
    canvas.fill(main, .linear(from: (3, 0), to: (34, 0), [sails.lighter(0.2), sails.darker(0.06)]))
    canvas.clipped(to: main) {
      switch sailMark {
      case .none: break
      case .stripes:
        for y in [-20.0, -8, 4] {
          canvas.stroke(.curve([(0, y), (18, y + 2), (40, y)]), flag, width: 4)
        }
      case .sun: canvas.fill(.circle((14, -5), 6), Color(0xF9A94B))
      case .anchor:
        canvas.stroke(.line([(13, -13), (13, 3)]), Color.ink, width: 1.8)
        canvas.stroke(.line([(9, -9), (17, -9)]), Color.ink, width: 1.8)
        canvas.stroke(.arc((13, -3), 6, 6, from: 10, to: 170), Color.ink, width: 1.8)
      }
    }
    let jib = Path(from: (-3.2, top + 11)).curve((-8, -12), (-18, 0), to: (-27, base)).bend(
      (-14, base + 2), to: (-3.2, base)
    ).closed
    canvas.fill(jib, .linear(from: (-27, 0), to: (-3, 0), [flag.lighter(0.25), flag]))
    drawHull(on: canvas, rise: 3)
  }

  private func drawSteamer(on canvas: Canvas) {
    let d = deck
    let lift = 36 - mast
    canvas.puff((-13, -35 + lift), 4, Color(0xDFE3EB))
    canvas.puff((-22, -41 + lift), 5.4, Color(0xE8EBF1))
    canvas.stroke(.line([(24, -22), (24, d)]), Color.wood, width: 2)
    drawFlag(at: (24, -23), on: canvas)
    for x in [-11.0, 4] {
      let funnel = Path.polygon(
        [(x - 5, -28 + lift), (x + 5, -28 + lift), (x + 5.6, -6), (x - 5.6, -6)], corner: 1)
      canvas.fill(funnel, .lit(flag, -30, -6))
      canvas.clipped(to: funnel) {
        canvas.fill(.rectangle(x: x - 8...x + 8, y: -23 + lift ... -17 + lift), Color.milk)
        canvas.fill(.rectangle(x: x - 8...x + 8, y: -32 ... -25.6 + lift), Color.ink.opacity(0.8))
      }
    }
    canvas.fill(.rectangle(x: -19...13, y: -9...4, corner: 2), Color(0xFDF3DF))
    canvas.fill(.rectangle(x: -25...20, y: 1...d + 3, corner: 2), Color(0xF3E2C2))
    for x in [-13.0, -3, 7] {
      canvas.fill(.rectangle(x: x - 3...x + 3, y: -6 ... -0.6, corner: 1.2), Color(0x8FC7DF))
    }
    for x in stride(from: -19.0, through: 15, by: 8.5) {
      canvas.fill(.circle((x, 7.6), 1.9), Color(0x8FC7DF))
    }
    drawHull(on: canvas, rise: 3)
  }

  private func drawPirate(on canvas: Canvas) {
    let d = deck
    for (x, top, size) in [(-15.0, -26.0, 0.78), (9, -36, 1.0)] {
      canvas.stroke(.line([(x, top - 5), (x, d)]), Color.wood.darker(0.2), width: 2.6)
      let sail = Path(from: (x - 15 * size, top)).line(to: (x + 15 * size, top)).curve(
        (x + 21 * size, top + 14), (x + 20 * size, top + 26), to: (x + 16 * size, d - 6)
      ).bend(
        (x, d - 12), to: (x - 16 * size, d - 6)
      ).curve(
        (x - 11 * size, top + 26), (x - 11 * size, top + 14), to: (x - 15 * size, top)
      ).closed
      canvas.fill(sail, .lit(Color(0x45425C), top, d))
    }
    canvas.fill(.circle((10, -18), 6), Color.milk)
    canvas.fill(.rectangle(x: 6.6...13.4, y: -15 ... -8.6, corner: 1.6), Color.milk)
    canvas.fill(.circle((7.6, -18), 1.7) + .circle((12.4, -18), 1.7), Color.ink)
    canvas.stroke(.line([(4, -4), (16, -8)]), Color.milk, width: 1.8)
    canvas.stroke(.line([(4, -8), (16, -4)]), Color.milk, width: 1.8)
    drawFlag(at: (9, -42), on: canvas)
    canvas.stroke(.line([(34, d), (45, d - 10)]), Color.wood, width: 2.6)
    drawHull(on: canvas, rise: 5)
    canvas.fill(
      .polygon([(-37, d - 9), (-20, d - 9), (-20, d + 1), (-35, d + 1)], corner: 1.4),
      hull.darker(0.2))
  }

  private func drawPaper(on canvas: Canvas) {
    let sheet = sails.lighter(0.3)
    let top = -mast + 6
    canvas.fill(.polygon([(0, top), (20, 12), (-20, 12)], corner: 1), sheet.darker(0.07))
    canvas.fill(.polygon([(0, top), (20, 12), (0, 12)], corner: 1), sheet.darker(0.16))
    let side = Path.polygon([(-42, 0), (0, 14), (42, 0), (27, 37), (-27, 37)], corner: 1.6)
    canvas.fill(side, sheet)
    canvas.clipped(to: side) {
      canvas.fill(.polygon([(0, 14), (42, 0), (27, 37), (0, 37)]), sheet.darker(0.09))
      if sailMark == .stripes {
        canvas.stroke(.line([(-44, 17), (0, 25), (44, 17)]), flag, width: 3.4)
      }
    }
    canvas.stroke(.line([(-42, 0), (0, 14), (42, 0)]), sheet.darker(0.2), width: 1)
    if sailMark == .sun || sailMark == .anchor { canvas.heart((-14, 22), 5, flag) }
  }

  private func drawFlag(at top: Point, on canvas: Canvas) {
    canvas.fill(
      Path(from: (top.x, top.y - 3)).curve(
        (top.x - 5, top.y - 6), (top.x - 8, top.y - 1), to: (top.x - 13, top.y - 3.4)
      ).line(
        to: (top.x - 13, top.y + 4)
      ).curve(
        (top.x - 8, top.y + 6.4), (top.x - 5, top.y + 1.6), to: (top.x, top.y + 4.4)
      ).closed, flag)
    canvas.fill(.circle((top.x, top.y - 3), 1.7), Color.gold)
  }

  private func drawSea(on canvas: Canvas) {
    let back = Color(0x9CD3EA)
    let front = Color(0x63B1DC)
    for (base, color, phase) in [(30.0, back, swell), (35, front, -swell)] {
      var crest: [Point] = []
      for index in 0...8 {
        let x = -42 + 10.5 * Double(index)
        crest.append((x, base + (index.isMultiple(of: 2) ? 1.6 : -1.6) + 0.04 * phase * x / 2))
      }
      var sea = Path.curve(crest)
      sea = sea.curve((43, 41), (38, 45), to: (30, 45)).line(to: (-30, 45)).curve(
        (-38, 45), (-43, 41), to: crest[0])
      canvas.fill(sea.closed, color)
    }
    canvas.stroke(
      .curve([(-22, 40), (-17, 38.8), (-12, 40)]), Color.white.opacity(0.7), width: 1.5)
    canvas.stroke(.curve([(8, 41), (14, 39.6), (20, 41)]), Color.white.opacity(0.7), width: 1.5)
    switch guest {
    case .none: break
    case .whale:
      canvas.fill(
        Path(from: (-44, 38)).curve((-44, 27), (-34, 24), to: (-28, 28)).curve(
          (-24, 31), (-21, 34), to: (-19, 39)
        ).closed, Color(0x4F6C9C))
      canvas.fill(.circle((-38, 33), 1.3), .white)
      canvas.stroke(.curve([(-35, 25), (-36, 18), (-40, 17)]), front, width: 1.8)
      canvas.stroke(.curve([(-35, 25), (-34, 18), (-30, 17)]), front, width: 1.8)
    case .duck:
      canvas.fill(.ellipse((-35, 36), 7, 4.4), Color.gold)
      canvas.fill(.circle((-31, 30), 4), Color.gold)
      canvas.fill(.polygon([(-28, 29), (-23.4, 30.6), (-28, 32)], corner: 0.6), Color(0xEE8A3C))
      canvas.fill(.circle((-30.4, 29), 0.9), Color.ink)
    }
  }

  private func drawGull(on canvas: Canvas) {
    canvas.stroke(
      Path(from: (-40, -32)).bend((-35, -38), to: (-31.5, -32)).bend((-28, -38), to: (-23, -32)),
      Color(0x8A93A8), width: 2)
  }
}
