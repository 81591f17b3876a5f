/// Hair and beards.
extension Face {
  func drawHairBehind(on canvas: Canvas) {
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

  func drawHairInFront(on canvas: Canvas) {
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

  func drawBeard(on canvas: Canvas) {
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
