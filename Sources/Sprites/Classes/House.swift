/// A small house from the front.
struct House: Sprite {
  static let className = "houses"

  private let walls: Walls
  private let roof: Roof
  private let roofColor: Color
  private let doorColor: Color
  private let windows: Windows
  private let lit: Bool
  private let chimney: Chimney
  private let garden: Garden
  private let weathercock: Bool
  private let width: Double
  private let height: Double

  init(using dice: inout Dice) {
    walls = dice.choose("walls", [.cream: 44, .brick: 22, .sky: 18, .timber: 16])
    roof = dice.choose("roof", [.gable: 46, .hip: 28, .barn: 22, .tower: 4])
    roofColor = dice.color(
      "roof_colour", [.coral: 36, .brown: 20, .navy: 18, .teal: 16, .violet: 10])
    doorColor = dice.color(
      "door_colour", [.blue: 26, .leaf: 24, .orange: 22, .coral: 16, .navy: 12])
    windows = dice.choose("windows", [.square: 52, .arched: 32, .round: 16])
    lit = dice.has("lit", percent: 22)
    chimney = dice.choose("chimney", [.none: 32, .cold: 36, .smoking: 32])
    garden = dice.choose("garden", [.none: 40, .bush: 34, .hedge: 21, .sunflower: 5])
    weathercock = dice.has("weathercock", percent: 2)
    width = dice.number("width", 25...29)
    height = dice.number("wall_height", 34...39)
  }

  func draw(on canvas: Canvas) {
    canvas.placed(at: (0, 1)) {
      canvas.groundShadow(y: 42, halfWidth: width + 12)
      drawChimney(on: canvas)
      drawWalls(on: canvas)
      drawRoof(on: canvas)
      drawOpenings(on: canvas)
      drawGarden(on: canvas)
    }
  }
}

// MARK: - Attributes

extension House {
  private enum Walls: String {
    case cream
    case brick
    case sky
    case timber

    var color: Color {
      switch self {
      case .cream: Color(0xF8E6C8)
      case .brick: Color(0xE0A184)
      case .sky: Color(0xCDE3EE)
      case .timber: Color(0xF4E9D6)
      }
    }
  }

  private enum Roof: String {
    case gable
    case hip
    case barn
    case tower
  }

  private enum Windows: String {
    case square
    case arched
    case round
  }

  private enum Chimney: String {
    case none
    case cold
    case smoking
  }

  private enum Garden: String {
    case none
    case bush
    case hedge
    case sunflower
  }
}

// MARK: - Drawing

extension House {
  private var eaves: Double { 42 - height }

  private func drawChimney(on canvas: Canvas) {
    guard chimney != .none else { return }
    if chimney == .smoking {
      canvas.puff((22, -38), 3.6, Color(0xDDE1EA))
      canvas.puff((28, -44), 4.4, Color(0xE6E9F0))
    }
    canvas.fill(.rectangle(x: 13...21, y: -31 ... -8), Color(0xC77B63))
    canvas.fill(.rectangle(x: 11.6...22.4, y: -34 ... -29.6, corner: 1), Color(0xA9614D))
  }

  private func drawWalls(on canvas: Canvas) {
    let w = width
    let front =
      roof == .hip || roof == .tower
      ? Path.rectangle(x: -w...w, y: eaves - 2...42)
      : Path.polygon([(-w, 42), (-w, eaves), (0, -28), (w, eaves), (w, 42)])
    canvas.fill(
      front,
      .linear(from: (-w, 0), to: (w, 0), [walls.color.lighter(0.2), walls.color.darker(0.05)]))
    canvas.clipped(to: front) {
      switch walls {
      case .cream, .sky: break
      case .brick:
        for (x, y) in [(-20.0, 12.0), (-13, 35), (15, 34), (21, 13), (-22, 37), (7, -2), (-9, -1)] {
          canvas.fill(
            .rectangle(x: x - 3...x + 3, y: y - 1.3...y + 1.3, corner: 0.6),
            walls.color.darker(0.14))
        }
      case .timber:
        let beam = Color(0x9A6B4F)
        canvas.stroke(.line([(-w, eaves + 5), (w, eaves + 5)]), beam, width: 2.4)
        canvas.stroke(.line([(-w + 1.2, eaves), (-w + 1.2, 42)]), beam, width: 2.4)
        canvas.stroke(.line([(w - 1.2, eaves), (w - 1.2, 42)]), beam, width: 2.4)
      }
      // The shadow that the roof throws.
      canvas.stroke(
        roof == .hip || roof == .tower
          ? .line([(-w - 5, eaves + 1.6), (w + 5, eaves + 1.6)])
          : .line([(-w - 3, eaves + 4.6), (0, -24), (w + 3, eaves + 4.6)]),
        Color(0x2B2350).opacity(0.13), width: 4)
    }
  }

  private func drawRoof(on canvas: Canvas) {
    let w = width
    let e = eaves
    let paint = Paint.lit(roofColor, -34, e + 4, by: 0.12)
    switch roof {
    case .gable:
      canvas.fill(
        .polygon(
          [(0, -36), (w + 8, e + 1), (w + 4, e + 6), (0, -26.4), (-w - 4, e + 6), (-w - 8, e + 1)],
          corner: 1.6), paint)
    case .hip:
      canvas.fill(
        .polygon([(-w + 8, -27), (w - 8, -27), (w + 7, e + 2), (-w - 7, e + 2)], corner: 2.4), paint
      )
      drawTiles(on: canvas, from: -20, to: e - 3)
    case .barn:
      canvas.fill(
        .polygon(
          [
            (0, -36), (w - 6, -22), (w + 7, e + 3), (w + 1, e + 4), (w - 10, -16), (0, -26),
            (-w + 10, -16), (-w - 1, e + 4), (-w - 7, e + 3), (-w + 6, -22),
          ], corner: 1.2), paint)
    case .tower:
      canvas.fill(
        .polygon([(-w + 6, -16), (w - 4, -16), (w + 6, e + 2), (-w - 6, e + 2)], corner: 2), paint)
      canvas.fill(.rectangle(x: -w - 2 ... -w + 16, y: -18...42), walls.color.darker(0.07))
      canvas.fill(.polygon([(-w + 7, -47), (-w + 19, -16), (-w - 5, -16)], corner: 1.4), paint)
      window((-w + 7, -6), on: canvas)
    }
    if weathercock {
      let top: Point = roof == .tower ? (-w + 7, -46) : (0, roof == .hip ? -27 : -35)
      canvas.stroke(.line([top, (top.x, top.y - 9)]), Color.ink, width: 1.2)
      canvas.fill(
        .blob([
          (top.x - 5, top.y - 12), (top.x - 1, top.y - 9), (top.x + 4, top.y - 13),
          (top.x + 2, top.y - 7), (top.x - 3, top.y - 7),
        ]), Color.gold)
    }
  }

  private func drawTiles(on canvas: Canvas, from top: Double, to bottom: Double) {
    for (row, y) in stride(from: top, through: bottom, by: 7).enumerated() {
      for x in stride(from: -14.0, through: 14, by: 9.4) {
        let offset = row.isMultiple(of: 2) ? 0 : 4.7
        canvas.stroke(
          .arc((x + offset, y), 3, 2.6, from: 20, to: 160), roofColor.darker(0.25).opacity(0.7),
          width: 1.2)
      }
    }
  }

  private func drawOpenings(on canvas: Canvas) {
    canvas.fill(.rectangle(x: -8.4...8.4, y: 17...42, corner: 1.6), Color.milk)
    let door =
      windows == .arched
      ? Path(from: (-6.4, 42)).line(to: (-6.4, 25)).curve((-6.4, 17), (6.4, 17), to: (6.4, 25))
        .line(to: (6.4, 42)).closed
      : Path.rectangle(x: -6.4...6.4, y: 19...42)
    canvas.fill(door, .lit(doorColor, 18, 42))
    canvas.fill(.circle((3.8, 31.4), 1.2), Color.gold)
    if roof != .tower { window((-width + 9.6, 24), on: canvas) }
    window((width - 9.6, 24), on: canvas)
    if roof == .gable || roof == .barn {
      canvas.fill(.circle((0, -7), 6), Color.milk)
      canvas.fill(.circle((0, -7), 4.5), glass)
      canvas.stroke(.line([(-4.4, -7), (4.4, -7)]), Color.milk, width: 1.2)
      canvas.stroke(.line([(0, -11.4), (0, -2.6)]), Color.milk, width: 1.2)
    }
    canvas.fill(.rectangle(x: -10...10, y: 40.4...43.6, corner: 1), Color(0xC9C2B8))
  }

  private var glass: Color { lit ? Color(0xFFDF7E) : Color.glass }

  private func window(_ center: Point, on canvas: Canvas) {
    let (x, y) = center
    let outline: Path =
      switch windows {
      case .square: .rectangle(x: x - 5.4...x + 5.4, y: y - 6...y + 6, corner: 0.8)
      case .arched:
        Path(from: (x - 5.2, y + 7)).line(to: (x - 5.2, y - 2)).curve(
          (x - 5.2, y - 9), (x + 5.2, y - 9), to: (x + 5.2, y - 2)
        ).line(to: (x + 5.2, y + 7)).closed
      case .round: .circle(center, 6)
      }
    canvas.fill(outline, glass)
    canvas.clipped(to: outline) {
      canvas.fill(
        .polygon([(x - 8, y + 4), (x + 2, y - 10), (x + 6, y - 10), (x - 6, y + 8)]),
        Color.white.opacity(0.4))
    }
    canvas.stroke(.line([(x, y - 6), (x, y + 6)]), Color.milk, width: 1.3)
    canvas.stroke(.line([(x - 5, y), (x + 5, y)]), Color.milk, width: 1.3)
    canvas.stroke(outline, Color.milk, width: 1.9)
  }

  private func drawGarden(on canvas: Canvas) {
    let green = Swatch.leaf.color
    switch garden {
    case .none: break
    case .bush:
      canvas.puff((-width - 1, 36), 7, green)
      canvas.puff((-width - 5, 39), 4, green.darker(0.12))
    case .hedge:
      canvas.bothSides {
        canvas.puff((width - 2, 39), 4.4, green.darker(0.08))
        canvas.puff((width + 6, 38), 5, green)
      }
    case .sunflower:
      canvas.stroke(.line([(width + 6, 43), (width + 6, 22)]), green.darker(0.1), width: 2)
      for angle in stride(from: 0.0, to: 360, by: 45) {
        canvas.fill(.circle(polar((width + 6, 20), 5, angle), 2.6), Color.gold)
      }
      canvas.fill(.circle((width + 6, 20), 3.6), Color(0x7A5034))
    }
  }
}
