/// What a file says about its picture before any pixel is decoded.
public struct PictureHeader: Equatable, Sendable {
  /// PNG or JPEG, by content.
  public let format: PictureFormat

  /// The width as stored, before the orientation is applied.
  let storedWidth: Int

  /// The height as stored, before the orientation is applied.
  let storedHeight: Int

  /// 1 for grey, 3 for everything else, palettes included.
  public let channels: Int

  /// Pillow's word for the kind of pixels: `1`, `L`, `LA`, `I;16`, `P`, `RGB`, `RGBA` or `CMYK`.
  public let mode: String

  /// How the stored rows are to be turned.
  let orientation: ExifOrientation

  /// The fewest bytes that a whole file of this picture can have.
  let leastBytes: Int

  /// The width of the upright picture.
  public var width: Int { orientation.isTransposed ? storedHeight : storedWidth }

  /// The height of the upright picture.
  public var height: Int { orientation.isTransposed ? storedWidth : storedHeight }

  /// Reads the header of a PNG or JPEG file.
  ///
  /// - Throws: ``DecodingError`` if there is none, or if the picture would be larger than `limits`.
  public init(of bytes: [UInt8], limits: DecodingLimits = DecodingLimits()) throws(DecodingError) {
    self =
      switch try PictureFormat(of: bytes) {
      case .png: try PictureHeader(png: bytes)
      case .jpeg: try PictureHeader(jpeg: bytes)
      }
    guard storedWidth > 0, storedHeight > 0 else {
      throw DecodingError(.corrupt, "a size of \(storedWidth) × \(storedHeight) pixels")
    }
    // Up to 2³² a side: the products are checked, not trusted, before any memory is taken.
    let (pixels, overflow) = storedWidth.multipliedReportingOverflow(by: storedHeight)
    let (_, levelsOverflow) = pixels.multipliedReportingOverflow(by: channels)
    guard !overflow, !levelsOverflow, pixels <= limits.maximumPixels else {
      throw DecodingError(
        .tooLarge,
        "\(storedWidth) × \(storedHeight) pixels; the limit is \(limits.maximumPixels) pixels")
    }
  }

  init(
    format: PictureFormat, storedWidth: Int, storedHeight: Int, channels: Int, mode: String,
    orientation: ExifOrientation, leastBytes: Int
  ) {
    self.format = format
    self.storedWidth = storedWidth
    self.storedHeight = storedHeight
    self.channels = channels
    self.mode = mode
    self.orientation = orientation
    self.leastBytes = leastBytes
  }
}

/// Big-endian numbers in a file, with every access checked.
struct BigEndian {
  let bytes: [UInt8]

  /// The 16-bit number at an offset; `nil` beyond the end.
  func uint16(_ offset: Int) -> Int? {
    guard offset >= 0, offset <= bytes.count - 2 else { return nil }
    return Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
  }

  /// The 32-bit number at an offset; `nil` beyond the end.
  func uint32(_ offset: Int) -> Int? {
    guard let high = uint16(offset), let low = uint16(offset + 2) else { return nil }
    return high << 16 | low
  }
}
