/// A person, head and shoulders.
struct Face: Sprite {
  static let className = "faces"

  let skin: Skin
  let hair: Hair
  let hairColor: HairColor
  let expression: Expression
  let glasses: Glasses
  let hat: Hat
  let beard: Beard
  let earrings: Bool
  let freckles: Bool
  let clothes: Color
  let collar: Collar
  let hatColor: Color
  let width: Double
  let gaze: Double
  let brows: Double

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
    canvas.placed(at: (0, 1.6)) {
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
    canvas.clipped(
      to: .polygon([(-60, 60), (-60, 6), (-26, -22), (26, -22), (60, 6), (60, 60)], corner: 8),
      drawing)
  }
}

// MARK: - Attributes

extension Face {
  enum Skin: String {
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

  enum Hair: String {
    case short
    case bob
    case long
    case curly
    case bun
    case spiky
    case bald
    case mohawk
  }

  enum HairColor: String {
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

  enum Expression: String {
    case smile
    case grin
    case neutral
    case surprised
    case sad
    case wink
  }

  enum Glasses: String {
    case none
    case round
    case square
    case sun
  }

  enum Hat: String {
    case none
    case cap
    case beanie
    case topHat = "top hat"
    case crown
  }

  enum Beard: String {
    case none
    case full
    case moustache
  }

  enum Collar: String {
    case round
    case shirt
    case striped
  }
}

// MARK: - Body and head

extension Face {
  /// Lines in the face, in tune with the skin.
  var line: Color { skin.color.mixed(with: Color(0x5A2A33), 0.62) }

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

  var head: Path {
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
    let size = expression == .surprised ? 3.7 : 3.35
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
