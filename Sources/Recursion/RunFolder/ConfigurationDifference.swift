public import Storage

/// An option that a run folder holds with another value than is asked for.
public struct ConfigurationDifference: Equatable, Sendable, CustomStringConvertible {
  /// The name of the option.
  public let key: String

  /// The value in the folder; `nil` if the option is not there.
  public let stored: JSONValue?

  /// The value asked for; `nil` if the option is not asked for.
  public let requested: JSONValue?

  /// Creates a difference.
  public init(key: String, stored: JSONValue?, requested: JSONValue?) {
    self.key = key
    self.stored = stored
    self.requested = requested
  }

  /// The option and both values.
  public var description: String {
    func text(_ value: JSONValue?) -> String {
      value.map { String(decoding: $0.bytes(), as: UTF8.self) } ?? "nothing"
    }
    return "\(key) is \(text(stored)) there and \(text(requested)) here"
  }

  /// Returns the options that differ, in the order asked for, then in the order stored.
  ///
  /// Values are compared as they are written, since that is all that a folder remembers.
  static func all(
    stored: [JSONValue.Member], requested: [JSONValue.Member], except ignored: Set<String>
  ) -> [ConfigurationDifference] {
    let known = Set(requested.map { Array($0.key.utf8) })
    let keys = requested.map(\.key) + stored.map(\.key).filter { !known.contains(Array($0.utf8)) }
    return keys.filter { !ignored.contains($0) }.compactMap { key in
      let old = JSONValue.object(stored)[key]
      let new = JSONValue.object(requested)[key]
      guard old?.bytes() != new?.bytes() else { return nil }
      return ConfigurationDifference(key: key, stored: old, requested: new)
    }
  }
}
