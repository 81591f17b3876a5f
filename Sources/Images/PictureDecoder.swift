/// Decoding PNG and JPEG files.
///
/// The rules, all of them those of Pillow's `convert("RGB")` where it has one:
/// - The first bytes decide the format, not the name.
/// - Samples of 16 bits keep their high byte.
/// - Alpha and transparency are dropped: the colours below them show.
/// - Gamma, chromaticities and colour profiles are ignored: levels are taken as they are stored.
/// - Grey files, also with alpha, give 1 channel; palettes and everything else give 3.
/// - CMYK and YCCK are taken as inverted inks, as Adobe writes them, and become RGB.
/// - The Exif orientation is applied (of a JPEG's first Exif segment, or a PNG's eXIf chunk that
///   stands before the pixels). Of an animation, the still picture is taken.
/// - A file that ends early, contradicts itself or fails a checksum is refused, not guessed at.
public enum PictureDecoder {
  /// Returns the upright picture in a file.
  ///
  /// - Throws: ``DecodingError`` if there is none, or if it goes beyond `limits`; the size is
  ///   checked before memory is taken for it.
  public static func decode(
    _ bytes: [UInt8], limits: DecodingLimits = DecodingLimits()
  ) throws(DecodingError) -> Picture {
    try decodeWithHeader(bytes, limits: limits).picture
  }

  /// Returns the upright picture in a file and what the file's header says about it.
  ///
  /// - Throws: As ``decode(_:limits:)``.
  public static func decodeWithHeader(
    _ bytes: [UInt8], limits: DecodingLimits = DecodingLimits()
  ) throws(DecodingError) -> (picture: Picture, header: PictureHeader) {
    let header = try PictureHeader(of: bytes, limits: limits)
    // A small file that promises a large picture is cut short, whatever else it is.
    guard limits.allowTruncated || bytes.count >= header.leastBytes else {
      throw DecodingError(
        .truncated,
        "\(bytes.count) bytes cannot hold \(header.storedWidth) × \(header.storedHeight) pixels")
    }
    let stored = try Codec.decode(bytes, header: header, limits: limits)
    return (header.orientation.applied(to: stored), header)
  }
}
