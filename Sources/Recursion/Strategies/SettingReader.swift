import Storage

/// A place in a recipe that is written out, and what stands there.
struct SettingReader {
  /// What stands there; `null` if nothing.
  let value: JSONValue

  /// The whole recipe.
  let text: String

  /// The keys and positions that lead to it.
  let place: [String]

  /// What stands behind a key, or at a position of a list.
  func member(_ key: String) -> SettingReader {
    let found: JSONValue? =
      if let list = value.array { Int(key).map { list[$0] } } else { value[key] }
    return SettingReader(value: found ?? .null, text: text, place: place + [key])
  }

  /// An error about this place, or one below it.
  func refusal(_ key: String?, _ reason: String) -> RecursionError {
    .invalidStrategy(text: text, place: place + (key.map { [$0] } ?? []), reason: reason)
  }

  /// Refuses anything but a mapping of these keys; nothing at all is one.
  func requireKeys(_ known: [String]) throws(RecursionError) {
    if value.isNull { return }
    guard let members = value.members else {
      throw refusal(
        nil,
        "it must hold lines of the form \"key: value\", with the keys "
          + "\(known.joined(separator: ", ")).")
    }
    for member in members where !known.contains(member.key) {
      throw refusal(
        member.key,
        "there is no key \"\(member.key)\" here." + NearestName.question(member.key, among: known)
          + " The keys are \(known.joined(separator: ", ")).")
    }
  }

  /// The value of a key as it is stored; `nil` if there is none.
  func text(_ key: SettingKey) throws(RecursionError) -> String? {
    guard let value = value[key.name] else { return nil }
    let text = Self.text(value)
    guard let canonical = text.flatMap(key.canonical) else {
      throw refusal(
        key.name,
        "\(key.name) cannot be \(text.map { "\"\($0)\"" } ?? "a mapping"): it is \(key.allowed)."
          + NearestName.question(text ?? "", among: key.words))
    }
    return canonical
  }

  /// The value of a key as a schedule; `nil` if there is none.
  func schedule(_ key: SettingKey) throws(RecursionError) -> Schedule? {
    try text(key).flatMap { Schedule($0) }
  }

  /// A value as it would be written on the command line: a list of numbers is a schedule.
  private static func text(_ value: JSONValue) -> String? {
    switch value {
    case .integer, .number: return value.number?.plainText
    case .string(let text): return text
    case .array(let values):
      let texts = values.compactMap { $0.number?.plainText }
      return texts.count == values.count ? texts.joined(separator: "/") : nil
    default: return nil
    }
  }
}
