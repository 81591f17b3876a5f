/// What decoding one file may cost.
public struct DecodingLimits: Hashable, Sendable {
  /// The most pixels, width times height.
  ///
  /// The default is Pillow's.
  public var maximumPixels: Int

  /// The most scans of a progressive JPEG.
  public var maximumScans: Int

  /// The most memory for one chunk of a PNG.
  ///
  /// Chunks other than the picture's own are passed over
  /// whatever their size, and never inflated.
  public var maximumChunkBytes: Int

  /// The longest file that is read into memory.
  public var maximumFileBytes: Int

  /// Whether a file that was cut short gives what there is of it; what is missing is black (PNG) or
  /// grey (JPEG).
  public var allowTruncated: Bool

  /// Creates limits.
  public init(
    maximumPixels: Int = 89_478_485, maximumScans: Int = 100, maximumChunkBytes: Int = 8_000_000,
    maximumFileBytes: Int = 1 << 28, allowTruncated: Bool = false
  ) {
    self.maximumPixels = maximumPixels
    self.maximumScans = maximumScans
    self.maximumChunkBytes = maximumChunkBytes
    self.maximumFileBytes = maximumFileBytes
    self.allowTruncated = allowTruncated
  }
}
