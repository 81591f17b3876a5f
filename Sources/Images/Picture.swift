public import Samples

/// A decoded picture of 8-bit channels.
public struct Picture: Equatable, Sendable {
  /// The size; 1 channel is grey, 3 are RGB.
  public let shape: PictureShape

  /// The levels, pixel after pixel, row after row, the channels of a pixel side by side:
  /// `shape.count` of them.
  public let pixels: [UInt8]

  /// Creates a picture; there must be `shape.count` pixels' channels, 1 or 3 a pixel.
  public init(shape: PictureShape, pixels: [UInt8]) {
    precondition(
      shape.channels == 1 || shape.channels == 3, "\(shape.channels) channels, not 1 or 3")
    precondition(
      pixels.count == shape.count,
      "\(pixels.count) levels are not \(shape.width) × \(shape.height) × \(shape.channels)")
    self.shape = shape
    self.pixels = pixels
  }

  /// Returns the picture in grey (1 channel) or RGB (3 channels).
  ///
  /// Grey is the luma `(19595 R + 38470 G + 7471 B + 32768) >> 16`, ITU-R 601 in the integers of
  /// Pillow's mode `L`; RGB from grey repeats the level.
  public func converted(toChannels channels: Int) -> Picture {
    precondition(channels == 1 || channels == 3, "\(channels) channels, not 1 or 3")
    guard channels != shape.channels else { return self }
    let target = PictureShape(width: shape.width, height: shape.height, channels: channels)
    var converted = [UInt8](repeating: 0, count: target.count)
    for pixel in 0..<shape.width * shape.height {
      if channels == 1 {
        let red = UInt32(pixels[3 * pixel]) * 19595
        let green = UInt32(pixels[3 * pixel + 1]) * 38470
        let blue = UInt32(pixels[3 * pixel + 2]) * 7471
        converted[pixel] = UInt8((red + green + blue + 0x8000) >> 16)
      } else {
        converted[3 * pixel] = pixels[pixel]
        converted[3 * pixel + 1] = pixels[pixel]
        converted[3 * pixel + 2] = pixels[pixel]
      }
    }
    return Picture(shape: target, pixels: converted)
  }

  /// Returns the largest square in the middle; a leftover odd row or column goes below or right.
  public func croppedToSquare() -> Picture {
    let side = min(shape.width, shape.height)
    guard shape.width != shape.height else { return self }
    let left = (shape.width - side) / 2
    let top = (shape.height - side) / 2
    var square: [UInt8] = []
    square.reserveCapacity(side * side * shape.channels)
    for row in top..<top + side {
      let start = (row * shape.width + left) * shape.channels
      square.append(contentsOf: pixels[start..<start + side * shape.channels])
    }
    return Picture(
      shape: PictureShape(width: side, height: side, channels: shape.channels), pixels: square)
  }
}
