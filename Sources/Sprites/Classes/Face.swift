/// A person, head and shoulders.
struct Face: Sprite {
  static let className = "faces"

  private let skin: Skin
  private let hair: Hair
  private let hairColor: HairColor
  private let expression: Expression
  private let glasses: Glasses
  private let hat: Hat
  private let beard: Beard
  private let earrings: Bool
  private let freckles: Bool
  private let clothes: Color
  private let collar: Collar
  private let hatColor: Color
  private let width: Double
  private let gaze: Double
  private let brows: Double

  init(using dice: inout Dice) {
    skin = dice.choose(
      "skin", [.porcelain: 16, .peach: 22, .honey: 20, .tan: 16, .brown: 15, .deep: 11])
    hair = dice.choose(
      "hair",
      [.short: 25, .bob: 16, .long: 18, .curly: 14, .bun: 11, .spiky: 8, .bald: 5, .mohawk: 3])
    hairColor = dice.choose(
      "hair_colour",
      [.black: 27, .brown: 27, .auburn: 14, .blond: 18, .grey: 10, .pink: 2, .blue: 2])
    expression = dice.choose(
      "expression",
      [.smile: 46, .grin: 26, .neutral: 12, .surprised: 8, .sad: 5, .wink: 3])
    glasses = dice.choose("glasses", [.none: 78, .round: 12, .square: 8, .sun: 2])
    hat = dice.choose("hat", [.none: 80, .cap: 7, .beanie: 8, .topHat: 3, .crown: 2])
    beard = dice.choose("beard", [.none: 84, .full: 9, .moustache: 7])
    earrings = dice.has("earrings", percent: 8)
    freckles = dice.has("freckles", percent: 5)
    clothes = dice.color(
      "clothes", [.coral: 18, .teal: 18, .blue: 18, .violet: 14, .yellow: 14, .navy: 10, .leaf: 8])
    collar = dice.choose("collar", [.round: 60, .shirt: 25, .striped: 15])
    hatColor = dice.color("hat_colour", [.coral: 25, .yellow: 20, .teal: 20, .navy: 20, .leaf: 15])
    width = dice.number("head_width", 21.5...24.5)
    gaze = dice.number("gaze", -0.25...0.25)
    brows = dice.number("brow_height", -1...1)
  }

  func draw(on canvas: Canvas) {
    canvas.placed(at: (0, 2.5)) {
      inHair(canvas) { drawHairBehind(on: canvas) }
      drawShoulders(on: canvas)
      drawHead(on: canvas)
      drawBeard(on: canvas)
      drawFeatures(on: canvas)
      inHair(canvas) { drawHairInFront(on: canvas) }
      drawGlasses(on: canvas)
      drawHat(on: canvas)
    }
  }

  /// A hat presses everything flat that grows above its rim.
  private func inHair(_ canvas: Canvas, _ drawing: () -> Void) {
    guard hat == .cap || hat == .beanie || hat == .topHat else { return drawing() }
    canvas.clipped(to: .rectangle(x: -60...60, y: -22...60), drawing)
  }
}

// MARK: - Attributes

extension Face {
  private enum Skin: String {
    case porcelain
    case peach
    case honey
    case tan
    case brown
    case deep

    var color: Color {
      switch self {
      case .porcelain: Color(0xFCDDC9)
      case .peach: Color(0xF7C9A6)
      case .honey: Color(0xE9B183)
      case .tan: Color(0xD0925F)
      case .brown: Color(0xA66D47)
      case .deep: Color(0x7D4F36)
      }
    }
  }

  private enum Hair: String {
    case short
    case bob
    case long
    case curly
    case bun
    case spiky
    case bald
    case mohawk
  }

  private enum HairColor: String {
    case black
    case brown
    case auburn
    case blond
    case grey
    case pink
    case blue

    var color: Color {
      switch self {
      case .black: Color(0x3A3542)
      case .brown: Color(0x6E4A3A)
      case .auburn: Color(0xB3593B)
      case .blond: Color(0xEEC170)
      case .grey: Color(0xBDBCC4)
      case .pink: Color(0xF283A8)
      case .blue: Color(0x5A93DC)
      }
    }
  }

  private enum Expression: String {
    case smile
    case grin
    case neutral
    case surprised
    case sad
    case wink
  }

  private enum Glasses: String {
    case none
    case round
    case square
    case sun
  }

  private enum Hat: String {
    case none
    case cap
    case beanie
    case topHat = "top hat"
    case crown
  }

  private enum Beard: String {
    case none
    case full
    case moustache
  }

  private enum Collar: String {
    case round
    case shirt
    case striped
  }
}

// MARK: - Body and head

extension Face {
  /// Lines in the face, in tune with the skin.
  private var line: Color { skin.color.mixed(with: Color(0x5A2A33), 0.62) }

  private func drawShoulders(on canvas: Canvas) {
    let bust = Path(from: (-34, 42)).curve((-34, 32), (-25, 28.5), to: (-10, 26)).line(to: (10, 26))
      .curve((25, 28.5), (34, 32), to: (34, 42)).bend((34, 45), to: (31, 45)).line(to: (-31, 45))
      .bend((-34, 45), to: (-34, 42)).closed
    canvas.fill(bust, .lit(clothes, 26, 46))
    if collar == .striped {
      canvas.clipped(to: bust) {
        for y in [33.0, 39.5] {
          canvas.stroke(
            .curve([(-40, y + 3), (0, y), (40, y + 3)]), Color.milk.opacity(0.9), width: 2.6)
        }
      }
    }
    let neck = Path.polygon([(-8, 10), (8, 10), (9, 27), (0, 33), (-9, 27)], corner: 4)
    canvas.fill(neck, skin.color.darker(0.1))
    if collar == .shirt {
      canvas.bothSides {
        canvas.fill(
          .polygon([(8.2, 23.5), (13, 27.5), (8.5, 36), (0, 31.8)], corner: 1.2), Color.milk)
      }
    }
  }

  private var head: Path {
    Path(from: (-width, -6)).curve((-width, -24), (-0.62 * width, -31), to: (0, -31))
      .curve((0.62 * width, -31), (width, -24), to: (width, -6))
      .curve((width, 11), (0.6 * width, 22), to: (0, 22))
      .curve((-0.6 * width, 22), (-width, 11), to: (-width, -6)).closed
  }

  private func drawHead(on canvas: Canvas) {
    canvas.bothSides {
      canvas.fill(.ellipse((width - 0.3, -1), 4.6, 5.6), skin.color.darker(0.05))
      canvas.fill(.ellipse((width + 0.3, -0.8), 2.2, 3), skin.color.darker(0.16))
      if earrings { canvas.fill(.circle((width + 1.2, 5.6), 1.9), Color.gold) }
    }
    canvas.fill(head, .lit(skin.color, -31, 22, by: 0.07))
  }

  private func drawFeatures(on canvas: Canvas) {
    canvas.cheeks((0, 6), apart: 14, radius: 4.2, strength: 0.3)
    if freckles {
      canvas.bothSides {
        for spot: Point in [(9.5, 3.6), (12.6, 2.6), (15.2, 4.4), (11.6, 6.2)] {
          canvas.fill(.circle(spot, 0.85), line.opacity(0.75))
        }
      }
    }
    canvas.stroke(
      Path(from: (-1.9, 4)).curve((-1.4, 5.9), (1.4, 5.9), to: (1.9, 4)), line, width: 1.5)
    drawEyes(on: canvas)
    drawMouth(on: canvas)
  }

  private func drawEyes(on canvas: Canvas) {
    let raised = expression == .surprised ? -2.2 : 0
    let brow = hairColor == .blond || hairColor == .grey ? line : hairColor.color.darker(0.15)
    let inner = expression == .sad ? -2.4 : 0.2
    canvas.bothSides {
      canvas.stroke(
        .curve([
          (5.8, -11.6 - brows + raised + inner), (9.6, -13 - brows + raised),
          (13.2, -11.4 - brows + raised),
        ]), brow, width: 1.9)
    }
    let size = expression == .surprised ? 3.5 : 3.05
    canvas.eye((-9.2, -3.6), radius: size, gaze: gaze)
    if expression == .wink {
      canvas.smile((9.2, -2.6), width: 7, depth: -2.4, line: 1.7)
    } else {
      canvas.eye((9.2, -3.6), radius: size, gaze: gaze)
    }
  }

  private func drawMouth(on canvas: Canvas) {
    switch expression {
    case .smile: canvas.smile((0, 10.6), width: 13, depth: 4.2, line: 1.9, color: line)
    case .wink: canvas.smile((1, 10.6), width: 12, depth: 4.4, line: 1.9, color: line)
    case .neutral: canvas.smile((0, 12.2), width: 9, depth: 0.4, line: 1.9, color: line)
    case .sad: canvas.smile((0, 14.4), width: 10, depth: -3, line: 1.9, color: line)
    case .surprised:
      canvas.fill(.ellipse((0, 13), 3.3, 4.2), Color(0x8E3B46))
      canvas.fill(.ellipse((0, 15), 2.1, 1.7), Color(0xE9808A))
    case .grin:
      let mouth = Path(from: (-8.4, 9.8)).bend((0, 11.6), to: (8.4, 9.8))
        .curve((7.4, 20.4), (-7.4, 20.4), to: (-8.4, 9.8)).closed
      canvas.fill(mouth, Color(0x8E3B46))
      canvas.clipped(to: mouth) {
        canvas.fill(.ellipse((0, 18.6), 5, 3.4), Color(0xE9808A))
        canvas.fill(.rectangle(x: -7.2...7.2, y: 7...12.8, corner: 1.4), Color.white)
      }
    }
  }
}

// MARK: - Hair

extension Face {
  private func drawHairBehind(on canvas: Canvas) {
    let color = hairColor.color
    let shade = color.darker(0.16)
    let w = width
    switch hair {
    case .long:
      let back = Path(from: (0, -37)).curve((w + 4, -37), (w + 6, -18), to: (w + 5, 2))
        .curve((w + 5, 18), (w + 10, 26), to: (w + 6, 36)).curve(
          (w - 4, 41), (12, 36), to: (0, 30))
      canvas.fill(back + back.mirrored, shade)
    case .bob:
      let back = Path(from: (0, -37)).curve((w + 4, -37), (w + 8, -14), to: (w + 6.5, 8))
        .curve((w + 6.5, 17), (w + 2, 20), to: (w - 4, 20.5)).line(to: (0, 20))
      canvas.fill(back + back.mirrored, shade)
    case .curly:
      for angle in stride(from: -205.0, through: 25, by: 23) {
        canvas.fill(.circle(polar((0, -8), w + 3.5, angle), 9.5), shade)
      }
      canvas.fill(.circle((0, -10), w + 5), shade)
    case .bun:
      canvas.fill(.circle((0, -38), 9), .lit(color, -48, -28))
      canvas.stroke(.arc((0, -38), 5, 5, from: 200, to: 330), color.lighter(0.25), width: 1.5)
    case .mohawk:
      canvas.fill(
        .blob([(0, -46), (6.5, -41), (6, -28), (0, -22), (-6, -28), (-6.5, -41)]), color)
    case .short, .spiky, .bald: break
    }
  }

  private func drawHairInFront(on canvas: Canvas) {
    let color = hairColor.color
    let w = width
    let paint = Paint.lit(color, -40, -6, by: 0.14)
    let shine = color.lighter(0.28).opacity(0.75)
    switch hair {
    case .short:
      canvas.fill(
        cap(rise: -37.5).line(to: (w - 2.2, -7)).curve((w - 2, -14), (w - 5, -18), to: (9, -20))
          .curve((2, -17), (-9, -14.5), to: (-16.5, -17)).curve(
            (-19, -14.5), (-w + 2.4, -12), to: (-w + 2.2, -7)
          ).closed, paint)
      canvas.stroke(.arc((-1, -19), 15, 13.5, from: 215, to: 275), shine, width: 1.7)
    case .spiky:
      var points: [Point] = [(-w - 1.6, -5)]
      for (index, x) in [-20.0, -12.5, -4, 5, 13.5, 21].enumerated() {
        points.append((x - 5, -27 - 5 * (1 - abs(x) / 26)))
        points.append((x + (index < 2 ? -3 : 1.5), -40 + 0.016 * x * x))
      }
      points += [
        (w + 1.6, -5), (w - 2.2, -7), (w - 4, -16), (10, -19.5), (4, -16), (-1.5, -20), (-8, -16),
        (-13, -19.5), (-w + 4, -15), (-w + 2.2, -7),
      ]
      canvas.fill(.polygon(points, corner: 1.6), paint)
    case .bob:
      canvas.fill(
        cap(rise: -37.5).line(to: (w + 0.5, 12)).bend((w - 3, 10), to: (w - 3, -2))
          .curve((w - 3, -9), (w - 4, -13), to: (w - 6, -15.5))
          .curve((8, -12.6), (-8, -12.6), to: (-w + 6, -15.5))
          .curve((-w + 4, -13), (-w + 3, -9), to: (-w + 3, -2))
          .bend((-w + 3, 10), to: (-w - 0.5, 12)).closed, paint)
      canvas.stroke(.arc((0, -14), 17, 17, from: 225, to: 315), shine, width: 1.9)
    case .long:
      let side = Path(from: (0, -37.5)).curve((15, -38), (w + 3.4, -28), to: (w + 3.4, -4))
        .curve((w + 3.6, 10), (w + 5, 18), to: (w + 5, 26)).curve(
          (w - 2, 18), (w - 1.5, 0), to: (w - 3, -8)
        ).curve((16, -16), (7, -21), to: (0, -29)).closed
      canvas.fill(side + side.mirrored, paint)
      canvas.stroke(.curve([(-16, -21), (-12, -27), (-6, -31.5)]), shine, width: 1.7)
      canvas.stroke(.curve([(16, -21), (12, -27), (6, -31.5)]), shine, width: 1.7)
    case .curly:
      for (index, x) in [-20.0, -12.5, -4.5, 4.5, 12.5, 20].enumerated() {
        let y = -24 + 0.017 * x * x - (index.isMultiple(of: 2) ? 1.5 : 0)
        canvas.fill(.circle((x, y), 7.6), color)
      }
      for (index, x) in [-14.0, -5, 5, 14].enumerated() {
        let y = -32 + 0.014 * x * x - (index.isMultiple(of: 2) ? 1 : 0)
        canvas.fill(.circle((x, y), 7), color)
        canvas.stroke(.arc((x, y), 3.8, 3.8, from: 195, to: 290), shine, width: 1.4)
      }
    case .bun:
      canvas.fill(
        cap(rise: -36).line(to: (w - 1.8, -7)).curve((w - 5, -17), (9, -22), to: (0, -22.5))
          .curve((-9, -22), (-w + 5, -17), to: (-w + 1.8, -7)).closed, paint)
      canvas.stroke(.arc((0, -13), 16, 17, from: 232, to: 262), shine, width: 1.7)
      canvas.stroke(.arc((0, -13), 16, 17, from: 285, to: 308), shine, width: 1.7)
    case .mohawk:
      canvas.clipped(to: head) {
        canvas.fill(
          .blob([(0, -40), (5.5, -34), (4.4, -24), (0, -19), (-4.4, -24), (-5.5, -34)]), color)
      }
      canvas.stroke(.curve([(-2.4, -40), (-3, -35), (-2, -29)]), shine, width: 1.5)
    case .bald:
      canvas.stroke(
        .arc((0, -9), 15, 17, from: 222, to: 252), Color.white.opacity(0.5), width: 2)
    }
  }

  /// The outside of hair from ear to ear.
  private func cap(rise: Double) -> Path {
    let w = width
    return Path(from: (-w - 1.4, -3)).curve((-w - 4, -24), (-16, rise), to: (0, rise))
      .curve((16, rise), (w + 4, -24), to: (w + 1.4, -3))
  }

  private func drawBeard(on canvas: Canvas) {
    let color = hairColor.color.darker(0.06)
    let w = width
    switch beard {
    case .none: break
    case .full:
      let half = Path(from: (0, 7.6)).curve((5, 5.6), (9, 6.6), to: (12, 7))
        .curve((w - 4, 4), (w - 1.6, -2), to: (w - 0.2, -5)).curve(
          (w + 1, 16), (0.55 * w, 26), to: (0, 26))
      canvas.fill(half + half.mirrored, color)
      canvas.fill(.ellipse((0, 13), 8.8, 5.2), skin.color)
    case .moustache:
      let half = Path(from: (0, 7.4)).curve((3, 6), (8, 7), to: (12.5, 10.6))
        .curve((8, 11.6), (3, 11), to: (0, 9.2))
      canvas.fill(half + half.mirrored, color)
    }
  }
}

// MARK: - Things worn

extension Face {
  private func drawGlasses(on canvas: Canvas) {
    let frame = Color(0x3C3A55)
    switch glasses {
    case .none: return
    case .round:
      canvas.bothSides {
        canvas.fill(.circle((9.4, -3.4), 6.6), Color.white.opacity(0.22))
        canvas.stroke(.circle((9.4, -3.4), 6.6), frame, width: 1.7)
      }
    case .square:
      canvas.bothSides {
        let lens = Path.rectangle(x: 3...16, y: -9...2.4, corner: 2.6)
        canvas.fill(lens, Color.white.opacity(0.22))
        canvas.stroke(lens, Color(0x9B3F4B), width: 1.8)
      }
    case .sun:
      canvas.bothSides {
        let lens = Path(from: (2.6, -9)).line(to: (17, -9)).curve(
          (17.5, 1), (14, 4), to: (10, 4)
        ).curve((5, 4), (2.6, 0), to: (2.6, -9)).closed
        canvas.fill(lens, .linear(from: (0, -9), to: (0, 5), [frame, Color(0x6E6C94)]))
      }
      canvas.stroke(.line([(-13.6, -5.6), (-10.6, -1)]), Color.white.opacity(0.55), width: 1.4)
      canvas.stroke(.line([(6, -5.6), (9, -1)]), Color.white.opacity(0.55), width: 1.4)
    }
    let color = glasses == .square ? Color(0x9B3F4B) : frame
    canvas.stroke(
      Path(from: (-3, -4.6)).bend((0, -6.4), to: (3, -4.6)), color, width: 1.6)
    canvas.bothSides {
      canvas.stroke(.line([(16, -4.6), (width - 0.6, -4.2)]), color, width: 1.5)
    }
  }

  private func drawHat(on canvas: Canvas) {
    let w = width + 2.6
    switch hat {
    case .none: break
    case .cap:
      let dome = Path(from: (-w, -17)).curve((-w, -36), (-14, -42), to: (0, -42))
        .curve((14, -42), (w, -36), to: (w, -17)).closed
      canvas.fill(dome, .lit(hatColor, -42, -16))
      canvas.fill(
        Path(from: (-w - 1, -18)).curve((-13, -24), (13, -24), to: (w + 1, -18))
          .curve((w + 2, -13.4), (w - 4, -13.8), to: (w - 7, -14.6))
          .curve((10, -17.4), (-10, -17.4), to: (-w + 7, -14.6))
          .curve((-w + 4, -13.8), (-w - 2, -13.4), to: (-w - 1, -18)).closed,
        hatColor.darker(0.24))
      canvas.fill(.circle((0, -42), 2), hatColor.darker(0.24))
      canvas.fill(.circle((0, -31), 4.6), Color.milk)
    case .beanie:
      let dome = Path(from: (-w, -18)).curve((-w, -36), (-13, -42), to: (0, -42))
        .curve((13, -42), (w, -36), to: (w, -18)).closed
      canvas.fill(dome, .lit(hatColor, -42, -16))
      canvas.fill(
        .rectangle(x: -w - 1...w + 1, y: -23.5 ... -14.5, corner: 4), hatColor.darker(0.18))
      for x in stride(from: -20.0, through: 20, by: 8) {
        canvas.stroke(
          .line([(x, -21), (x, -17)]), hatColor.lighter(0.3).opacity(0.7), width: 1.3)
      }
      canvas.fill(.circle((0, -43.4), 5.4), .lit(Color.milk.darker(0.05), -49, -38))
    case .topHat:
      let felt = Color(0x3D3B57)
      canvas.fill(
        .polygon([(-17, -49), (17, -49), (14.6, -18), (-14.6, -18)], corner: 3),
        .lit(felt, -49, -18))
      canvas.fill(.polygon([(-15.4, -28), (15.4, -28), (14.8, -20), (-14.8, -20)]), hatColor)
      canvas.fill(.rectangle(x: -28...28, y: -21.4 ... -16, corner: 2.7), felt.lighter(0.08))
    case .crown:
      canvas.fill(
        .polygon(
          [
            (-19, -22), (-21, -42), (-10.5, -33), (0, -46), (10.5, -33), (21, -42), (19, -22),
          ], corner: 1.6), .lit(Color.gold, -46, -22, by: 0.2))
      canvas.fill(.rectangle(x: -19.4...19.4, y: -26 ... -21, corner: 2), Color(0xDD9A2C))
      for (x, y) in [(-21.0, -42.4), (0, -46.4), (21, -42.4)] {
        canvas.fill(.circle((x, y), 2.5), Swatch.coral.color)
      }
    }
  }
}
