/// A hot-air balloon.
struct Balloon: Sprite {
  static let className = "balloons"

  private let shape: Shape
  private let color: Color
  private let second: Color
  private let pattern: Pattern
  private let basket: Basket
  private let clouds: Int
  private let bunting: Bool
  private let width: Double
  private let height: Double
  private let hang: Double

  init(using dice: inout Dice) {
    shape = dice.choose("shape", [.round: 68, .drop: 29, .heart: 3])
    color = dice.color(
      "colour", [.coral: 28, .yellow: 20, .blue: 18, .teal: 14, .violet: 12, .pink: 8])
    second = dice.color("second_colour", [.cream: 48, .orange: 28, .navy: 24])
    pattern = dice.choose("pattern", [.gores: 46, .zigzag: 22, .band: 26, .star: 4, .smile: 2])
    basket = dice.choose("basket", [.empty: 70, .person: 18, .sandbags: 10, .bear: 2])
    clouds = dice.count("clouds", from: 0, percent: [36, 36, 28])
    bunting = dice.has("bunting", percent: 18)
    width = dice.number("width", 26...30)
    height = dice.number("envelope_height", 54...59)
    hang = dice.number("basket_depth", 27...30)
  }

  func draw(on canvas: Canvas) {
    drawClouds(on: canvas)
    drawBasket(on: canvas)
    drawEnvelope(on: canvas)
  }
}

// MARK: - Attributes

extension Balloon {
  private enum Shape: String {
    case round
    case drop
    case heart
  }

  private enum Pattern: String {
    case gores
    case zigzag
    case band
    case star
    case smile
  }

  private enum Basket: String {
    case empty
    case person
    case sandbags
    case bear
  }
}

// MARK: - Drawing

extension Balloon {
  private var top: Double { 18 - height - 6 }

  private var envelope: Path {
    let (w, t) = (width, top)
    let mouth = 16.0
    switch shape {
    case .round:
      return Path(from: (-7, mouth)).curve((-9, 8), (-w - 1, 2), to: (-w - 1, -17)).curve(
        (-w - 1, -36), (-18, t), to: (0, t)
      ).curve((18, t), (w + 1, -36), to: (w + 1, -17)).curve(
        (w + 1, 2), (9, 8), to: (7, mouth)
      ).closed
    case .drop:
      return Path(from: (-6, mouth)).curve((-7, 4), (-w, -4), to: (-w, -22)).curve(
        (-w, -38), (-16, t), to: (0, t)
      ).curve((16, t), (w, -38), to: (w, -22)).curve(
        (w, -4), (7, 4), to: (6, mouth)
      ).closed
    case .heart:
      return Path(from: (-6, mouth)).curve((-12, 4), (-w - 6, -6), to: (-w - 3, -26)).curve(
        (-w, -51), (-5, -50), to: (0, -31)
      ).curve((5, -50), (w, -51), to: (w + 3, -26)).curve(
        (w + 6, -6), (12, 4), to: (6, mouth)
      ).closed
    }
  }

  private func drawEnvelope(on canvas: Canvas) {
    let w = width
    let t = top
    canvas.fill(envelope, .lit(color, t, 18, by: 0.1))
    canvas.clipped(to: envelope) {
      switch pattern {
      case .gores:
        for (inner, outer) in [(-0.26, 0.26), (0.62, 1.2), (-1.2, -0.62)] {
          let left = inner * w
          let right = outer * w
          canvas.fill(
            Path(from: (0, t - 2)).curve((left, t + 4), (1.06 * left, -6), to: (0.28 * left, 18))
              .line(
                to: (0.28 * right, 18)
              ).curve((1.06 * right, -6), (right, t + 4), to: (0, t - 2)).closed, second)
        }
      case .zigzag:
        var points: [Point] = []
        for index in 0...8 {
          points.append((-40 + 10 * Double(index), index.isMultiple(of: 2) ? -12 : -22))
        }
        canvas.stroke(.line(points), second, width: 6)
        canvas.fill(.rectangle(x: -50...50, y: 2...9), second)
      case .band:
        canvas.fill(
          Path(from: (-50, -25)).bend((0, -17), to: (50, -25)).line(to: (50, -11)).bend(
            (0, -3), to: (-50, -11)
          ).closed,
          second)
        if shape != .heart { canvas.fill(.ellipse((0, t), 13, 6), second) }
      case .star: canvas.star((0, -17), 14, second)
      case .smile:
        canvas.eyes((0, -20), apart: 9, radius: 3.4)
        canvas.smile((0, -13), width: 14, depth: 5, line: 2.2)
        canvas.cheeks((0, -13), apart: 15, radius: 4)
      }
      canvas.fill(
        Path(from: (0, t - 4)).curve((w + 6, t), (w, 4), to: (4, 20)).line(to: (50, 20)).line(
          to: (50, t - 4)
        ).closed,
        Color(0x2B2350).opacity(0.07))
      canvas.stroke(
        .arc((0, -17), 0.8 * w, 0.62 * (18 - t - 6), from: 196, to: 236), Color.white.opacity(0.5),
        width: 2.8)
    }
    canvas.fill(.rectangle(x: -7.6...7.6, y: 13.6...17.6, corner: 1.6), color.darker(0.26))
    if bunting {
      canvas.clipped(to: envelope) {
        for index in 0..<7 {
          let x = -24 + 8 * Double(index)
          let y = 3 - 0.004 * x * x * 4
          canvas.fill(
            .polygon([(x - 3.4, y), (x + 3.4, y), (x, y + 6)], corner: 0.5),
            index.isMultiple(of: 2) ? Color.gold : Color.milk)
        }
      }
    }
  }

  private func drawBasket(on canvas: Canvas) {
    let y = hang + 3
    let rope = Color(0x8C7560)
    canvas.bothSides {
      canvas.stroke(.line([(6, 16), (7, y)]), rope, width: 1.3)
      canvas.stroke(.line([(2.2, 16), (2.6, y)]), rope, width: 1.1)
    }
    switch basket {
    case .empty, .sandbags: break
    case .person:
      canvas.fill(.ellipse((0, y + 1), 4.4, 4), Swatch.teal.color)
      canvas.fill(.circle((0, y - 5), 3.7), Color(0xF2BE98))
      canvas.fill(Path.arc((0, y - 5.6), 4, 4, from: 180, to: 360).closed, Color(0x5E4338))
    case .bear:
      let fur = Color(0xA9744E)
      canvas.fill(.circle((-3.4, y - 8), 2) + .circle((3.4, y - 8), 2), fur)
      canvas.fill(.circle((0, y - 4), 5), fur)
      canvas.fill(.ellipse((0, y - 2.6), 2.4, 1.9), Color(0xE6C7A3))
      canvas.fill(
        .circle((-1.9, y - 5), 0.8) + .circle((1.9, y - 5), 0.8) + .circle((0, y - 3.2), 0.7),
        Color.ink)
    }
    let wicker = Path.polygon([(-9, y), (9, y), (7.6, y + 13), (-7.6, y + 13)], corner: 2.4)
    canvas.fill(wicker, .lit(Color(0xC79358), y, y + 13))
    canvas.clipped(to: wicker) {
      for line in [4.6, 8.6] {
        canvas.stroke(.line([(-10, y + line), (10, y + line)]), Color(0xA87440), width: 1.2)
      }
    }
    canvas.fill(.rectangle(x: -10...10, y: y - 1.4...y + 2, corner: 1.6), Color(0x9A6838))
    if basket == .sandbags {
      canvas.bothSides { canvas.fill(.ellipse((9.6, y + 7), 2.7, 4), Color(0xD8C39C)) }
    }
  }

  private func drawClouds(on canvas: Canvas) {
    let tone = Color(0xDCEBF5)
    if clouds > 0 {
      canvas.puff((-31, 22), 6.4, tone)
      canvas.fill(.rectangle(x: -39 ... -21, y: 22...27.4, corner: 2.7), tone)
    }
    if clouds > 1 {
      canvas.puff((32, 6), 5.4, tone)
      canvas.fill(.rectangle(x: 25...40, y: 6...10.6, corner: 2.3), tone)
    }
  }
}
