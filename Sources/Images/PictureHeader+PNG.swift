extension PictureHeader {
  /// Reads the IHDR chunk, and the orientation from an eXIf chunk that stands before the pixels.
  init(png bytes: [UInt8]) throws(DecodingError) {
    let numbers = BigEndian(bytes: bytes)
    guard bytes.count >= 33, let width = numbers.uint32(16), let height = numbers.uint32(20) else {
      throw DecodingError(.truncated, "a PNG that ends within its header")
    }
    guard numbers.uint32(8) == 13, bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw DecodingError(.corrupt, "a PNG without a header chunk")
    }
    let depth = Int(bytes[24])
    let kind: (channels: Int, samples: Int, mode: String)? =
      switch bytes[25] {
      case 0: (1, 1, depth == 1 ? "1" : depth == 16 ? "I;16" : "L")
      case 2: (3, 3, "RGB")
      case 3: (3, 1, "P")
      case 4: (1, 2, "LA")
      case 6: (3, 4, "RGBA")
      default: nil
      }
    guard let kind, [1, 2, 4, 8, 16].contains(depth) else {
      throw DecodingError(.corrupt, "a PNG of colour type \(bytes[25]) and \(depth) bits")
    }
    self.init(
      format: .png, storedWidth: width, storedHeight: height, channels: kind.channels,
      mode: kind.mode, orientation: Self.orientation(png: numbers),
      // Deflate never packs more than 1032 bytes into one; a row has at least one byte of filter.
      leastBytes: (width * kind.samples * depth / 8 + 1).multipliedReportingOverflow(
        by: height
      ).partialValue / 1032)
  }

  private static func orientation(png numbers: BigEndian) -> ExifOrientation {
    var offset = 33
    while let length = numbers.uint32(offset), offset + 8 <= numbers.bytes.count {
      let type = numbers.bytes[offset + 4..<offset + 8]
      if type.elementsEqual("IDAT".utf8) { break }
      let end = offset + 8 + length
      guard end <= numbers.bytes.count else { break }
      if type.elementsEqual("eXIf".utf8) {
        return ExifOrientation(tiff: Array(numbers.bytes[offset + 8..<end]))
      }
      offset = end + 4
    }
    return .upright
  }
}
