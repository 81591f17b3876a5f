import Images
import Samples

/// Pictures from integer formulas, the same in every language.
enum TestPictures: CaseIterable {
  case rings, checker, stripes, sawzone, ramp, noise, step

  /// `side × side` levels of grey.
  func levels(_ side: Int) -> [UInt8] {
    var state: UInt64 = 2024
    var levels: [UInt8] = []
    for y in 0..<side {
      for x in 0..<side {
        switch self {
        case .rings:
          let (a, b) = (2 * x - side + 1, 2 * y - side + 1)
          let radius = 4 * side / 5
          levels.append(abs(a * a + b * b - radius * radius) <= 3 * side ? 255 : 0)
        case .checker: levels.append((x + y) % 2 == 1 ? 255 : 0)
        case .stripes: levels.append(x % 3 == 0 ? 0 : 255)
        case .sawzone: levels.append(UInt8((x * x + y * y) >> 3 & 255))
        case .ramp: levels.append(UInt8(x * 255 / (side - 1)))
        case .noise: levels.append(UInt8(Self.splitMix(&state) >> 56))
        case .step: levels.append(x < side / 2 ? 0 : 255)
        }
      }
    }
    return levels
  }

  func picture(_ side: Int) -> Picture {
    Picture(shape: PictureShape(width: side, height: side, channels: 1), pixels: levels(side))
  }

  /// Three grey pictures as the channels of one.
  static func colour(_ side: Int, _ channels: [TestPictures] = [.sawzone, .noise, .rings])
    -> Picture
  {
    let levels = channels.map { $0.levels(side) }
    return Picture(
      shape: PictureShape(width: side, height: side, channels: 3),
      pixels: (0..<side * side).flatMap { pixel in levels.map { $0[pixel] } })
  }

  private static func splitMix(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
