public import Samples

/// A picture that could not be encoded.
public struct EncodingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The format asked for.
  public let format: PictureFormat

  /// The size of the picture.
  public let shape: PictureShape

  /// What the library said.
  public let words: String

  init(format: PictureFormat, shape: PictureShape, words: String) {
    self.format = format
    self.shape = shape
    self.words = words
  }

  /// What happened, and what to do about it.
  public var description: String {
    """
    A picture of \(shape.width) × \(shape.height) pixels cannot be written as \
    \(format.rawValue) (\(words)). Choose a smaller size.
    """
  }
}
