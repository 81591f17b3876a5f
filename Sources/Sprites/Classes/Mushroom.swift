/// A mushroom in the grass.
struct Mushroom: Sprite {
  static let className = "mushrooms"

  private let cap: Cap
  private let color: Color
  private let dots: Dots
  private let friend: Friend
  private let grass: Bool
  private let ring: Bool
  private let face: Bool
  private let width: Double
  private let height: Double
  private let stalk: Double

  init(using dice: inout Dice) {
    cap = dice.choose("cap", [.dome: 52, .pointed: 24, .flat: 22, .bell: 2])
    color = dice.color("colour", [.coral: 46, .brown: 20, .orange: 14, .violet: 12, .teal: 8])
    dots = dice.choose("dots", [.round: 68, .none: 22, .rings: 10])
    friend = dice.choose("friend", [.none: 62, .mushroom: 28, .snail: 6, .gnome: 4])
    grass = dice.has("grass", percent: 55)
    ring = dice.has("ring", percent: 35)
    face = dice.has("face", percent: 5)
    width = dice.number("cap_width", 31...36)
    height = dice.number("cap_height", 30...36)
    stalk = dice.number("stalk_width", 8.5...11.5)
  }

  func draw(on canvas: Canvas) {
    canvas.groundShadow(y: 42.6, halfWidth: 26)
    if friend == .mushroom {
      canvas.placed(at: (23, 25), turned: 8, scaled: (0.42, 0.42)) { drawMushroom(on: canvas) }
    }
    drawMushroom(on: canvas)
    if face { drawFace(on: canvas) }
    drawFriend(on: canvas)
    if grass { drawGrass(on: canvas) }
  }
}

// MARK: - Attributes

extension Mushroom {
  private enum Cap: String {
    case dome
    case pointed
    case flat
    case bell
  }

  private enum Dots: String {
    case round
    case none
    case rings
  }

  private enum Friend: String {
    case none
    case mushroom
    case snail
    case gnome
  }
}

// MARK: - Drawing

extension Mushroom {
  private var outline: Path {
    let w = width
    let top = 3 - height
    switch cap {
    case .dome:
      return Path(from: (-w, 0)).curve((-w, -0.8 * height), (-0.6 * w, top - 8), to: (0, top - 8))
        .curve(
          (0.6 * w, top - 8), (w, -0.8 * height), to: (w, 0)
        ).curve((w, 8), (w - 6, 8), to: (w - 10, 7)).curve(
          (12, 3), (-12, 3), to: (-w + 10, 7)
        ).curve((-w + 6, 8), (-w, 8), to: (-w, 0)).closed
    case .pointed:
      return Path(from: (-w, 3)).curve((-w + 2, -8), (-12, -14), to: (-5, top - 8)).curve(
        (-3, top - 13), (3, top - 13), to: (5, top - 8)
      ).curve((12, -14), (w - 2, -8), to: (w, 3)).curve(
        (w + 1, 9), (w - 6, 9), to: (w - 9, 8)
      ).curve((12, 3), (-12, 3), to: (-w + 9, 8)).curve(
        (-w + 6, 9), (-w - 1, 9), to: (-w, 3)
      ).closed
    case .flat:
      return Path(from: (-w - 3, -4)).curve((-w - 2, -20), (-0.6 * w, top + 3), to: (0, top + 3))
        .curve(
          (0.6 * w, top + 3), (w + 2, -20), to: (w + 3, -4)
        ).curve((w + 3, 4), (w - 4, 5), to: (w - 8, 4)).curve(
          (12, 1), (-12, 1), to: (-w + 8, 4)
        ).curve((-w + 4, 5), (-w - 3, 4), to: (-w - 3, -4)).closed
    case .bell:
      return Path(from: (-w + 4, 12)).curve((-w + 12, 2), (-w + 4, top - 8), to: (0, top - 8))
        .curve(
          (w - 4, top - 8), (w - 12, 2), to: (w - 4, 12)
        ).curve((16, 6), (-16, 6), to: (-w + 4, 12)).closed
    }
  }

  private func drawMushroom(on canvas: Canvas) {
    let s = stalk
    let stem = Path(from: (-s, -2)).curve((-s + 1, 14), (-s - 3, 28), to: (-s - 3, 36)).curve(
      (-s - 2, 44), (s + 2, 44), to: (s + 3, 36)
    ).curve((s + 3, 28), (s - 1, 14), to: (s, -2)).closed
    canvas.fill(
      stem,
      .linear(
        from: (-s - 2, 0), to: (s + 3, 0), [Color(0xFDF4E3), Color(0xF6E7CC), Color(0xE2CCA9)]))
    canvas.clipped(to: stem) {
      canvas.fill(.ellipse((0, 3), 30, 9), Color(0x8A5A4A).opacity(0.28))
    }
    if ring {
      canvas.fill(
        Path(from: (-s - 1, 14)).curve((-6, 18), (6, 18), to: (s + 1, 14)).line(to: (s + 4.4, 20))
          .curve(
            (6, 24.6), (-6, 24.6), to: (-s - 4.4, 20)
          ).closed, Color(0xFFFAEF))
      canvas.stroke(.curve([(-s - 4, 20), (0, 23.6), (s + 4, 20)]), Color(0xE2CCA9), width: 1.2)
    }
    canvas.fill(outline, .lit(color, -height - 4, 8, by: 0.15))
    canvas.clipped(to: outline) {
      canvas.stroke(
        .curve([(-width - 4, 2), (0, cap == .bell ? 10 : 4.4), (width + 4, 2)]), color.darker(0.24),
        width: 4)
      drawDots(on: canvas)
      canvas.stroke(
        .arc((0, 0), 0.82 * width, 0.92 * height, from: 208, to: 238), Color.white.opacity(0.4),
        width: 2.6)
    }
  }

  private func drawDots(on canvas: Canvas) {
    let h = height
    let places: [(Point, Double)] = [
      ((-2, -0.62 * h), 5.6), ((-20, -0.3 * h), 4.6), ((15, -0.4 * h), 5), ((1, -0.22 * h), 3.7),
      ((27, -4), 4), ((-31, -2), 3.4), ((-11, -0.02 * h), 2.5), ((13, -2), 2.6),
    ]
    for (center, radius) in places {
      switch dots {
      case .none: break
      case .round: canvas.fill(.ellipse(center, radius, 0.86 * radius), Color(0xFFF8EA))
      case .rings:
        canvas.stroke(.ellipse(center, 0.8 * radius, 0.7 * radius), Color(0xFFF8EA), width: 1.7)
      }
    }
  }

  private func drawFace(on canvas: Canvas) {
    let y = ring ? 29.0 : 22
    canvas.eyes((0, y), apart: 4.6, radius: 2)
    canvas.smile((0, y + 4), width: 5, depth: 2, line: 1.4)
    canvas.cheeks((0, y + 3), apart: 8, radius: 2.2)
  }

  private func drawFriend(on canvas: Canvas) {
    switch friend {
    case .none, .mushroom: break
    case .snail:
      canvas.placed(at: (-24, 38)) {
        canvas.fill(.rectangle(x: -12...11, y: 0...5, corner: 2.5), Color(0xE9C79B))
        canvas.fill(.circle((-9.4, -1), 3.6), Color(0xE9C79B))
        canvas.stroke(.line([(-10, -3), (-12, -8)]), Color(0xE9C79B), width: 1.4)
        canvas.stroke(.line([(-8, -3), (-7.6, -8.4)]), Color(0xE9C79B), width: 1.4)
        canvas.fill(.circle((2, -3), 7), Swatch.orange.color.darker(0.1))
        canvas.stroke(
          Path(from: (2, -3)).curve((4, -5), (0, -7), to: (-1, -3.6)).curve(
            (-1.6, 1), (7, 1.6), to: (7, -3.6)),
          Color(0x9A5D35), width: 1.4)
        canvas.fill(.circle((-10.6, -1), 0.8), Color.ink)
      }
    case .gnome:
      canvas.placed(at: (-24, 34)) {
        canvas.fill(.rectangle(x: -6...6, y: 0...9, corner: 3), Swatch.blue.color)
        canvas.fill(.circle((0, -3), 4.6), Color(0xF4C7A4))
        canvas.fill(.polygon([(-5, -2), (5, -2), (0, 8)], corner: 2), .white)
        canvas.fill(.polygon([(-6, -4.6), (6, -4.6), (1.6, -19)], corner: 1.4), Color(0xE0524F))
        canvas.fill(.circle((0, -2), 1.3), Color(0xEB9F83))
      }
    }
  }

  private func drawGrass(on canvas: Canvas) {
    for (x, size) in [(-15.0, 1.1), (-8, 0.75), (9, 0.8), (16, 1.15)] {
      canvas.fill(
        .polygon(
          [
            (x - 5 * size, 44), (x - 4.6 * size, 36.6), (x - 1.6 * size, 40), (x, 33),
            (x + 1.8 * size, 40),
            (x + 5 * size, 36), (x + 5 * size, 44),
          ], corner: 0.8), Color(0x7FC081))
    }
  }
}
