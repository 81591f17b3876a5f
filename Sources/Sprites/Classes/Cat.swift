/// A cat that sits and looks at you.
struct Cat: Sprite {
  static let className = "cats"

  private let coat: Coat
  private let pattern: Pattern
  private let eyes: Eyes
  private let mood: Mood
  private let collar: Collar
  private let collarColor: Color
  private let headWidth: Double
  private let earHeight: Double
  private let tail: Double
  private let gaze: Double

  init(using dice: inout Dice) {
    coat = dice.choose(
      "coat", [.ginger: 30, .grey: 22, .black: 18, .cream: 18, .brown: 12])
    pattern = dice.choose("pattern", [.plain: 36, .tabby: 36, .bib: 25, .calico: 3])
    eyes = dice.choose("eyes", [.green: 40, .amber: 35, .blue: 23, .odd: 2])
    mood = dice.choose("mood", [.curious: 74, .content: 22, .cheeky: 4])
    collar = dice.choose("collar", [.none: 55, .plain: 28, .bell: 15, .bow: 2])
    collarColor = dice.color("collar_colour", [.coral: 35, .teal: 25, .blue: 20, .violet: 20])
    headWidth = dice.number("head_width", 23...26.5)
    earHeight = dice.number("ear_height", 40...45)
    tail = dice.number("tail_swing", -1...1)
    gaze = dice.number("gaze", -0.25...0.25)
  }

  func draw(on canvas: Canvas) {
    canvas.placed(at: (0, 1)) {
      canvas.groundShadow(y: 43.5, halfWidth: 27, x: 2)
      drawTail(on: canvas)
      drawBody(on: canvas)
      drawHead(on: canvas)
      drawMarkings(on: canvas)
      drawFeatures(on: canvas)
    }
  }
}

// MARK: - Attributes

extension Cat {
  private enum Coat: String {
    case ginger
    case grey
    case black
    case cream
    case brown

    var color: Color {
      switch self {
      case .ginger: Color(0xF2A65A)
      case .grey: Color(0x9FA6B8)
      case .black: Color(0x4A475E)
      case .cream: Color(0xF3DFC1)
      case .brown: Color(0xA98467)
      }
    }

    /// Stripes.
    var stripe: Color {
      switch self {
      case .ginger: Color(0xD97F35)
      case .grey: Color(0x747C92)
      case .black: Color(0x343148)
      case .cream: Color(0xDDBE92)
      case .brown: Color(0x7C5C45)
      }
    }
  }

  private enum Pattern: String {
    case plain
    case tabby
    case bib
    case calico
  }

  private enum Eyes: String {
    case green
    case amber
    case blue
    case odd

    var left: Color {
      switch self {
      case .green, .odd: Color(0x9FD86B)
      case .amber: Color(0xF9C846)
      case .blue: Color(0x84C7F2)
      }
    }

    var right: Color { self == .odd ? Color(0x84C7F2) : left }
  }

  private enum Mood: String {
    case curious
    case content
    case cheeky
  }

  private enum Collar: String {
    case none
    case plain
    case bell
    case bow
  }
}

// MARK: - Drawing

extension Cat {
  private var belly: Color {
    coat == .cream || pattern == .bib || pattern == .calico ? Color.milk : coat.color.lighter(0.5)
  }

  /// The patches of a calico cat: ginger and black, or white where the coat is such.
  private var patches: (Color, Color) {
    (
      coat == .ginger ? Color.milk : Color(0xE8924A),
      coat == .black ? Color.milk : Color(0x4A475E)
    )
  }

  private func drawTail(on canvas: Canvas) {
    let line = Path(from: (12, 38)).curve(
      (30, 43), (42 + 2 * tail, 32), to: (35 + 3 * tail, 20)
    ).curve((31 + 3 * tail, 12), (33 + 4 * tail, 5), to: (38 + 4 * tail, 3))
    canvas.stroke(line, coat.color.darker(0.1), width: 8)
    let tip = pattern == .tabby ? coat.stripe : pattern == .bib ? belly : coat.color.darker(0.1)
    canvas.stroke(
      Path(from: (34.2 + 3.4 * tail, 8)).bend(
        (35.4 + 4 * tail, 4.4), to: (38 + 4 * tail, 3)), tip, width: 8)
  }

  private func drawBody(on canvas: Canvas) {
    let body = Path(from: (0, 2)).curve((15, 4), (24, 20), to: (23, 35)).curve(
      (22.5, 42), (18, 44), to: (12, 44)
    ).line(to: (-12, 44)).curve(
      (-18, 44), (-22.5, 42), to: (-23, 35)
    ).curve((-24, 20), (-15, 4), to: (0, 2)).closed
    canvas.fill(body, .lit(coat.color, 2, 46))
    canvas.clipped(to: body) {
      if pattern == .tabby {
        canvas.bothSides {
          for y in [20.0, 27, 34] {
            canvas.stroke(.curve([(24, y - 1), (19, y), (15, y + 1.6)]), coat.stripe, width: 2.8)
          }
        }
      }
      if pattern == .calico {
        canvas.fill(.ellipse((-19, 26), 9, 11), patches.0)
        canvas.fill(.ellipse((20, 37), 9, 10), patches.1)
      }
      if pattern != .plain {
        canvas.fill(.ellipse((0, 19), 10.5, 14), belly)
      }
    }
    for x in [-7.2, 7.2] {
      canvas.fill(.ellipse((x, 41), 6.6, 4.6), pattern == .bib ? belly : coat.color.lighter(0.14))
      for toe in [-1.9, 1.9] {
        canvas.stroke(.line([(x + toe, 41.6), (x + toe, 43.6)]), coat.stripe, width: 1)
      }
    }
    canvas.stroke(.line([(0, 31), (0, 42)]), coat.color.darker(0.2), width: 1.3)
  }

  private var head: Path {
    let w = headWidth
    return Path(from: (-w, -9)).curve((-w, -23), (-15, -31), to: (0, -31))
      .curve((15, -31), (w, -23), to: (w, -9)).curve((w, 5), (13, 11), to: (0, 11))
      .curve((-13, 11), (-w, 5), to: (-w, -9)).closed
  }

  private func drawHead(on canvas: Canvas) {
    let w = headWidth
    canvas.bothSides {
      canvas.fill(
        .polygon([(w - 0.8, -8), (w - 2, -earHeight), (5, -27)], corner: 3.4), coat.color)
      canvas.fill(
        .polygon([(w - 3.4, -19), (w - 4, -earHeight + 6), (w - 14, -26)], corner: 2),
        Color(0xF6A9A9))
    }
    if collar != .none {
      canvas.fill(.ellipse((0, 9.4), 15, 6.2), collarColor)
    }
    canvas.fill(head, .lit(coat.color, -32, 12, by: 0.1))
    switch collar {
    case .bell:
      canvas.fill(.circle((0, 16), 3.6), .lit(Color.gold, 12, 20, by: 0.2))
      canvas.stroke(.line([(0, 16.4), (0, 18.6)]), Color(0x9A6A1E), width: 1.1)
    case .bow:
      canvas.bothSides {
        canvas.fill(.polygon([(0, 15), (9, 10), (9, 20)], corner: 2), collarColor)
      }
      canvas.fill(.circle((0, 15), 2.6), collarColor.darker(0.2))
    case .plain, .none: break
    }
  }

  private func drawMarkings(on canvas: Canvas) {
    canvas.clipped(to: head) {
      switch pattern {
      case .plain: break
      case .tabby:
        for x in [-6.4, 0, 6.4] {
          canvas.stroke(.line([(x, -31), (0.8 * x, x == 0 ? -21 : -23.4)]), coat.stripe, width: 3)
        }
        canvas.bothSides {
          for y in [-7.0, -0.6] {
            canvas.stroke(
              .line([(headWidth + 1, y), (headWidth - 5.4, y + 1)]), coat.stripe, width: 2.6)
          }
        }
      case .bib:
        canvas.fill(
          .blob([(0, -26), (3.6, -12), (13, 1), (9, 14), (-9, 14), (-13, 1), (-3.6, -12)]), belly)
      case .calico:
        canvas.fill(.ellipse((-15, -22), 13, 14), patches.0)
        canvas.fill(.ellipse((17, -25), 11, 12), patches.1)
        canvas.fill(.ellipse((0, 4), 11, 9), Color.milk)
      }
      canvas.fill(
        .ellipse((-4.4, 1), 6.4, 5) + .ellipse((4.4, 1), 6.4, 5), belly.opacity(0.85))
    }
  }

  private func drawFeatures(on canvas: Canvas) {
    canvas.cheeks((0, -0.4), apart: 16.4, radius: 3.6, strength: 0.28)
    if mood == .content {
      let line = coat == .black ? Color.milk : Color.ink
      canvas.bothSides { canvas.smile((10.4, -9.6), width: 9, depth: 3.6, line: 2, color: line) }
    } else {
      eye((-10.4, -9.6), eyes.left, on: canvas)
      eye((10.4, -9.6), eyes.right, on: canvas)
    }
    if mood == .cheeky {
      canvas.fill(.rectangle(x: -2.2...2.2, y: 2...8, corner: 2.1), Color(0xF0808C))
    }
    let line = Color.ink
    canvas.stroke(
      Path(from: (-5, 1.4)).bend((-2.6, 5), to: (0, 1.8)).bend((2.6, 5), to: (5, 1.4)), line,
      width: 1.4)
    canvas.fill(.polygon([(-3, -3.4), (3, -3.4), (0, 0.6)], corner: 1.3), Color(0xEE7F86))
    canvas.bothSides {
      let whisker = coat.color.mixed(with: .ink, coat == .black ? 0 : 0.55)
      canvas.stroke(.line([(19, -0.6), (31, -3)]), whisker, width: 0.9)
      canvas.stroke(.line([(18.6, 2.4), (30, 4)]), whisker, width: 0.9)
    }
  }

  private func eye(_ center: Point, _ iris: Color, on canvas: Canvas) {
    canvas.fill(.ellipse(center, 5.2, 5.6), iris)
    canvas.fill(.ellipse((center.x + 2.4 * gaze, center.y), 3, 4.6), Color.ink)
    canvas.fill(.circle((center.x + 2.4 * gaze - 1, center.y - 2), 1.5), .white)
    canvas.fill(.circle((center.x + 2.4 * gaze + 1.2, center.y + 2), 0.7), Color.white.opacity(0.8))
  }
}
