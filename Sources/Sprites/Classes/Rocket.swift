/// A rocket on its way.
struct Rocket: Sprite {
  static let className = "rockets"

  private let shape: Shape
  private let body: Color
  private let trim: Color
  private let windows: Int
  private let passenger: Passenger
  private let band: Band
  private let engine: Engine
  private let sky: Sky
  private let course: Double
  private let width: Double
  private let flame: Double

  init(using dice: inout Dice) {
    shape = dice.choose("shape", [.classic: 54, .slim: 26, .round: 20])
    body = dice.color("colour", [.cream: 40, .grey: 26, .blue: 18, .yellow: 16])
    trim = dice.color("trim", [.coral: 40, .teal: 22, .violet: 20, .orange: 18])
    windows = dice.count("windows", percent: [55, 35, 10])
    passenger = dice.choose("passenger", [.none: 90, .astronaut: 7, .alien: 3])
    band = dice.choose("band", [.none: 46, .ring: 34, .chequers: 16, .heart: 4])
    engine = dice.choose("engine", [.burning: 88, .off: 8, .rainbow: 4])
    sky = dice.choose("sky", [.empty: 30, .stars: 50, .planet: 18, .moon: 2])
    course = dice.number("course", 8...34)
    width = dice.number("width", 12...15)
    flame = dice.number("flame", 8...15)
  }

  func draw(on canvas: Canvas) {
    drawSky(on: canvas)
    canvas.placed(at: (1, -2), turned: course) {
      drawFlame(on: canvas)
      drawFins(on: canvas)
      drawBody(on: canvas)
      drawWindows(on: canvas)
    }
  }
}

// MARK: - Attributes

extension Rocket {
  private enum Shape: String {
    case classic
    case slim
    case round
  }

  private enum Passenger: String {
    case none
    case astronaut
    case alien
  }

  private enum Band: String {
    case none
    case ring
    case chequers
    case heart
  }

  private enum Engine: String {
    case burning
    case off
    case rainbow
  }

  private enum Sky: String {
    case empty
    case stars
    case planet
    case moon
  }
}

// MARK: - Drawing

extension Rocket {
  private var half: Double {
    switch shape {
    case .classic: width
    case .slim: width - 2
    case .round: width + 2.5
    }
  }

  private var top: Double { shape == .slim ? -44 : shape == .round ? -38 : -41 }

  private var hull: Path {
    let (w, t) = (half, top)
    let right = Path(from: (0, t)).curve((0.75 * w, t + 9), (w + 0.5, t + 24), to: (w, -2)).curve(
      (w, 10), (0.8 * w, 19), to: (0.62 * w, 25)
    ).line(to: (-0.62 * w, 25))
    return right.curve((-0.8 * w, 19), (-w, 10), to: (-w, -2)).curve(
      (-w - 0.5, t + 24), (-0.75 * w, t + 9), to: (0, t)
    ).closed
  }

  private func drawSky(on canvas: Canvas) {
    switch sky {
    case .empty: return
    case .stars, .planet, .moon:
      for (place, size) in [
        ((-34.0, -28.0), 3.6), ((-27, 6), 2.6), ((33, 24), 3.2), ((-40, 22), 2.2),
      ] {
        canvas.star((place.0, place.1), size, Color(0xF7CF6B))
      }
    }
    switch sky {
    case .planet:
      canvas.fill(.circle((-30, -29), 9), .lit(Swatch.violet.color.lighter(0.2), -38, -20))
      canvas.stroke(.ellipse((-30, -29), 14.5, 3.6, turned: -18), Color(0xF2B36B), width: 2)
      canvas.fill(.arc((-30, -29), 9, 9, from: 162, to: 342), Swatch.violet.color.lighter(0.22))
    case .moon:
      canvas.fill(.circle((-30, -29), 11), Color(0xF3DFA2))
      canvas.fill(
        .circle((-33, -32), 2.4) + .circle((-26, -27), 3) + .circle((-32, -23), 1.7),
        Color(0xDDC482))
    case .empty, .stars: break
    }
  }

  private func drawFlame(on canvas: Canvas) {
    func tongue(_ half: Double, _ length: Double) -> Path {
      Path(from: (-half, 26)).curve(
        (-1.25 * half, 26 + 0.5 * length), (-0.4 * half, 26 + 0.75 * length), to: (0, 27 + length)
      ).curve(
        (0.4 * half, 26 + 0.75 * length), (1.25 * half, 26 + 0.5 * length), to: (half, 26)
      ).closed
    }
    switch engine {
    case .off: break
    case .burning:
      canvas.fill(tongue(7.6, flame + 4), Color(0xF2804A))
      canvas.fill(tongue(5.4, 0.72 * flame + 2), Color(0xFAB648))
      canvas.fill(tongue(3, 0.42 * flame + 1), Color(0xFFEDB0))
    case .rainbow:
      let colors = [Swatch.coral, .orange, .yellow, .leaf, .blue, .violet]
      for (index, swatch) in colors.enumerated() {
        let x = -7 + 2.8 * Double(index)
        canvas.stroke(
          .line([(x, 26), (x, 32 + 0.8 * flame - 0.3 * abs(x))]), swatch.color, width: 2.9)
      }
    }
  }

  private func drawFins(on canvas: Canvas) {
    let w = half
    let fin = Path(from: (0.92 * w, 3)).curve((w + 9, 8), (w + 12, 17), to: (w + 10, 31)).curve(
      (w + 5, 25), (w, 22), to: (0.6 * w, 22)
    ).closed
    canvas.fill(fin, .lit(trim, 2, 32))
    canvas.fill(fin.mirrored, .lit(trim.darker(0.08), 2, 32))
    canvas.fill(.rectangle(x: -0.5 * w...0.5 * w, y: 23...28.6, corner: 1.4), Color(0x6D7487))
  }

  private func drawBody(on canvas: Canvas) {
    let w = half
    let light = body.lighter(0.3)
    canvas.fill(
      hull, .linear(from: (-w, 0), to: (w, 0), [light, body, body, body.darker(0.17)]))
    canvas.clipped(to: hull) {
      canvas.fill(
        Path(from: (-30, top - 5)).line(to: (30, top - 5)).line(to: (30, top + 17)).bend(
          (0, top + 22), to: (-30, top + 17)
        ).closed,
        .linear(from: (-w, 0), to: (w, 0), [trim.lighter(0.16), trim, trim.darker(0.16)]))
      switch band {
      case .none, .heart: break
      case .ring:
        canvas.stroke(.curve([(-w - 2, 13), (0, 16), (w + 2, 13)]), trim, width: 4.4)
      case .chequers:
        for row in 0..<2 {
          for column in -4...4 where (row + column).isMultiple(of: 2) {
            let (x, y) = (Double(column) * 4.2, 10 + Double(row) * 4.2)
            canvas.fill(.rectangle(x: x - 2.1...x + 2.1, y: y...y + 4.2), trim)
          }
        }
      }
      canvas.fill(.rectangle(x: -30...30, y: 20.6...30), body.darker(0.22))
    }
    if band == .heart { canvas.heart((0, 13), 4.6, trim) }
    canvas.fill(.rectangle(x: -1.5...1.5, y: 16...31, corner: 1.5), trim.darker(0.18))
  }

  private func drawWindows(on canvas: Canvas) {
    let radius = [6.8, 5, 3.7][windows - 1]
    let gap = [0.0, 13.4, 10.2][windows - 1]
    for index in 0..<windows {
      let center: Point = (0, -11 + gap * (Double(index) - Double(windows - 1) / 2))
      canvas.fill(.circle(center, radius + 1.9), trim.darker(0.12))
      canvas.fill(.circle(center, radius), Color(0x9BD3EC))
      canvas.clipped(to: .circle(center, radius)) {
        if index == 0 { drawPassenger(at: center, radius, on: canvas) }
        canvas.stroke(
          .line([
            (center.x - 0.9 * radius, center.y + 0.3 * radius),
            (center.x + 0.2 * radius, center.y - radius),
          ]), Color.white.opacity(0.55), width: 0.32 * radius)
      }
    }
  }

  private func drawPassenger(at center: Point, _ radius: Double, on canvas: Canvas) {
    let (x, y, r) = (center.x, center.y, radius)
    switch passenger {
    case .none: break
    case .astronaut:
      canvas.fill(.circle((x, y + 0.25 * r), 0.74 * r), Color.milk)
      canvas.fill(.ellipse((x, y + 0.25 * r), 0.52 * r, 0.44 * r), Color(0xF2BE98))
      canvas.fill(
        .circle((x - 0.2 * r, y + 0.2 * r), 0.11 * r)
          + .circle((x + 0.2 * r, y + 0.2 * r), 0.11 * r), Color.ink)
    case .alien:
      canvas.fill(.ellipse((x, y + 0.25 * r), 0.62 * r, 0.76 * r), Color(0x8FCB6E))
      canvas.bothSides {
        canvas.fill(
          .ellipse((x + 0.27 * r, y + 0.12 * r), 0.17 * r, 0.25 * r, turned: 20), Color.ink)
      }
    }
  }
}
