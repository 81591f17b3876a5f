/// A tree.
struct Tree: Sprite {
  static let className = "trees"

  private let kind: Kind
  private let season: Season
  private let fruit: Fruit
  private let ground: Ground
  private let owl: Bool
  private let swing: Bool
  private let hue: Double
  private let lightness: Double
  private let spread: Double
  private let height: Double
  private let lean: Double

  init(using dice: inout Dice) {
    kind = dice.choose("kind", [.round: 42, .conifer: 28, .cloud: 26, .palm: 4])
    season = dice.choose("season", [.summer: 62, .autumn: 20, .blossom: 14, .winter: 4])
    fruit = dice.choose("fruit", [.none: 68, .apples: 24, .oranges: 8])
    ground = dice.choose("ground", [.bare: 40, .grass: 40, .flowers: 20])
    owl = dice.has("owl", percent: 3)
    swing = dice.has("swing", percent: 3)
    hue = dice.number("leaf_hue", -14...14)
    lightness = dice.number("leaf_light", -0.05...0.04)
    spread = dice.number("spread", 0.92...1.08)
    height = dice.number("height", -3...3)
    lean = dice.number("lean", -2.5...2.5)
  }

  func draw(on canvas: Canvas) {
    canvas.groundShadow(y: 43, halfWidth: 24)
    drawTrunk(on: canvas)
    canvas.placed(at: (lean, -height), scaled: (spread, 1)) {
      switch kind {
      case .round: drawRound(on: canvas)
      case .cloud: drawCloud(on: canvas)
      case .conifer: drawConifer(on: canvas)
      case .palm: drawPalm(on: canvas)
      }
      drawGuests(on: canvas)
    }
    drawGround(on: canvas)
  }
}

// MARK: - Attributes

extension Tree {
  private enum Kind: String {
    case round
    case conifer
    case cloud
    case palm
  }

  private enum Season: String {
    case summer
    case autumn
    case blossom
    case winter

    var color: Color {
      switch self {
      case .summer: Color(0x76BC74)
      case .autumn: Color(0xEE9B4B)
      case .blossom: Color(0xF5ABC0)
      case .winter: Color(0xA9CFDA)
      }
    }
  }

  private enum Fruit: String {
    case none
    case apples
    case oranges
  }

  private enum Ground: String {
    case bare
    case grass
    case flowers
  }
}

// MARK: - Drawing

extension Tree {
  private var leaves: Color {
    let base = kind == .conifer && season == .summer ? Color(0x4FA383) : season.color
    let tone = kind == .palm ? base.mixed(with: Season.summer.color, 0.6) : base
    return tone.shifted(hue: hue, lightness: lightness)
  }

  private func drawTrunk(on canvas: Canvas) {
    if kind == .palm {
      canvas.stroke(.curve([(-5, 42), (-3, 20), (2 + lean, -14 - height)]), Color.wood, width: 7)
      for y in [30.0, 20, 10, 0] {
        canvas.stroke(
          .line([(-6 + (30 - y) * 0.1, y), (0 + (30 - y) * 0.1, y - 1)]), Color.wood.darker(0.2),
          width: 1.3)
      }
      return
    }
    let trunk = Path(from: (-5, 43)).curve((-3, 34), (-3.6, 20), to: (-3.4 + lean, 4)).line(
      to: (3.4 + lean, 4)
    ).curve((3.6, 20), (3, 34), to: (5.4, 43)).closed
    canvas.fill(trunk, .linear(from: (-5, 0), to: (6, 0), [Color.wood, Color.wood.darker(0.2)]))
    if kind != .conifer {
      canvas.stroke(.line([(0.4, 28), (10, 17)]), Color.wood.darker(0.12), width: 3)
      canvas.stroke(.line([(-0.6, 24), (-8, 15)]), Color.wood.darker(0.05), width: 2.6)
    }
  }

  private func drawRound(on canvas: Canvas) {
    let crown = Path.blob([
      (0, -42), (19, -36), (30, -18), (26, 6), (12, 17), (-12, 17), (-26, 6), (-30, -18),
      (-19, -36),
    ])
    canvas.fill(crown, leaves)
    canvas.clipped(to: crown) {
      canvas.fill(.circle((15, 3), 38), leaves.darker(0.09))
      canvas.fill(.circle((-6, -16), 27), leaves)
      canvas.fill(.ellipse((-11, -25), 11, 8, turned: -35), leaves.lighter(0.2))
    }
    drawLeafMarks(on: canvas, [(10, -22), (-2, -4), (16, -4), (-15, -5), (4, 8)])
    drawFruit(on: canvas, [(-13, -12), (11, -25), (17, -1), (-2, 4), (-3, -29), (-19, 4)])
  }

  private func drawCloud(on canvas: Canvas) {
    let dark = leaves.darker(0.12)
    canvas.fill(.circle((-18, 0), 14) + .circle((18, 0), 14) + .circle((0, 6), 14), dark)
    canvas.fill(.circle((-15, -13), 15) + .circle((15, -13), 15) + .circle((0, -4), 15), leaves)
    canvas.fill(.circle((0, -25), 17), leaves)
    canvas.fill(.circle((-5, -30), 8) + .circle((-19, -18), 5.4), leaves.lighter(0.2))
    drawLeafMarks(on: canvas, [(8, -20), (19, -10), (-6, -8), (6, 2)])
    drawFruit(on: canvas, [(-15, -8), (11, -21), (20, -2), (2, 2), (-4, -19), (-21, 6)])
  }

  private func drawConifer(on canvas: Canvas) {
    let tiers: [(top: Double, bottom: Double, half: Double)] = [
      (-14, 26, 29), (-28, 9, 24), (-43, -9, 18),
    ]
    for (index, tier) in tiers.enumerated() {
      let tone = leaves.darker(0.12 - 0.06 * Double(index))
      let outline = Path.polygon(
        [(0, tier.top), (tier.half, tier.bottom), (-tier.half, tier.bottom)], corner: 5)
      canvas.fill(outline, tone)
      canvas.clipped(to: outline) {
        canvas.fill(
          .polygon([
            (0, tier.top - 4), (tier.half + 4, tier.bottom + 1), (0.2 * tier.half, tier.bottom + 1),
          ]),
          tone.darker(0.09))
        if season == .winter {
          canvas.fill(
            .polygon(
              [
                (0, tier.top - 6), (0.5 * tier.half, tier.top + 15),
                (0.22 * tier.half, tier.top + 12),
                (0, tier.top + 17), (-0.22 * tier.half, tier.top + 12),
                (-0.5 * tier.half, tier.top + 15),
              ], corner: 2), Color.white)
        }
      }
    }
    drawFruit(on: canvas, [(-9, 17), (11, 19), (-5, -1), (9, 2), (0, -18), (-17, 20)])
    if season == .winter { canvas.star((0, -40), 6.5, Color.gold) }
  }

  private func drawPalm(on canvas: Canvas) {
    for (index, angle) in [-165.0, -130, -92, -52, -15, 18, 160].enumerated() {
      canvas.placed(at: (1, -16), turned: angle) {
        canvas.fill(
          Path(from: (0, 0)).curve((10, -13), (24, -12), to: (35, 5)).curve(
            (24, -2), (12, -1), to: (0, 0)
          ).closed,
          leaves.darker(index.isMultiple(of: 2) ? 0.12 : 0))
      }
    }
    for place: Point in [(-3, -11), (4, -10), (1, -6)] {
      canvas.fill(.circle(place, 3.8), Color(0x8A5C3F))
      canvas.fill(.circle((place.x - 1, place.y - 1), 1), Color.white.opacity(0.5))
    }
  }

  private func drawLeafMarks(on canvas: Canvas, _ places: [Point]) {
    for place in places {
      canvas.smile(place, width: 6, depth: 2, line: 1.4, color: leaves.darker(0.2).opacity(0.7))
    }
  }

  private func drawFruit(on canvas: Canvas, _ places: [Point]) {
    guard fruit != .none else { return }
    let color = fruit == .apples ? Color(0xE4534F) : Color(0xFBB03B)
    for place in places {
      canvas.fill(.circle(place, 3.5), color)
      canvas.fill(.circle((place.x - 1.1, place.y - 1.2), 1), Color.white.opacity(0.75))
    }
  }

  private func drawGuests(on canvas: Canvas) {
    if owl {
      canvas.fill(.blob([(0, -17), (8, -13), (8, 3), (0, 7), (-8, 3), (-8, -13)]), Color(0x8E6A56))
      canvas.bothSides {
        canvas.fill(.polygon([(3, -13), (8.4, -18), (8.6, -9)], corner: 1), Color(0x8E6A56))
      }
      canvas.wideEye((-3.6, -8), radius: 3.7)
      canvas.wideEye((3.6, -8), radius: 3.7)
      canvas.fill(.polygon([(-1.6, -4.6), (1.6, -4.6), (0, -1.4)]), Color.gold)
      canvas.fill(.ellipse((0, 3), 4, 3), Color(0xD9BFA6))
    }
    if swing {
      for x in [11.0, 22] {
        canvas.stroke(.line([(x, 6), (x, 32)]), Color(0x7D6A5C), width: 1.1)
      }
      canvas.fill(.rectangle(x: 8.6...24.4, y: 31...34.6, corner: 1), Swatch.coral.color)
    }
  }

  private func drawGround(on canvas: Canvas) {
    guard ground != .bare else { return }
    let green = Color(0x7FC081)
    for (x, size) in [(-13.0, 1.0), (-7, 0.7), (8, 0.85), (15, 1.05)] {
      canvas.fill(
        .polygon(
          [
            (x - 4 * size, 44), (x - 4 * size, 38), (x - 1.4 * size, 41), (x, 35.6),
            (x + 1.4 * size, 41), (x + 4 * size, 37.6),
            (x + 4 * size, 44),
          ], corner: 0.6), green)
    }
    if ground == .flowers {
      for (x, color) in [(-18.0, Swatch.coral.color), (20, Color.gold), (3, Swatch.pink.color)] {
        for angle in stride(from: 18.0, to: 378, by: 72) {
          canvas.fill(.circle(polar((x, 41), 2.1, angle), 1.5), color)
        }
        canvas.fill(.circle((x, 41), 1.3), Color.milk)
      }
    }
  }
}
