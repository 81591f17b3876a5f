/// A single flower, in the ground or in a pot.
struct Flower: Sprite {
  static let className = "flowers"

  private let kind: Kind
  private let petals: Color
  private let planted: Planted
  private let potColor: Color
  private let visitor: Visitor
  private let face: Bool
  private let count: Int
  private let bend: Double
  private let size: Double
  private let leafAngle: Double

  init(using dice: inout Dice) {
    kind = dice.choose("kind", [.daisy: 42, .tulip: 28, .sunflower: 26, .bluebell: 4])
    petals = dice.color(
      "colour", [.coral: 26, .pink: 22, .yellow: 18, .violet: 16, .orange: 10, .blue: 8])
    planted = dice.choose("planted", [.ground: 58, .pot: 42])
    potColor = dice.color("pot_colour", [.orange: 40, .teal: 25, .blue: 20, .grey: 15])
    visitor = dice.choose("visitor", [.none: 86, .ladybird: 10, .bee: 4])
    face = dice.has("face", percent: 3)
    count = dice.count("petals", from: 6, percent: [20, 25, 30, 15, 10])
    bend = dice.number("stem_bend", -4...4)
    size = dice.number("bloom_size", 0.92...1.08)
    leafAngle = dice.number("leaf_angle", -12...12)
  }

  func draw(on canvas: Canvas) {
    let base = planted == .pot ? 24.0 : 43
    canvas.groundShadow(y: 43.6, halfWidth: planted == .pot ? 18 : 13)
    drawStem(on: canvas, base: base)
    if planted == .pot { drawPot(on: canvas) }
    canvas.placed(at: (bend, -15), scaled: (size, size)) {
      switch kind {
      case .daisy: drawDaisy(on: canvas)
      case .sunflower: drawSunflower(on: canvas)
      case .tulip: drawTulip(on: canvas)
      case .bluebell: drawBluebell(on: canvas)
      }
      drawFace(on: canvas)
    }
    drawVisitor(on: canvas)
  }
}

// MARK: - Attributes

extension Flower {
  private enum Kind: String {
    case daisy
    case tulip
    case sunflower
    case bluebell
  }

  private enum Planted: String {
    case ground
    case pot
  }

  private enum Visitor: String {
    case none
    case ladybird
    case bee
  }
}

// MARK: - Drawing

extension Flower {
  private func drawStem(on canvas: Canvas, base: Double) {
    let green = Color(0x5FAE74)
    canvas.stroke(
      Path(from: (0, base)).curve((0, base - 14), (bend, 4), to: (bend, -12)), green, width: 3.6)
    let foot = planted == .pot ? 19.0 : 34
    for (side, height) in [(1.0, foot), (-1, foot - 6)] {
      canvas.placed(at: (0, height), scaled: (side, 1)) {
        canvas.placed(turned: -38 + leafAngle) {
          let leaf = Path(from: (0, 0)).curve((5, -9), (16, -9), to: (23, -1)).curve(
            (16, 6), (6, 6), to: (0, 0)
          ).closed
          canvas.fill(leaf, Color(0x7CC488))
          canvas.clipped(to: leaf) {
            canvas.fill(.rectangle(x: 0...24, y: -0.6...10), Color(0x66B177))
          }
        }
      }
    }
  }

  private func drawPot(on canvas: Canvas) {
    canvas.fill(
      .polygon([(-14, 27), (14, 27), (10.4, 44), (-10.4, 44)], corner: 2.4),
      .linear(
        from: (-14, 0), to: (14, 0), [potColor.lighter(0.15), potColor, potColor.darker(0.12)]))
    canvas.fill(.rectangle(x: -16.4...16.4, y: 22...29, corner: 2), potColor.darker(0.1))
    canvas.fill(.rectangle(x: -14...(-3), y: 23.6...25.2, corner: 0.8), potColor.lighter(0.3))
  }

  private func drawDaisy(on canvas: Canvas) {
    let step = 360 / Double(count)
    let half = min(9.4, 62 / Double(count))
    for layer in 0..<2 {
      for index in 0..<count {
        let angle = (Double(index) + (layer == 0 ? 0.5 : 0)) * step - 90
        canvas.placed(turned: angle) {
          canvas.fill(
            .ellipse((15.6, 0), 12, half * (layer == 0 ? 0.86 : 1)),
            layer == 0 ? petals.darker(0.14) : petals)
          if layer == 1 {
            canvas.stroke(.line([(12, 0), (20, 0)]), petals.darker(0.16), width: 1.1)
          }
        }
      }
    }
    drawCenter(on: canvas, radius: 9.4, petals.isGolden ? Color(0xD9823B) : Color.gold)
  }

  private func drawSunflower(on canvas: Canvas) {
    let gold = Color(0xF9C23C).mixed(with: petals, 0.1)
    let number = 2 * count
    for layer in 0..<2 {
      for index in 0..<number {
        canvas.placed(turned: (Double(index) + 0.5 * Double(layer)) * 360 / Double(number)) {
          canvas.fill(
            Path(from: (8, -4)).curve((16, -6.6), (22, -4), to: (28 - 3 * Double(layer), 0)).curve(
              (22, 4), (16, 6.6), to: (8, 4)
            ).closed, layer == 0 ? gold.darker(0.13) : gold)
        }
      }
    }
    drawCenter(on: canvas, radius: 13, Color(0x8A5A3A))
    if !face {
      for ring in [(4.0, 5), (8.6, 10)] {
        for index in 0..<ring.1 {
          canvas.fill(
            .circle(polar((0, 0), ring.0, Double(index) * 360 / Double(ring.1)), 1.15),
            Color(0x63402B))
        }
      }
    }
  }

  private func drawCenter(on canvas: Canvas, radius: Double, _ color: Color) {
    canvas.fill(.circle((0, 0), radius), color)
    canvas.clipped(to: .circle((0, 0), radius)) {
      canvas.fill(.circle((-0.14 * radius, -0.16 * radius), 0.86 * radius), color.lighter(0.16))
    }
  }

  private func drawTulip(on canvas: Canvas) {
    canvas.placed(at: (0, -2)) {
      canvas.bothSides {
        canvas.fill(
          Path(from: (0, 18)).curve((16, 18), (24, 4), to: (19, -22)).curve(
            (12, -18), (4, -10), to: (0, 0)
          ).closed, .lit(petals.darker(0.06), -22, 20))
      }
      canvas.fill(
        Path(from: (0, 19)).curve((13, 16), (14, -6), to: (0, -25)).curve(
          (-14, -6), (-13, 16), to: (0, 19)
        ).closed, .lit(petals.lighter(0.12), -25, 20))
      canvas.stroke(
        .curve([(-4.6, 8), (-5.4, -2), (-2.4, -12)]), Color.white.opacity(0.5), width: 1.8)
    }
  }

  private func drawBluebell(on canvas: Canvas) {
    let blue = Color(0x7B8FE0).mixed(with: petals, 0.25)
    canvas.stroke(
      Path(from: (0, 8)).curve((0, -18), (4, -28), to: (20, -24)), Color(0x5FAE74), width: 3)
    for (place, angle) in [((20.0, -22.0), -6.0), ((2, -12), 20), ((13, -8), -4), ((-4, 4), 24)] {
      canvas.placed(at: (place.0, place.1), turned: angle) {
        canvas.fill(
          Path(from: (-3, 0)).curve((-8, 3), (-7, 10), to: (-10, 16)).line(to: (-4.6, 14)).line(
            to: (0, 17)
          ).line(to: (4.6, 14)).line(to: (10, 16)).curve(
            (7, 10), (8, 3), to: (3, 0)
          ).closed, .lit(blue, 0, 17))
      }
    }
  }

  private func drawFace(on canvas: Canvas) {
    guard face else { return }
    let y = kind == .tulip ? 4.0 : kind == .bluebell ? -4 : -1
    let line = kind == .sunflower ? Color.milk : Color.ink
    for x in [-3.6, 3.6] { canvas.fill(.circle((x, y - 1), 1.7), line) }
    canvas.smile((0, y + 2), width: 6.4, depth: 2.6, line: 1.5, color: line)
  }

  private func drawVisitor(on canvas: Canvas) {
    switch visitor {
    case .none: break
    case .ladybird:
      canvas.placed(at: (15, planted == .pot ? 8 : 17), turned: -24) {
        canvas.fill(.circle((5, 0), 3), Color.ink)
        canvas.fill(.ellipse((0, 0), 5.8, 4.8), Color(0xE4534F))
        canvas.stroke(.line([(-5.4, 0), (4, 0)]), Color.ink, width: 1)
        for spot: Point in [(-2, -2.4), (1.8, -2.2), (-2, 2.4), (1.8, 2.2)] {
          canvas.fill(.circle(spot, 1), Color.ink)
        }
      }
    case .bee:
      canvas.placed(at: (27, -36), turned: 12) {
        canvas.fill(
          .ellipse((1, -5), 3.4, 5, turned: 24) + .ellipse((-4, -4.6), 3, 4.4, turned: -20),
          Color(0xC4E3F3))
        let body = Path.ellipse((0, 0), 7.6, 5.2)
        canvas.fill(body, Color.gold)
        canvas.clipped(to: body) {
          for x in [-3.4, 1.4] { canvas.stroke(.line([(x, -6), (x, 6)]), Color.ink, width: 2.2) }
        }
        canvas.fill(.circle((-5.4, -1), 1), Color.ink)
      }
    }
  }
}
