/// A drawn picture, ready to be written to files.
public struct RenderedPicture: Equatable, Sendable {
  /// The bytes of a PNG file.
  public let png: [UInt8]

  /// The bytes of an SVG file; `nil` where lines would not help, as in a grid of pixels.
  public let svg: [UInt8]?

  /// Creates a rendered picture from the bytes of its files.
  public init(png: [UInt8], svg: [UInt8]?) {
    self.png = png
    self.svg = svg
  }
}
