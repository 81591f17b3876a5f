import Samples

/// How a camera was held: what to do with the stored rows to see the picture upright (Exif 2.3, tag
/// 0x0112).
enum ExifOrientation: Int, CaseIterable, Sendable {
  case upright = 1
  case mirrored
  case rotated180
  case flipped
  case transposed
  case rotated90
  case transversed
  case rotated270

  /// Whether width and height change places.
  var isTransposed: Bool { rawValue >= 5 }

  /// Reads tag 0x0112 of the first directory of a TIFF structure; anything odd means upright.
  init(tiff bytes: [UInt8]) {
    self = Self.value(in: bytes).flatMap(ExifOrientation.init) ?? .upright
  }

  private static func value(in bytes: [UInt8]) -> Int? {
    guard bytes.count >= 8 else { return nil }
    let isLittle = bytes.starts(with: "II".utf8)
    guard isLittle || bytes.starts(with: "MM".utf8) else { return nil }
    let numbers = BigEndian(bytes: bytes)
    func uint16(_ offset: Int) -> Int? {
      numbers.uint16(offset).map { isLittle ? ($0 & 0xFF) << 8 | $0 >> 8 : $0 }
    }
    func uint32(_ offset: Int) -> Int? {
      guard let first = uint16(offset), let second = uint16(offset + 2) else { return nil }
      return isLittle ? second << 16 | first : first << 16 | second
    }
    guard uint16(2) == 42, let directory = uint32(4), let count = uint16(directory) else {
      return nil
    }
    for entry in 0..<count {
      let start = directory + 2 + 12 * entry
      guard let tag = uint16(start) else { return nil }
      guard tag == 0x0112 else { continue }
      // A single SHORT, stored in the entry itself.
      guard uint16(start + 2) == 3, uint32(start + 4) == 1 else { return nil }
      return uint16(start + 8)
    }
    return nil
  }

  /// The upright picture.
  func applied(to picture: Picture) -> Picture {
    guard self != .upright else { return picture }
    let width = picture.shape.width
    let height = picture.shape.height
    let channels = picture.shape.channels
    let shape = PictureShape(
      width: isTransposed ? height : width, height: isTransposed ? width : height,
      channels: channels)
    // The stored pixel behind the upright picture's (0, 0), and the steps to its right and below.
    let (origin, right, down) =
      switch self {
      case .upright: (0, 1, width)
      case .mirrored: (width - 1, -1, width)
      case .rotated180: (width * height - 1, -1, -width)
      case .flipped: ((height - 1) * width, 1, -width)
      case .transposed: (0, width, 1)
      case .rotated90: ((height - 1) * width, -width, 1)
      case .transversed: (width * height - 1, -width, -1)
      case .rotated270: (width - 1, width, -1)
      }
    var turned = [UInt8](repeating: 0, count: shape.count)
    var position = 0
    for y in 0..<shape.height {
      for x in 0..<shape.width {
        let source = (origin + x * right + y * down) * channels
        for channel in 0..<channels {
          turned[position] = picture.pixels[source + channel]
          position += 1
        }
      }
    }
    return Picture(shape: shape, pixels: turned)
  }
}
