import Storage

/// A named strategy: what it is, its settings, and the recipe that they make.
public struct StrategyEntry: Sendable {
  /// The name on the command line, as in the papers.
  public let name: String

  /// What a generation is trained on, in one sentence.
  public let summary: String

  /// The paper that studies it.
  public let source: String

  /// Its settings in the order in which they are listed.
  public let keys: [SettingKey]

  /// The recipe of settings, which are all there and in their ranges.
  let recipe: @Sendable (Settings) -> Recipe

  /// Why settings that are each in their range cannot stand together; `nil` if they can.
  let contradiction: @Sendable (Settings) -> String?

  init(
    _ name: String, _ summary: String, source: String, keys: [SettingKey] = [],
    contradiction: @escaping @Sendable (Settings) -> String? = { _ in nil },
    recipe: @escaping @Sendable (Settings) -> Recipe
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.keys = keys
    self.recipe = recipe
    self.contradiction = contradiction
  }

  /// The strategy with all settings known.
  func strategy(_ settings: Settings) -> Strategy {
    func text(_ values: [(key: String, value: String)]) -> String {
      values.isEmpty
        ? name : "\(name):" + values.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }
    let differing = zip(keys, settings.values).filter { key, setting in
      setting.value != key.canonical(key.defaultText)
    }
    let share = keys.first { $0.option == .realShare }.map { settings.number($0.name) }
    return Strategy(
      name: name, label: text(differing.map(\.1)), json: .string(text(settings.values)),
      recipe: recipe(settings), realShare: share,
      turningPoint: keys.contains { $0.name == SettingKey.turningPoint }
        ? settings.whole(SettingKey.turningPoint) : nil)
  }
}
