/// Why a file gives no picture, in one word for tables.
public enum SkipReason: String, CaseIterable, Codable, Sendable {
  /// The file has no bytes.
  case empty
  /// The bytes are no picture's, whatever the name says.
  case notImage = "not-image"
  /// A picture of another format, or of a kind that the libraries do not decode.
  case unsupportedFormat = "unsupported-format"
  /// The file ends before the picture does.
  case truncated
  /// The bytes contradict the format or their own checksum.
  case corrupt
  /// More pixels, or a longer file, than the limit.
  case tooLarge = "too-large"
  /// A progressive JPEG with more scans than the limit.
  case tooManyScans = "too-many-scans"
  /// The system could not read it.
  case unreadable
  /// The file or folder may not be read.
  case permissionDenied = "permission-denied"
  /// A pipe, socket or device.
  case notAFile = "not-a-file"
  /// A link to nothing, or to itself.
  case brokenLink = "broken-link"
  /// A link to something outside the folder.
  case linkOutside = "link-outside"
  /// A link to a file or folder that is already there.
  case linkRepeated = "link-repeated"
}

/// A file from which no picture can be decoded.
public struct DecodingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reason, in one word.
  public let reason: SkipReason

  /// What was found, in a sentence's part such as `not an image (looks like HTML)`.
  public let detail: String

  /// Creates an error.
  public init(_ reason: SkipReason, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }

  /// What happened.
  public var description: String { "\(reason.rawValue): \(detail)" }
}
