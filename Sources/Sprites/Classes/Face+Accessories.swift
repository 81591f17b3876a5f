/// Glasses and hats.
extension Face {
  func drawGlasses(on canvas: Canvas) {
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

  func drawHat(on canvas: Canvas) {
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
        .polygon([(-17, -46), (17, -46), (14.6, -18), (-14.6, -18)], corner: 3),
        .lit(felt, -46, -18))
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
