import Samples

/// The moments of a picture's opponent colours, in levels.
///
/// Of intensity `(R+G+B)/3`, red-green `R-G` and yellow-blue `(R+G)/2-B` over the pixels: the mean, the
/// standard deviation, the cube root of the third and the fourth root of the fourth central moment; then
/// the signed roots of the covariances of each two. Roots, so that every number is in levels. A grey
/// picture has its intensity alone.
struct ColourStatistics: PictureStatistics {
  private let channels: Int

  /// 15 in colour, 4 in grey.
  var count: Int { channels == 3 ? 15 : 4 }

  init(shape: PictureShape) {
    channels = shape.channels == 3 ? 3 : 1
  }

  func values(of levels: ArraySlice<Float>) -> [Double] {
    let pixels = levels.count / channels
    var opponents = (0..<channels).map { _ in [Double](repeating: 0, count: pixels) }
    for pixel in 0..<pixels {
      let first = levels.startIndex + pixel * channels
      guard channels == 3 else {
        opponents[0][pixel] = Double(levels[first])
        continue
      }
      let (red, green, blue) = (
        Double(levels[first]), Double(levels[first + 1]), Double(levels[first + 2])
      )
      opponents[0][pixel] = (red + green + blue) / 3
      opponents[1][pixel] = red - green
      opponents[2][pixel] = (red + green) / 2 - blue
    }
    var values: [Double] = []
    for channel in opponents.indices {
      let mean = opponents[channel].reduce(0, +) / Double(pixels)
      var (second, third, fourth) = (0.0, 0.0, 0.0)
      for pixel in 0..<pixels {
        let deviation = opponents[channel][pixel] - mean
        opponents[channel][pixel] = deviation
        let square = deviation * deviation
        second += square
        third += square * deviation
        fourth += square * square
      }
      let number = Double(pixels)
      values += [
        mean, (second / number).squareRoot(), Self.cubeRoot(third / number),
        (fourth / number).squareRoot().squareRoot(),
      ]
    }
    for first in opponents.indices {
      for second in opponents.indices where second > first {
        var sum = 0.0
        for pixel in 0..<pixels { sum += opponents[first][pixel] * opponents[second][pixel] }
        let root = (abs(sum) / Double(pixels)).squareRoot()
        values.append(sum < 0 ? -root : root)
      }
    }
    return values
  }

  /// The real cube root, by Newton's iteration from a power of two: the same bits on every machine.
  private static func cubeRoot(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    let size = abs(value)
    var root = Double(sign: .plus, exponent: size.exponent / 3, significand: 1)
    for _ in 0..<8 { root -= (root - size / (root * root)) / 3 }
    return value < 0 ? -root : root
  }
}
