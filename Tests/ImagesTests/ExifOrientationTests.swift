import Samples
import Testing

@testable import Images

@Suite("Exif orientation")
struct ExifOrientationTests {
  /// A TIFF structure with one directory entry: the orientation.
  static func tiff(_ orientation: Int, littleEndian: Bool) -> [UInt8] {
    let numbers = [
      [42, 2], [8, 4], [1, 2], [0x0112, 2], [3, 2], [1, 4], [orientation, 2], [0, 2], [0, 4],
    ]
    return Array((littleEndian ? "II" : "MM").utf8)
      + numbers.flatMap { number in
        let bytes = (0..<number[1]).map { UInt8(truncatingIfNeeded: number[0] >> (8 * $0)) }
        return littleEndian ? bytes : bytes.reversed()
      }
  }

  static func inverse(_ orientation: ExifOrientation) -> ExifOrientation {
    switch orientation {
    case .rotated90: .rotated270
    case .rotated270: .rotated90
    default: orientation
    }
  }

  @Test(
    "The eight cases turn as the standard says",
    arguments: zip(
      ExifOrientation.allCases,
      [
        [1, 2, 3, 4, 5, 6], [3, 2, 1, 6, 5, 4], [6, 5, 4, 3, 2, 1], [4, 5, 6, 1, 2, 3],
        [1, 4, 2, 5, 3, 6], [4, 1, 5, 2, 6, 3], [6, 3, 5, 2, 4, 1], [3, 6, 2, 5, 1, 4],
      ] as [[UInt8]]))
  func cases(orientation: ExifOrientation, pixels: [UInt8]) {
    let stored = Picture(
      shape: PictureShape(width: 3, height: 2, channels: 1), pixels: [1, 2, 3, 4, 5, 6])
    let upright = orientation.applied(to: stored)
    #expect(upright.shape.width == (orientation.isTransposed ? 2 : 3))
    #expect(upright.pixels == pixels)
    #expect(Self.inverse(orientation).applied(to: upright) == stored)
  }

  @Test("The channels of a pixel stay together")
  func channels() {
    let stored = Picture(
      shape: PictureShape(width: 2, height: 1, channels: 3), pixels: [1, 2, 3, 4, 5, 6])
    #expect(ExifOrientation.mirrored.applied(to: stored).pixels == [4, 5, 6, 1, 2, 3])
  }

  @Test("Both byte orders are read")
  func byteOrders() {
    for value in 1...8 {
      for littleEndian in [true, false] {
        let tiff = Self.tiff(value, littleEndian: littleEndian)
        #expect(ExifOrientation(tiff: tiff).rawValue == value)
      }
    }
  }

  @Test("Anything odd means upright, and no byte is read beyond the end")
  func oddities() {
    #expect(ExifOrientation(tiff: Self.tiff(0, littleEndian: true)) == .upright)
    #expect(ExifOrientation(tiff: Self.tiff(9, littleEndian: true)) == .upright)
    let whole = Self.tiff(6, littleEndian: false)
    for length in 0..<whole.count {
      _ = ExifOrientation(tiff: Array(whole.prefix(length)))
      for byte in [0, 1, 0x7F, 0xFF] as [UInt8] {
        var damaged = whole
        damaged[length] = byte
        _ = ExifOrientation(tiff: damaged)
      }
    }
  }
}
