/// A name with settings as people write it: `NAME` or `NAME:key=value,…`.
struct WrittenName: Equatable {
  /// What stands before the colon.
  let name: String

  /// The settings in their order.
  let pairs: [(key: String, value: String)]

  /// The text.
  let text: String

  /// Where all settings are explained, as the last sentence of a refusal.
  private static let seeList = " `genloss list strategies` explains them."

  /// Takes a text apart.
  ///
  /// - Throws: ``RecursionError/invalidStrategy(text:place:reason:)`` for a setting without an equals
  ///   sign, or one that stands twice.
  init(_ text: String) throws(RecursionError) {
    self.text = text
    let sides = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    name = sides.first.map(String.init) ?? ""
    var pairs: [(key: String, value: String)] = []
    let settings =
      sides.count == 2 ? sides[1].split(separator: ",", omittingEmptySubsequences: false) : []
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw .invalidStrategy(
          text: text, place: [],
          reason: "\"\(setting)\" is not of the form key=value, as in window:generations=5.")
      }
      let key = String(parts[0])
      guard !pairs.contains(where: { $0.key == key }) else {
        throw .invalidStrategy(
          text: text, place: [], reason: "the key \(key) stands twice. Keep one of them.")
      }
      pairs.append((key: key, value: String(parts[1])))
    }
    self.pairs = pairs
  }

  /// The settings, each checked, and the defaults of the others.
  ///
  /// - Parameter options: What options of the command line were given, in whose place a key stands.
  /// - Throws: ``RecursionError/invalidStrategy(text:place:reason:)`` or
  ///   ``RecursionError/contradiction(_:_:)``.
  func settings(
    _ keys: [SettingKey], options: [SettingKey.Option: Double] = [:]
  ) throws(RecursionError) -> Settings {
    let names = keys.map(\.name)
    for pair in pairs where !names.contains(pair.key) {
      let list =
        names.isEmpty ? "It has none: leave it out." : "It has \(names.joined(separator: ", "))."
      throw .invalidStrategy(
        text: text, place: [],
        reason: "\(name) has no key \"\(pair.key)\"."
          + NearestName.question(pair.key, among: names) + " \(list)" + Self.seeList)
    }
    var values: [(key: String, value: String)] = []
    for key in keys {
      let written = pairs.first { $0.key == key.name }?.value
      guard let value = key.canonical(written ?? key.defaultText) else {
        throw .invalidStrategy(
          text: text, place: [],
          reason: "\(key.name) cannot be \"\(written ?? "")\": it is \(key.allowed)."
            + NearestName.question(written ?? "", among: key.words) + Self.seeList)
      }
      guard let option = key.option, let given = options[option] else {
        values.append((key: key.name, value: value))
        continue
      }
      guard written == nil || value == given.plainText else {
        throw .contradiction("\(name):\(key.name)=\(value)", "--\(option) \(given.plainText)")
      }
      guard let inRange = key.canonical(given.plainText) else {
        throw .invalidSetting(
          name: option.rawValue, value: given.plainText,
          reason: "\(name) takes it for \(key.name), which is \(key.allowed).")
      }
      values.append((key: key.name, value: inRange))
    }
    let settings = Settings(values: values)
    try requireUse(of: settings, keys)
    return settings
  }

  /// Refuses a setting that decides nothing beside the others; its default is none.
  private func requireUse(of settings: Settings, _ keys: [SettingKey]) throws(RecursionError) {
    for key in keys {
      guard let condition = key.condition,
        !condition.values.contains(settings.text(condition.key)),
        settings.text(key.name) != key.canonical(key.defaultText)
      else { continue }
      throw .invalidStrategy(
        text: text, place: [],
        reason:
          "\(key.name) decides nothing with \(condition.key)=\(settings.text(condition.key)). "
          + "Use \(condition.key)=\(condition.values.joined(separator: " or ")), or leave it out."
          + Self.seeList)
    }
  }

  /// Whether both are written alike.
  static func == (left: WrittenName, right: WrittenName) -> Bool { left.text == right.text }
}

extension SettingKey.Option: CustomStringConvertible {
  /// The name of the option.
  public var description: String { rawValue }
}
