/// Writing JPEG files.
public enum JPEG {
  /// Returns a picture as a baseline JPEG file, RGB with chroma at half size in both directions.
  ///
  /// The bytes are the same every time for one version of libjpeg-turbo.
  ///
  /// - Parameters:
  ///   - picture: The picture.
  ///   - quality: 1 to 100, in the scale of the Independent JPEG Group.
  /// - Throws: ``EncodingError`` if a side is longer than 65 500 pixels.
  public static func encode(
    _ picture: Picture, quality: Int
  ) throws(EncodingError) -> [UInt8] {
    precondition((1...100).contains(quality), "a JPEG quality of \(quality) is not 1 to 100")
    return try Codec.jpeg(picture, quality: quality)
  }
}
