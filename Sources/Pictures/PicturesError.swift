public import Images

/// A picture that could not be drawn.
public enum PicturesError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Cairo reported a problem in its own words.
  case cairo(String)

  /// The drawing is done, and there is no file of it.
  case encoding(EncodingError)

  /// The picture would be larger than Cairo's images can be.
  case tooLarge(width: Int, height: Int, limit: Int)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .cairo(let reason):
      "Cairo could not draw the picture: \(reason). Check free memory and the installed fonts."
    case .encoding(let error): error.description
    case .tooLarge(let width, let height, let limit):
      """
      A picture of \(width) x \(height) pixels is beyond Cairo's limit of \(limit). \
      Show fewer or smaller cells.
      """
    }
  }
}
