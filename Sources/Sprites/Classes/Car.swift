/// A car from the side.
struct Car: Sprite {
  static let className = "cars"

  private let facing: Facing
  private let kind: Kind
  private let color: Color
  private let roof: Roof
  private let stripe: Stripe
  private let driver: Driver
  private let headlight: Bool
  private let whitewalls: Bool
  private let length: Double
  private let wheel: Double
  private let cabin: Double

  init(using dice: inout Dice) {
    facing = dice.choose("facing", [.right: 70, .left: 30])
    kind = dice.choose("kind", [.beetle: 36, .hatchback: 34, .van: 26, .convertible: 4])
    color = dice.color(
      "colour", [.coral: 26, .blue: 22, .teal: 18, .yellow: 16, .leaf: 10, .grey: 8])
    roof = dice.choose("roof", [.bare: 66, .luggage: 20, .surfboard: 9, .taxi: 5])
    stripe = dice.choose("stripe", [.none: 66, .side: 28, .flower: 6])
    driver = dice.choose("driver", [.none: 82, .person: 15, .dog: 3])
    headlight = dice.has("headlight_on", percent: 18)
    whitewalls = dice.has("white_walls", percent: 24)
    length = dice.number("length", 38...42)
    wheel = dice.number("wheel_radius", 8.6...10.4)
    cabin = dice.number("cabin_height", -2...2)
  }

  func draw(on canvas: Canvas) {
    canvas.placed(at: (0, 2), scaled: (facing == .right ? 1 : -1, 1)) {
      canvas.groundShadow(y: 28.5, halfWidth: length + 1)
      drawRoof(on: canvas)
      if kind == .convertible {
        for x in [-14.0, -1] {
          canvas.fill(.rectangle(x: x - 4...x + 3, y: -12...2, corner: 3), Color(0x8A5C46))
        }
      }
      canvas.fill(body, .lit(color, -24, 24, by: 0.13))
      canvas.clipped(to: body) {
        canvas.fill(.rectangle(x: -60...60, y: 15...40), color.darker(0.16))
        if stripe == .side {
          canvas.fill(.rectangle(x: -60...60, y: 5.4...9), color.lighter(0.7))
        }
      }
      drawWindows(on: canvas)
      drawDetails(on: canvas)
      for x in [-0.56 * length, 0.56 * length] { drawWheel((x, 19.6), on: canvas) }
    }
  }
}

// MARK: - Attributes

extension Car {
  private enum Kind: String {
    case beetle
    case hatchback
    case van
    case convertible
  }

  private enum Roof: String {
    case bare
    case luggage
    case surfboard
    case taxi
  }

  private enum Stripe: String {
    case none
    case side
    case flower
  }

  private enum Driver: String {
    case none
    case person
    case dog
  }
}

// MARK: - Drawing

extension Car {
  /// The height of the roof.
  private var top: Double {
    switch kind {
    case .beetle: -21 - cabin
    case .hatchback: -19 - cabin
    case .van: -25 - cabin
    case .convertible: -2
    }
  }

  private var body: Path {
    let l = length
    let t = top
    switch kind {
    case .beetle:
      return Path(from: (-l, 17)).curve((-l - 1, 4), (-l + 4, -3), to: (-25, -5))
        .curve((-20, t + 4), (-10, t), to: (1, t)).curve((13, t), (19, t + 8), to: (22, -4))
        .curve((34, -2), (l + 1, 4), to: (l, 17)).bend((l, 21), to: (l - 4, 21)).line(
          to: (-l + 4, 21)
        ).bend((-l, 21), to: (-l, 17)).closed
    case .hatchback:
      return Path(from: (-l, 16)).line(to: (-l, 2)).curve((-l, -4), (-36, t + 2), to: (-27, t))
        .line(to: (3, t)).curve((10, t), (15, -10), to: (20, -3)).curve(
          (30, -2), (l - 2, 0), to: (l, 6)
        ).line(to: (l, 17)).bend((l, 21), to: (l - 4, 21)).line(
          to: (-l + 4, 21)
        ).bend((-l, 21), to: (-l, 16)).closed
    case .van:
      return Path(from: (-l, 16)).line(to: (-l, t + 6)).bend((-l, t), to: (-l + 6, t)).line(
        to: (16, t)
      ).curve((25, t), (28, -8), to: (31, -2)).curve((36, 0), (l, 2), to: (l, 8)).line(
        to: (l, 17)
      ).bend((l, 21), to: (l - 4, 21)).line(to: (-l + 4, 21)).bend(
        (-l, 21), to: (-l, 16)
      ).closed
    case .convertible:
      return Path(from: (-l, 16)).line(to: (-l, 1)).bend((-l, -5), to: (-l + 7, -5)).line(
        to: (-18, -4)
      ).line(to: (15, -2)).curve((28, -3), (l, -1), to: (l, 7)).line(to: (l, 17)).bend(
        (l, 21), to: (l - 4, 21)
      ).line(to: (-l + 4, 21)).bend((-l, 21), to: (-l, 16)).closed
    }
  }

  private func drawRoof(on canvas: Canvas) {
    let seat: Point = kind == .van ? (-8, top) : kind == .convertible ? (-29, -4) : (-9, top)
    switch roof {
    case .bare: break
    case .luggage:
      canvas.fill(
        .rectangle(x: seat.x - 10...seat.x + 4, y: seat.y - 9...seat.y + 2, corner: 1.6),
        Color(0xA8724B))
      canvas.fill(
        .rectangle(x: seat.x - 7.4...seat.x - 5.4, y: seat.y - 9...seat.y), Color(0x7C5035))
      canvas.fill(
        .rectangle(x: seat.x - 0.6...seat.x + 1.4, y: seat.y - 9...seat.y), Color(0x7C5035))
      if kind != .convertible {
        canvas.fill(
          .rectangle(x: seat.x + 4.6...seat.x + 15, y: seat.y - 6...seat.y + 2, corner: 1.6),
          Swatch.teal.color.darker(0.1))
        canvas.fill(
          .rectangle(x: seat.x - 13...seat.x + 18, y: seat.y - 1.4...seat.y + 1, corner: 1),
          Color.steel)
      }
    case .surfboard:
      let board = Path(from: (seat.x - 25, seat.y - 3)).curve(
        (seat.x - 12, seat.y - 8), (seat.x + 18, seat.y - 8), to: (seat.x + 29, seat.y - 5)
      ).curve(
        (seat.x + 18, seat.y), (seat.x - 12, seat.y), to: (seat.x - 25, seat.y - 3)
      ).closed
      canvas.stroke(
        .line([(seat.x - 8, seat.y - 3), (seat.x - 8, seat.y + 1)]), Color.steel, width: 2)
      canvas.stroke(
        .line([(seat.x + 11, seat.y - 3), (seat.x + 11, seat.y + 1)]), Color.steel, width: 2)
      canvas.fill(board, Color(0xFCE7B2))
      canvas.clipped(to: board) {
        canvas.stroke(
          .line([(seat.x - 30, seat.y - 3.6), (seat.x + 32, seat.y - 4.6)]), Swatch.coral.color,
          width: 2)
      }
    case .taxi:
      canvas.fill(
        .rectangle(x: seat.x - 7...seat.x + 11, y: seat.y - 7.4...seat.y + 2, corner: 2), Color.gold
      )
      for x in stride(from: -5.0, through: 8, by: 4.2) {
        canvas.fill(
          .rectangle(x: seat.x + x...seat.x + x + 2.1, y: seat.y - 4.6...seat.y - 2.4), Color.ink)
      }
    }
  }

  private func drawWindows(on canvas: Canvas) {
    let t = top + 4
    let panes: [Path] =
      switch kind {
      case .beetle:
        [
          Path(from: (-20, -4)).curve((-16, t + 2), (-9, t), to: (-3, t)).line(to: (-3, -4)).closed,
          Path(from: (1, t)).curve((10, t), (14, t + 7), to: (17, -4)).line(to: (1, -4)).closed,
        ]
      case .hatchback:
        [
          .polygon([(-32, -3.6), (-26.4, t), (-11, t), (-11, -3.6)], corner: 1.4),
          .polygon([(-7, -3.6), (-7, t), (3, t), (15, -3.6)], corner: 1.4),
        ]
      case .van:
        [
          .rectangle(x: -length + 5 ... -20, y: t + 1 ... -5, corner: 2),
          .rectangle(x: -16...2, y: t + 1 ... -5, corner: 2),
          .polygon([(6, -5), (6, t + 1), (17, t + 1), (26.4, -5)], corner: 1.8),
        ]
      case .convertible:
        [.polygon([(8, -3), (14, -18), (17, -18), (19.6, -3)], corner: 1)]
      }
    for pane in panes {
      canvas.fill(pane, .linear(from: (0, -22), to: (0, -3), [Color(0xD8F0F8), Color(0x9FD0E6)]))
    }
    drawDriver(on: canvas)
    for pane in panes {
      canvas.clipped(to: pane) {
        for x in [-26.0, -10, 9] {
          canvas.stroke(.line([(x - 6, 0), (x + 4, -26)]), Color.white.opacity(0.45), width: 3)
        }
      }
    }
  }

  private func drawDriver(on canvas: Canvas) {
    let seat: Point = kind == .convertible ? (-2, -9.4) : kind == .van ? (13, -9.6) : (5.4, -8.6)
    guard driver != .none else { return }
    canvas.clipped(to: .rectangle(x: -50...50, y: -40 ... -3.6)) {
      switch driver {
      case .none: break
      case .person:
        canvas.fill(.ellipse((seat.x - 0.4, seat.y + 9), 7, 6), Swatch.violet.color)
        canvas.fill(.circle(seat, 5), Color(0xF2BE98))
        canvas.fill(
          Path.arc((seat.x - 0.4, seat.y - 0.6), 5.4, 5.4, from: 150, to: 335).closed,
          Color(0x6E4A3A))
        canvas.fill(.circle((seat.x + 2.8, seat.y + 0.4), 0.8), Color.ink)
      case .dog:
        canvas.fill(.ellipse((seat.x, seat.y + 8), 6, 6), Color(0xC8925B))
        canvas.fill(.circle(seat, 5), Color(0xD9A369))
        canvas.fill(.ellipse((seat.x + 4, seat.y + 1.6), 3.6, 2.5), Color(0xEBC699))
        canvas.fill(.ellipse((seat.x - 3.4, seat.y + 0.4), 2.3, 4.6, turned: 14), Color(0x8A5C3A))
        canvas.fill(.circle((seat.x + 7, seat.y + 0.8), 1.2), Color.ink)
        canvas.fill(.circle((seat.x + 1.4, seat.y - 1.2), 0.9), Color.ink)
      }
    }
  }

  private func drawDetails(on canvas: Canvas) {
    let l = length
    canvas.fill(.rectangle(x: l - 4...l + 2.4, y: 14...19, corner: 2), Color.steel.lighter(0.3))
    canvas.fill(.rectangle(x: -l - 2.4 ... -l + 4, y: 14...19, corner: 2), Color.steel.lighter(0.3))
    if headlight {
      canvas.fill(
        .polygon([(l - 2, 4), (l + 9, -2), (l + 9, 16), (l - 2, 10)], corner: 2),
        .linear(
          from: (l - 2, 0), to: (l + 9, 0),
          [Color(0xFFE480).opacity(0.85), Color(0xFFE480).opacity(0)]))
    }
    canvas.fill(.ellipse((l - 2.6, 7), 2.6, 3.6), headlight ? Color(0xFFE480) : Color(0xFFF3CF))
    canvas.fill(.rectangle(x: -l...(-l + 3), y: 4...10, corner: 1.2), Color(0xD9434A))
    if kind != .convertible {
      canvas.stroke(.line([(-1, 0), (-1, 14)]), color.darker(0.22), width: 1.2)
    }
    canvas.stroke(.line([(2.4, 1.6), (7, 1.6)]), color.darker(0.3), width: 1.8)
    if stripe == .flower {
      for angle in stride(from: 18.0, to: 378, by: 72) {
        canvas.fill(.circle(polar((-9, 7), 3.6, angle), 2.6), Color.milk)
      }
      canvas.fill(.circle((-9, 7), 2.4), color.isGolden ? Swatch.coral.color : Color.gold)
    }
  }

  private func drawWheel(_ center: Point, on canvas: Canvas) {
    canvas.fill(.circle(center, wheel + 2), color.darker(0.34))
    canvas.fill(.circle(center, wheel), Color(0x3B3A4E))
    if whitewalls {
      canvas.stroke(.circle(center, 0.72 * wheel), Color.milk, width: 1.8)
    }
    canvas.fill(.circle(center, 0.52 * wheel), Color(0xC9D0DB))
    canvas.fill(.circle(center, 0.2 * wheel), Color(0x7C8698))
  }
}
