/// An ice cream.
struct IceCream: Sprite {
  static let className = "icecreams"

  private let holder: Holder
  private let scoops: Int
  private let first: Flavour
  private let second: Flavour
  private let third: Flavour
  private let topping: Topping
  private let sauce: Bool
  private let sprinkles: Bool
  private let face: Bool
  private let radius: Double
  private let cone: Double
  private let lean: Double

  init(using dice: inout Dice) {
    holder = dice.choose("holder", [.cone: 66, .tub: 30, .sundae: 4])
    scoops = dice.count("scoops", percent: [34, 42, 24])
    first = dice.choose("flavour", Flavour.chances)
    second = dice.choose("second_flavour", Flavour.chances)
    third = dice.choose("third_flavour", Flavour.chances)
    topping = dice.choose("topping", [.none: 40, .cherry: 28, .wafer: 18, .berry: 12, .parasol: 2])
    sauce = dice.has("sauce", percent: 30)
    sprinkles = dice.has("sprinkles", percent: 35)
    face = dice.has("face", percent: 3)
    radius = dice.number("scoop_radius", 15...17.5)
    cone = dice.number("cone_length", -2...2)
    lean = dice.number("lean", -2...2)
  }

  func draw(on canvas: Canvas) {
    // The fewer scoops, the larger the ice cream is drawn, so that all weigh the same.
    let topped = topping != .none
    let zoom = [1.28, 1.14, 1.02][scoops - 1] * (topped ? 0.92 : 1)
    let rise = [-11, -4.5, 2][scoops - 1] + (topped ? 2.6 : 0)
    canvas.placed(at: (0, rise), scaled: (zoom, zoom)) {
      drawTopping(on: canvas)
      if holder == .cone {
        drawCone(on: canvas)
        drawScoops(on: canvas)
      } else {
        drawScoops(on: canvas)
        drawTub(on: canvas)
      }
    }
  }
}

// MARK: - Attributes

extension IceCream {
  private enum Holder: String {
    case cone
    case tub
    case sundae
  }

  private enum Flavour: String {
    case strawberry
    case vanilla
    case chocolate
    case mint
    case mango
    case blueberry

    static var chances: KeyValuePairs<Flavour, Double> {
      [.strawberry: 26, .vanilla: 22, .chocolate: 20, .mint: 16, .mango: 12, .blueberry: 4]
    }

    var color: Color {
      switch self {
      case .strawberry: Color(0xF7A3B5)
      case .vanilla: Color(0xF9E3AE)
      case .chocolate: Color(0x9A6750)
      case .mint: Color(0xA5DCC0)
      case .mango: Color(0xFBB55C)
      case .blueberry: Color(0x8E8CD0)
      }
    }
  }

  private enum Topping: String {
    case none
    case cherry
    case wafer
    case berry
    case parasol
  }
}

// MARK: - Drawing

extension IceCream {
  /// The centres of the scoops, from the lowest up.
  private var centers: [Point] {
    (0..<scoops).map { index in
      let rise = Double(index)
      return (lean * rise, 2 - rise * 15 + (scoops == 3 ? 1 : 0))
    }
  }

  /// The radii of the scoops: each smaller than the one below.
  private func size(_ index: Int) -> Double {
    (radius - (scoops == 3 ? 1.4 : 0)) * (1 - 0.09 * Double(index)) + (scoops == 1 ? 2.5 : 0)
  }

  private func drawCone(on canvas: Canvas) {
    let tip = 41 + cone
    let half = radius - 0.6
    let body = Path.polygon([(-half, 7), (half, 7), (0, tip)], corner: 3.4)
    canvas.fill(body, .linear(from: (-half, 0), to: (half, 0), [Color(0xF0BE76), Color(0xDD9F55)]))
    canvas.clipped(to: body) {
      for offset in stride(from: -40.0, through: 40, by: 8) {
        canvas.stroke(.line([(offset - 20, 0), (offset + 16, 46)]), Color(0xC6853F), width: 1.3)
        canvas.stroke(.line([(offset + 20, 0), (offset - 16, 46)]), Color(0xC6853F), width: 1.3)
      }
      canvas.fill(.ellipse((0, 6), half, 7), Color(0x8A5522).opacity(0.28))
    }
  }

  private func drawTub(on canvas: Canvas) {
    switch holder {
    case .cone: break
    case .tub:
      let tone = Swatch.teal.color
      let body = Path.polygon([(-21, 7), (21, 7), (15, 36), (-15, 36)], corner: 3)
      canvas.fill(
        body, .linear(from: (-21, 0), to: (21, 0), [tone.lighter(0.25), tone, tone.darker(0.1)]))
      canvas.clipped(to: body) {
        for x in stride(from: -20.0, through: 20, by: 10) {
          canvas.stroke(.line([(x * 1.1, 4), (x * 0.8, 38)]), Color.milk.opacity(0.85), width: 3.4)
        }
      }
      canvas.fill(.rectangle(x: -22.6...22.6, y: 4.6...9.6, corner: 2.4), tone.darker(0.14))
    case .sundae:
      let bowl = Path(from: (-24, 3)).curve((-22, 20), (-10, 25), to: (0, 25)).curve(
        (10, 25), (22, 20), to: (24, 3)
      ).closed
      canvas.fill(bowl, .linear(from: (-24, 0), to: (24, 0), [Color(0xDDF1F8), Color(0xA9D4E6)]))
      canvas.fill(.rectangle(x: -3...3, y: 23...34), Color(0xB5DAE9))
      canvas.fill(.ellipse((0, 35), 13, 3.6), Color(0xA9D4E6))
      canvas.stroke(.curve([(-19, 8), (-16, 15), (-11, 19)]), Color.white.opacity(0.8), width: 2.2)
    }
  }

  private func drawScoops(on canvas: Canvas) {
    let flavours = [first, second, third]
    for (index, center) in centers.enumerated() {
      drawScoop(center, size(index), flavours[index].color, on: canvas)
    }
    guard let top = centers.last else { return }
    let r = size(scoops - 1)
    if sauce { drawSauce(top, r, on: canvas) }
    if sprinkles { drawSprinkles(top, r, on: canvas) }
    if face {
      let center = centers[0]
      canvas.eyes((center.x, center.y - 1), apart: 5.6, radius: 2.2)
      canvas.smile((center.x, center.y + 3.4), width: 5.6, depth: 2.4, line: 1.5)
      canvas.cheeks((center.x, center.y + 3), apart: 9.4, radius: 2.6)
    }
  }

  private func drawScoop(_ center: Point, _ r: Double, _ color: Color, on canvas: Canvas) {
    let (x, y) = center
    var shape = Path(from: (x - r, y + 0.35 * r)).curve(
      (x - 1.12 * r, y - 0.6 * r), (x - 0.6 * r, y - r), to: (x, y - r)
    ).curve(
      (x + 0.6 * r, y - r), (x + 1.12 * r, y - 0.6 * r), to: (x + r, y + 0.35 * r))
    let frill: [Double] = [1, 0.52, 0, -0.5, -1]
    for (from, to) in zip(frill, frill.dropFirst()) {
      shape = shape.curve(
        (x + (from + 0.06) * r, y + 0.84 * r), (x + (to - 0.06) * r, y + 0.84 * r),
        to: (x + to * r, y + 0.45 * r))
    }
    canvas.fill(shape.closed, .lit(color, y - r, y + r, by: 0.16))
    canvas.stroke(
      .arc((x, y - 0.05 * r), 0.68 * r, 0.66 * r, from: 196, to: 244), Color.white.opacity(0.6),
      width: 2.3)
  }

  private func drawSauce(_ center: Point, _ r: Double, on canvas: Canvas) {
    let (x, y) = center
    let color =
      [first, second, third][scoops - 1] == .chocolate ? Color(0xF3E3C6) : Color(0x6E4435)
    let shape = Path(from: (x - 0.86 * r, y - 0.42 * r)).curve(
      (x - 0.6 * r, y - 1.12 * r), (x + 0.6 * r, y - 1.12 * r), to: (x + 0.86 * r, y - 0.42 * r)
    ).curve(
      (x + 0.84 * r, y + 0.1 * r), (x + 0.56 * r, y + 0.1 * r), to: (x + 0.5 * r, y - 0.3 * r)
    ).curve(
      (x + 0.4 * r, y + 0.46 * r), (x + 0.06 * r, y + 0.46 * r), to: (x, y - 0.22 * r)
    ).curve(
      (x - 0.1 * r, y + 0.2 * r), (x - 0.4 * r, y + 0.2 * r), to: (x - 0.44 * r, y - 0.28 * r)
    ).curve(
      (x - 0.5 * r, y + 0.02 * r), (x - 0.82 * r, y + 0.02 * r), to: (x - 0.86 * r, y - 0.42 * r)
    ).closed
    canvas.fill(shape, color)
    canvas.stroke(
      .arc((x, y - 0.1 * r), 0.66 * r, 0.68 * r, from: 228, to: 262), Color.white.opacity(0.4),
      width: 1.7)
  }

  private func drawSprinkles(_ center: Point, _ r: Double, on canvas: Canvas) {
    let colors = [Swatch.coral, .yellow, .teal, .violet, .pink]
    let places: [(Double, Double, Double)] = [
      (-0.5, -0.42, 30), (0.1, -0.66, -40), (0.55, -0.3, 70), (-0.15, -0.2, 10), (0.25, 0.1, -20),
      (-0.6, 0.1, 80), (0.68, 0.2, 30),
    ]
    for (index, (x, y, angle)) in places.enumerated() {
      canvas.placed(at: (center.x + x * r, center.y + y * r), turned: angle) {
        canvas.stroke(.line([(-1.5, 0), (1.5, 0)]), colors[index % colors.count].color, width: 2)
      }
    }
  }

  private func drawTopping(on canvas: Canvas) {
    guard let center = centers.last else { return }
    let top = center.y - size(scoops - 1)
    let x = center.x
    switch topping {
    case .none: break
    case .cherry:
      canvas.stroke(
        .curve([(x, top - 3), (x + 2, top - 9), (x + 7, top - 12)]), Color(0x6F9A4E), width: 1.6)
      canvas.fill(.circle((x, top - 2), 5), .lit(Color(0xD93B4B), top - 7, top + 3, by: 0.2))
      canvas.fill(.circle((x - 1.7, top - 3.8), 1.4), Color.white.opacity(0.85))
    case .wafer:
      canvas.placed(at: (x + 8, top + 3), turned: 24) {
        canvas.fill(.rectangle(x: -3.4...3.4, y: -16...8, corner: 1.4), Color(0xDFA35D))
        for y in [-11.0, -5, 1] {
          canvas.stroke(.line([(-3, y), (3, y - 2)]), Color(0xB97B3B), width: 1.2)
        }
      }
    case .berry:
      for (dx, dy) in [(-4.0, 0.4), (4, 0.6), (0, -3)] {
        canvas.fill(.circle((x + dx, top + dy), 3.8), Color(0x5B62B5))
        canvas.fill(.circle((x + dx - 1, top + dy - 1.2), 1), Color.white.opacity(0.7))
      }
    case .parasol:
      canvas.placed(at: (x - 7, top + 2), turned: -26) {
        canvas.stroke(.line([(0, 6), (0, -12)]), Color(0xC99B62), width: 1.4)
        canvas.fill(Path(from: (-10, -9)).bend((0, -23), to: (10, -9)).closed, Swatch.coral.color)
        canvas.fill(Path(from: (-3.4, -9)).bend((0, -23), to: (3.4, -9)).closed, Color.gold)
      }
    }
  }
}
