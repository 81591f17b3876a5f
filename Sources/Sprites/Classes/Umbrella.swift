/// An umbrella, open as a rule.
struct Umbrella: Sprite {
  static let className = "umbrellas"

  private let state: State
  private let color: Color
  private let second: Color
  private let pattern: Pattern
  private let handle: Handle
  private let weather: Weather
  private let frog: Bool
  private let dome: Double
  private let width: Double
  private let hook: Double

  init(using dice: inout Dice) {
    state = dice.choose("state", [.open: 96, .closed: 4])
    color = dice.color(
      "colour", [.coral: 26, .blue: 20, .yellow: 18, .violet: 14, .teal: 12, .pink: 10])
    second = dice.color("second_colour", [.cream: 52, .navy: 26, .orange: 22])
    pattern = dice.choose("pattern", [.plain: 30, .panels: 40, .dots: 24, .hearts: 3, .stars: 3])
    handle = dice.choose("handle", [.hook: 84, .straight: 16])
    weather = dice.choose("weather", [.dry: 40, .rain: 46, .snow: 10, .hearts: 4])
    frog = dice.has("frog", percent: 2)
    dome = dice.number("dome", 27...33)
    width = dice.number("width", 36...41)
    hook = dice.number("hook_size", 5.4...7)
  }

  func draw(on canvas: Canvas) {
    if state == .open {
      drawWeather(on: canvas)
      drawStick(on: canvas, top: -30)
      drawCanopy(on: canvas)
    } else {
      canvas.placed(turned: 14) {
        drawStick(on: canvas, top: -44)
        drawFolded(on: canvas)
      }
    }
    if frog { drawFrog(on: canvas) }
  }
}

// MARK: - Attributes

extension Umbrella {
  private enum State: String {
    case open
    case closed
  }

  private enum Pattern: String {
    case plain
    case panels
    case dots
    case hearts
    case stars
  }

  private enum Handle: String {
    case hook
    case straight
  }

  private enum Weather: String {
    case dry
    case rain
    case snow
    case hearts
  }
}

// MARK: - Drawing

extension Umbrella {
  private func drawStick(on canvas: Canvas, top: Double) {
    canvas.stroke(.line([(0, top - 8), (0, 30)]), Color(0x7D86A0), width: 2.4)
    let wood = Color(0xA9714A)
    switch handle {
    case .hook:
      canvas.stroke(
        Path(from: (0, 24)).line(to: (0, 35)).curve(
          (0, 35 + 1.36 * hook), (-2 * hook, 35 + 1.36 * hook), to: (-2 * hook, 35)), wood,
        width: 4.2)
      canvas.fill(.circle((-2 * hook, 34.4), 2.2), wood.darker(0.2))
    case .straight:
      canvas.stroke(.line([(0, 26), (0, 40)]), wood, width: 5.4)
      canvas.fill(.circle((0, 41.6), 3.6), wood.darker(0.2))
    }
  }

  /// The edge of a canopy with scallops, and the panels between its ribs.
  private func drawCanopy(on canvas: Canvas) {
    let w = width
    let base = 2.0
    let top = base - dome - 6
    let ribs: [Double] = [-1, -0.62, -0.2, 0.2, 0.62, 1]
    var outline = Path(from: (-w, base)).curve((-w, -0.72 * dome), (-0.55 * w, top), to: (0, top))
      .curve((0.55 * w, top), (w, -0.72 * dome), to: (w, base))
    for index in (0..<ribs.count - 1).reversed() {
      let (left, right) = (ribs[index] * w, ribs[index + 1] * w)
      outline = outline.curve(
        (right - 0.22 * (right - left), base - 5.6), (left + 0.22 * (right - left), base - 5.6),
        to: (left, base))
    }
    canvas.fill(outline.closed, .lit(color, top, base, by: 0.12))
    canvas.clipped(to: outline.closed) {
      for index in 0..<ribs.count - 1 {
        let (left, right) = (ribs[index] * w, ribs[index + 1] * w)
        let panel = Path(from: (0, top)).curve(
          (0.75 * left, top + 5), (left, -0.4 * dome), to: (left, base + 2)
        )
        .line(to: (right, base + 2)).curve(
          (right, -0.4 * dome), (0.75 * right, top + 5), to: (0, top)
        ).closed
        if !index.isMultiple(of: 2) {
          canvas.fill(
            panel, pattern == .panels ? .lit(second, top, base) : .flat(color.darker(0.09)))
        }
        if index == 4 { canvas.fill(panel, Color(0x2B2350).opacity(0.08)) }
      }
      drawPattern(on: canvas, top: top)
      canvas.stroke(
        .arc((0, base), 0.82 * w, 0.84 * (base - top), from: 212, to: 246),
        Color.white.opacity(0.55),
        width: 2.4)
    }
    canvas.fill(.circle((0, top - 0.6), 2.6), color.darker(0.22))
  }

  private func drawPattern(on canvas: Canvas, top: Double) {
    let w = width
    let places: [Point] = [
      (-0.78 * w, -6), (-0.4 * w, -9), (0, -10), (0.4 * w, -9), (0.78 * w, -6), (-0.46 * w, -21),
      (0, -23), (0.46 * w, -21), (-0.2 * w, -16), (0.2 * w, -16),
    ]
    for place in places {
      switch pattern {
      case .plain, .panels: break
      case .dots: canvas.fill(.circle(place, 2.7), second)
      case .hearts: canvas.heart(place, 3.6, second)
      case .stars: canvas.star(place, 4, second)
      }
    }
  }

  private func drawFolded(on canvas: Canvas) {
    let cloth = Path(from: (0, -42)).curve((6, -34), (13, -8), to: (11, 14)).bend(
      (8, 18), to: (5, 14)
    )
    .bend((2, 20), to: (-2, 15)).bend((-6, 19), to: (-10, 13)).curve(
      (-12, -8), (-6, -34), to: (0, -42)
    ).closed
    canvas.fill(cloth, .lit(color, -42, 18))
    canvas.clipped(to: cloth) {
      let fold = pattern == .panels ? second : color.darker(0.14)
      canvas.fill(.polygon([(0, -46), (3, 22), (-5, 22)]), fold)
      canvas.fill(.polygon([(0, -46), (20, 22), (8, 22)]), color.darker(0.1))
    }
    canvas.stroke(.curve([(-11.6, 1), (0, 4), (11.8, 1)]), second.darker(0.1), width: 3)
    canvas.fill(.circle((10.4, 1.6), 1.7), Color.gold)
  }

  private func drawWeather(on canvas: Canvas) {
    let places: [Point] = [(-33, 17), (-19, 26), (-26, 38), (18, 17), (31, 26), (20, 37)]
    for place in places {
      switch weather {
      case .dry: break
      case .rain:
        let (x, y) = place
        canvas.fill(
          Path(from: (x + 1.4, y - 6)).curve((x + 2.6, y - 2), (x + 3, y), to: (x + 2.4, y + 2))
            .curve(
              (x + 1.4, y + 4.4), (x - 2.6, y + 4.2), to: (x - 2.6, y + 1)
            ).curve(
              (x - 2.4, y - 1.4), (x, y - 3), to: (x + 1.4, y - 6)
            ).closed, Color(0x7DBDE6))
      case .snow:
        for angle in [0.0, 60, 120] {
          canvas.stroke(
            .line([polar(place, 3.6, angle), polar(place, -3.6, angle)]), Color(0xA7CDE6),
            width: 1.4)
        }
      case .hearts: canvas.heart(place, 3.8, Swatch.pink.color)
      }
    }
  }

  private func drawFrog(on canvas: Canvas) {
    let green = Color(0x86C36A)
    canvas.placed(at: (15, 36)) {
      canvas.fill(.ellipse((0, 3), 9, 6.4), green)
      canvas.fill(.circle((-4, -3), 3.6) + .circle((4, -3), 3.6), green)
      canvas.fill(.circle((-4, -3.4), 2.3) + .circle((4, -3.4), 2.3), .white)
      canvas.fill(.circle((-3.7, -3.2), 1.3) + .circle((3.7, -3.2), 1.3), Color.ink)
      canvas.smile((0, 2.6), width: 8, depth: 2.2, line: 1.2, color: green.darker(0.5))
    }
  }
}
