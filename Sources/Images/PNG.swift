/// Writing PNG files.
public enum PNG {
  /// Returns a picture as a PNG file: 8 bits, grey or RGB, no metadata, the same bytes every time.
  ///
  /// - Parameters:
  ///   - picture: The picture.
  ///   - fast: Whether to compress lightly and without filters (five times as fast), or as well as
  ///     deflate can.
  /// - Throws: ``EncodingError`` if the sides are beyond what the format holds.
  public static func encode(
    _ picture: Picture, fast: Bool = true
  ) throws(EncodingError) -> [UInt8] {
    try Codec.png(picture, fast: fast)
  }
}
