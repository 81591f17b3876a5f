/// A value that an option of a run has in some cells of a study.
public struct StudyValue: Equatable, Sendable {
  /// The value as it was written: what it is called, compared and listed by.
  public let text: String

  /// The word of a command line that sets it; `nil` where the option is left at its default.
  public let argument: String?

  /// Creates a value.
  public init(_ text: String, argument: String?) {
    self.text = text
    self.argument = argument
  }
}

/// An option of a run with the values that it takes in a study.
public struct StudyAxis: Equatable, Sendable {
  /// The name of the option; `data` for the data.
  public let key: String

  /// The values, at least one, none twice.
  public let values: [StudyValue]

  /// Creates an axis.
  public init(_ key: String, _ values: [StudyValue]) {
    self.key = key
    self.values = values
  }
}

/// What cells have in common: for some options the values that each may have.
public struct StudyPattern: Equatable, Sendable {
  /// The values by the name of the option.
  public let values: [String: [String]]

  /// Creates a pattern.
  public init(_ values: [String: [String]]) {
    self.values = values
  }

  /// Whether a cell has one of the values of every option that is named.
  public func matches(_ cell: StudyCell) -> Bool {
    values.allSatisfy { key, texts in cell.text(of: key).map(texts.contains) ?? false }
  }
}
