extension PictureHeader {
  /// Reads the segments up to the frame header (SOF) and the first scan, with the orientation of
  /// the first Exif segment.
  init(jpeg bytes: [UInt8]) throws(DecodingError) {
    let numbers = BigEndian(bytes: bytes)
    var frame: (marker: UInt8, start: Int)?
    var orientation: ExifOrientation?
    var offset = 2
    segments: while true {
      guard let marker = Self.nextMarker(bytes, &offset) else {
        throw DecodingError(.truncated, "a JPEG that ends within its header")
      }
      switch marker {
      case 0x01, 0xD0...0xD7: continue  // markers that stand alone
      case 0xD9: throw DecodingError(.corrupt, "a JPEG that holds no picture")
      case 0xDA: break segments
      default: break
      }
      guard let length = numbers.uint16(offset), length >= 2 else {
        throw DecodingError(
          offset + 2 > bytes.count ? .truncated : .corrupt, "a JPEG segment of an impossible length"
        )
      }
      let end = min(offset + length, bytes.count)
      if Self.isFrame(marker), frame == nil {
        frame = (marker, offset)
      } else if marker == 0xE1, orientation == nil {
        let payload = bytes[offset + 2..<end]
        if payload.starts(with: Array("Exif\0\0".utf8)) {
          orientation = ExifOrientation(tiff: Array(payload.dropFirst(6)))
        }
      }
      offset += length
    }
    guard let frame else { throw DecodingError(.corrupt, "a JPEG that holds no picture") }
    guard let height = numbers.uint16(frame.start + 3), let width = numbers.uint16(frame.start + 5),
      frame.start + 7 < bytes.count
    else { throw DecodingError(.truncated, "a JPEG that ends within its header") }
    let kind: (channels: Int, mode: String)? =
      switch bytes[frame.start + 7] {
      case 1: (1, "L")
      case 3: (3, "RGB")
      case 4: (3, "CMYK")
      default: nil
      }
    guard let kind else {
      throw DecodingError(
        .unsupportedFormat, "a JPEG of \(bytes[frame.start + 7]) components is not supported")
    }
    self.init(
      format: .jpeg, storedWidth: width, storedHeight: height, channels: kind.channels,
      mode: kind.mode, orientation: orientation ?? .upright,
      // Huffman codes spend at least a bit on each block of 8 × 8 samples; a component may be
      // subsampled 4 × 4. Arithmetic codes (SOF9 and up) know no such bound.
      leastBytes: frame.marker >= 0xC9 ? 0 : width * height / (64 * 16 * 8))
  }

  /// Whether a marker starts a frame: SOF0 to SOF15 without DHT, JPG and DAC.
  private static func isFrame(_ marker: UInt8) -> Bool {
    (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
  }

  /// The next marker at or after an offset, which is moved behind it.
  ///
  /// Stray bytes and fill bytes are passed over, as libjpeg does.
  private static func nextMarker(_ bytes: [UInt8], _ offset: inout Int) -> UInt8? {
    while offset < bytes.count {
      guard let mark = bytes[offset...].firstIndex(of: 0xFF) else { return nil }
      offset = mark
      while offset < bytes.count, bytes[offset] == 0xFF { offset += 1 }
      guard offset < bytes.count else { return nil }
      offset += 1
      if bytes[offset - 1] != 0 { return bytes[offset - 1] }
    }
    return nil
  }
}
