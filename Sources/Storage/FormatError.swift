/// Bytes that are not what their format asks for.
public struct FormatError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong and where, as a sentence.
  public let description: String

  /// Creates an error from a sentence.
  public init(_ description: String) {
    self.description = description
  }
}
