/// A setting of a strategy or of a filter, as it is written behind a name: `key=value`.
public struct SettingKey: Equatable, Sendable {
  /// The values that a setting may have, beside its ``SettingKey/words``.
  public enum Domain: Equatable, Sendable {
    /// A whole number in a range.
    case whole(ClosedRange<Int>)
    /// A number in a range.
    case number(ClosedRange<Double>)
    /// A schedule whose values lie in a range.
    case schedule(ClosedRange<Double>)
    /// Nothing but the words.
    case words
    /// Any text without a comma.
    case text
  }

  /// The option of the command line that a setting repeats.
  public enum Option: String, Sendable {
    /// The real share of training sets of fixed size.
    case realShare = "real-share"
    /// The factor on the sampling covariance.
    case bias
  }

  /// A key and those of its values with which another key decides anything.
  public struct Condition: Equatable, Sendable {
    let key: String
    let values: [String]
  }

  /// The name, left of the equals sign.
  public let name: String

  /// The numbers allowed.
  public let domain: Domain

  /// The words allowed.
  public let words: [String]

  /// The value unless another is given, as it is written.
  public let defaultText: String

  /// What it decides, in a few words.
  public let summary: String

  /// The option that gives the value where the setting is not written.
  public let option: Option?

  /// With which values of another key this one decides anything; `nil` for all.
  public let condition: Condition?

  init(
    _ name: String, _ domain: Domain = .words, words: [String] = [], default defaultText: String,
    option: Option? = nil, with condition: Condition? = nil, _ summary: String
  ) {
    self.name = name
    self.domain = domain
    self.words = words
    self.defaultText = defaultText
    self.option = option
    self.condition = condition
    self.summary = summary
  }

  /// The allowed values in words.
  public var allowed: String {
    let numbers: String? =
      switch domain {
      case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
      case .number(let range):
        "a number from \(range.lowerBound.plainText) to \(range.upperBound.plainText)"
      case .schedule(let range):
        "a number from \(range.lowerBound.plainText) to \(range.upperBound.plainText) or a schedule "
          + "of such, like 0.5/0.6/0.7, 0/0.5@4 or 0.5..0.9@5"
      case .words: nil
      case .text: "any text without a comma"
      }
    let choices = (numbers.map { [$0] } ?? []) + words
    guard let last = choices.last, choices.count > 1 else { return choices.first ?? "" }
    return choices.dropLast().joined(separator: ", ") + " or " + last
  }

  /// A value in the one way in which it is stored; `nil` if it is not allowed.
  func canonical(_ text: String) -> String? {
    if words.contains(text) { return text }
    switch domain {
    case .whole(let range):
      return PlainNumber.read(text).flatMap(Int.init(exactly:)).flatMap {
        range.contains($0) ? "\($0)" : nil
      }
    case .number(let range):
      return PlainNumber.read(text).flatMap { range.contains($0) ? $0.plainText : nil }
    case .schedule(let range):
      guard let schedule = Schedule(text),
        schedule.points.allSatisfy({ range.contains($0.value) })
      else { return nil }
      return schedule.description
    case .words: return nil
    case .text: return text.contains(",") ? nil : text
    }
  }
}

/// The settings of a strategy or a filter, all of them and each in its range.
public struct Settings: Equatable, Sendable {
  /// Keys with their values as they are written, in the order of the keys.
  public let values: [(key: String, value: String)]

  /// The whole number of a key.
  func whole(_ key: String) -> Int { Int(number(key)) }

  /// The number of a key.
  func number(_ key: String) -> Double {
    guard let value = numberOrNil(key) else { preconditionFailure("\(key) is not a number") }
    return value
  }

  /// The number of a key; `nil` if it is a word.
  func numberOrNil(_ key: String) -> Double? { PlainNumber.read(text(key)) }

  /// The schedule of a key.
  func schedule(_ key: String) -> Schedule {
    guard let schedule = Schedule(text(key)) else { preconditionFailure("\(key) is no schedule") }
    return schedule
  }

  /// The value of a key as it is written.
  func text(_ key: String) -> String {
    guard let value = values.first(where: { $0.key == key })?.value else {
      preconditionFailure("there is no key \(key)")
    }
    return value
  }

  /// Whether both hold the same values.
  public static func == (left: Settings, right: Settings) -> Bool {
    left.values.elementsEqual(right.values) { $0 == $1 }
  }
}
