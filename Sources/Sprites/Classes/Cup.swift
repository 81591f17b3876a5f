/// A cup of something warm.
struct Cup: Sprite {
  static let className = "cups"

  private let kind: Kind
  private let color: Color
  private let pattern: Pattern
  private let accent: Color
  private let steam: Steam
  private let drink: Drink
  private let extra: Extra
  private let facing: Facing
  private let face: Bool
  private let width: Double
  private let height: Double

  init(using dice: inout Dice) {
    kind = dice.choose("kind", [.mug: 52, .teacup: 34, .takeaway: 14])
    color = dice.color(
      "colour", [.coral: 22, .teal: 20, .blue: 18, .cream: 16, .yellow: 14, .violet: 10])
    pattern = dice.choose("pattern", [.plain: 34, .stripes: 26, .dots: 22, .heart: 15, .star: 3])
    accent = dice.color("accent", [.coral: 40, .navy: 30, .yellow: 30])
    steam = dice.choose("steam", [.none: 30, .two: 30, .three: 37, .hearts: 3])
    drink = dice.choose("drink", [.coffee: 48, .tea: 30, .cocoa: 17, .matcha: 5])
    extra = dice.choose("extra", [.none: 64, .spoon: 14, .biscuit: 12, .teabag: 10])
    facing = dice.choose("facing", [.right: 75, .left: 25])
    face = dice.has("face", percent: 4)
    width = dice.number("width", 21...25)
    height = dice.number("height", 36...42)
  }

  func draw(on canvas: Canvas) {
    // Without a lid a cup is low: it is drawn larger, so that all kinds weigh the same.
    let zoom = kind == .takeaway ? 1.02 : 1.13
    let lift = kind == .takeaway ? -0.5 : kind == .mug ? -4.5 : -6.5
    canvas.placed(
      at: (kind == .takeaway ? 0 : facing == .right ? -4.5 : 4.5, lift), scaled: (zoom, zoom)
    ) {
      canvas.placed(scaled: (facing == .right ? 1 : -1, 1)) {
        switch kind {
        case .mug: drawMug(on: canvas)
        case .teacup: drawTeacup(on: canvas)
        case .takeaway: drawTakeaway(on: canvas)
        }
      }
      drawSteam(on: canvas)
    }
  }
}

// MARK: - Attributes

extension Cup {
  private enum Kind: String {
    case mug
    case teacup
    case takeaway
  }

  private enum Pattern: String {
    case plain
    case stripes
    case dots
    case heart
    case star
  }

  private enum Steam: String {
    case none
    case two
    case three
    case hearts
  }

  private enum Drink: String {
    case coffee
    case tea
    case cocoa
    case matcha

    var color: Color {
      switch self {
      case .coffee: Color(0x6B4634)
      case .tea: Color(0xC9803F)
      case .cocoa: Color(0x94634A)
      case .matcha: Color(0x9DBB6B)
      }
    }
  }

  private enum Extra: String {
    case none
    case spoon
    case biscuit
    case teabag
  }
}

// MARK: - Drawing

extension Cup {
  private func paint(_ half: Double) -> Paint {
    .linear(
      from: (-half, 0), to: (half, 0),
      [color.lighter(0.16), color, color, color.darker(0.12)])
  }

  private func drawMug(on canvas: Canvas) {
    let (w, top) = (width, 42 - height)
    canvas.groundShadow(y: 42.4, halfWidth: w + 8, x: 3)
    canvas.stroke(
      Path(from: (w - 2, top + 9)).curve((w + 18, top + 4), (w + 18, 37), to: (w - 3, 33)),
      color.darker(0.14), width: 5.4)
    drawExtra(on: canvas, rim: top)
    let body = Path(from: (-w, top)).line(to: (-w, 34)).curve(
      (-w, 40), (-w + 5, 43), to: (-w + 10, 43)
    )
    .line(to: (w - 10, 43)).curve((w - 5, 43), (w, 40), to: (w, 34)).line(to: (w, top)).closed
    canvas.fill(body, paint(w))
    drawPattern(on: canvas, body, half: w, top: top + 5, bottom: 43)
    drawSurface(on: canvas, half: w, y: top, depth: 4.6)
    drawHanging(on: canvas, rim: top)
  }

  private func drawTeacup(on canvas: Canvas) {
    let w = width + 3
    let top = 43 - 0.8 * height
    canvas.groundShadow(y: 43.4, halfWidth: w + 11)
    canvas.fill(.ellipse((0, 40.4), w + 9, 4.6), color.darker(0.16))
    canvas.fill(.ellipse((0, 39.2), w + 9, 4.2), color.lighter(0.25))
    canvas.stroke(
      Path(from: (w - 2, top + 5)).curve((w + 16, top + 1), (w + 13, 29), to: (w - 8, 29)),
      color.darker(0.14), width: 4.4)
    drawExtra(on: canvas, rim: top)
    let body = Path(from: (-w, top)).curve((-w, 28), (-16, 39), to: (-9, 39)).line(to: (9, 39))
      .curve(
        (16, 39), (w, 28), to: (w, top)
      ).closed
    canvas.fill(body, paint(w))
    drawPattern(on: canvas, body, half: w, top: top + 4, bottom: 37)
    drawSurface(on: canvas, half: w, y: top, depth: 4.4)
    drawHanging(on: canvas, rim: top)
  }

  private func drawTakeaway(on canvas: Canvas) {
    let w = width - 2
    let top = 34 - height
    canvas.groundShadow(y: 43, halfWidth: w + 3)
    drawExtra(on: canvas, rim: top - 4)
    let body = Path.polygon([(-w, top), (w, top), (w - 5, 44), (-w + 5, 44)], corner: 2.4)
    canvas.fill(body, .linear(from: (-w, 0), to: (w, 0), [Color(0xFBF1E0), Color(0xEBDCC4)]))
    canvas.clipped(to: body) {
      let sleeve = Path.rectangle(x: -w - 2...w + 2, y: top + 11...36)
      canvas.fill(sleeve, paint(w))
      drawPattern(on: canvas, sleeve, half: w - 2, top: top + 9, bottom: 37)
    }
    canvas.fill(
      .rectangle(x: -w - 2.4...w + 2.4, y: top - 3...top + 3.4, corner: 2), drink.color)
    canvas.fill(
      .polygon([(-w + 2, top - 9), (w - 2, top - 9), (w, top - 2), (-w, top - 2)], corner: 2),
      drink.color.lighter(0.16))
  }

  private func drawSurface(on canvas: Canvas, half: Double, y: Double, depth: Double) {
    canvas.fill(.ellipse((0, y), half, depth), color.lighter(0.45))
    let surface = Path.ellipse((0, y + 0.5), half - 2.4, depth - 1.4)
    canvas.fill(surface, drink.color)
    canvas.clipped(to: surface) {
      canvas.fill(
        .ellipse((-0.3 * half, y - 0.8), 0.5 * half, 0.4 * depth), drink.color.lighter(0.2))
    }
  }

  private func drawPattern(
    on canvas: Canvas, _ body: Path, half: Double, top: Double, bottom: Double
  ) {
    let middle = (top + bottom) / 2
    let mark = color.mixed(with: .milk, 0.72)
    canvas.clipped(to: body) {
      if !face {
        switch pattern {
        case .plain: break
        case .stripes:
          for y in [middle - 6, middle, middle + 6] {
            canvas.stroke(
              .curve([(-half - 4, y - 2), (0, y + 1), (half + 4, y - 2)]), mark, width: 2.8)
          }
        case .dots:
          for (row, y) in [middle - 8, middle, middle + 8].enumerated() {
            for x in stride(from: -24.0, through: 24, by: 9.6) {
              canvas.fill(.circle((x + (row == 1 ? 4.8 : 0), y), 2.1), mark)
            }
          }
        case .heart: canvas.heart((0, middle), 8, accent.distinct(from: color))
        case .star: canvas.star((0, middle), 10, accent.distinct(from: color))
        }
      }
      canvas.stroke(
        .line([(-half + 4.4, top + 4), (-half + 4.4 + 0.08 * half, bottom - 12)]),
        Color.white.opacity(0.5),
        width: 2.2)
    }
    if face {
      canvas.eyes((0, middle - 3), apart: 7, radius: 2.7)
      canvas.smile((0, middle + 2), width: 7, depth: 3, line: 1.8)
      canvas.cheeks((0, middle + 1.6), apart: 12, radius: 3)
    }
  }

  /// What stands in the drink.
  private func drawExtra(on canvas: Canvas, rim: Double) {
    switch extra {
    case .none, .teabag: break
    case .spoon:
      canvas.stroke(.line([(8, rim + 3), (17, rim - 18)]), Color.steel, width: 2.6)
      canvas.fill(.ellipse((17.6, rim - 19.6), 3.2, 4.4, turned: 22), Color.steel.lighter(0.2))
    case .biscuit:
      canvas.placed(at: (12, rim - 3), turned: 18) {
        canvas.fill(.circle((0, 0), 9.4), Color(0xDFA768))
        for spot: Point in [(-3, -5), (3, -4), (-5, 0), (1, -1), (5, 1)] {
          canvas.fill(.circle(spot, 1.4), Color(0x7A4E35))
        }
      }
    }
  }

  /// What hangs over the rim.
  private func drawHanging(on canvas: Canvas, rim: Double) {
    guard extra == .teabag else { return }
    canvas.stroke(.curve([(-9, rim + 3), (-9.6, rim + 9), (-9, rim + 13)]), Color.milk, width: 1.2)
    canvas.fill(.rectangle(x: -13 ... -5, y: rim + 12...rim + 20, corner: 1.2), Color.milk)
    canvas.fill(.circle((-9, rim + 16), 2), Swatch.leaf.color)
  }

  private func drawSteam(on canvas: Canvas) {
    let base = (kind == .takeaway ? 22 : 36) - (kind == .teacup ? 0.8 : 1) * height
    let tone = Color(0xC9D0DE)
    let places: [Double] =
      switch steam {
      case .none, .hearts: []
      case .two: [-6, 6]
      case .three: [-10, 0, 10]
      }
    for (index, x) in places.enumerated() {
      let rise = index == 1 && places.count == 3 ? 22.0 : 17
      canvas.stroke(
        Path(from: (x, base)).curve(
          (x - 6, base - 0.4 * rise), (x + 6, base - 0.6 * rise), to: (x, base - rise)), tone,
        width: 2.7)
    }
    if steam == .hearts {
      canvas.heart((-4, base - 5), 5, Color(0xF3A0AE))
      canvas.heart((6, base - 15), 6.4, Color(0xEE7F92))
    }
  }
}
