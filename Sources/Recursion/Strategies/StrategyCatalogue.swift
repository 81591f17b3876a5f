import Storage

/// The strategies by name.
public enum StrategyCatalogue {
  /// All strategies, in the order in which they are listed.
  public static let entries: [StrategyEntry] =
    single + accumulating + mixed + contaminated + resized + biased + selected + populations

  /// Returns the strategy that a text describes: `NAME`, `NAME:key=value,…`, or a recipe written out as
  /// a JSON object.
  ///
  /// - Parameters:
  ///   - text: The strategy as it is written.
  ///   - realShare: The real share given beside it, which a setting of the same meaning repeats.
  ///   - bias: The factor on the sampling covariance given beside it.
  /// - Throws: ``RecursionError/unknownStrategy(name:suggestion:)``,
  ///   ``RecursionError/invalidStrategy(text:place:reason:)``,
  ///   ``RecursionError/contradiction(_:_:)``.
  public static func strategy(
    named text: String, realShare: Double? = nil, bias: Double? = nil
  ) throws(RecursionError) -> Strategy {
    if text.first == "{" {
      let strategy = try CustomStrategy.strategy(text, bias: bias)
      try requireUse(of: realShare, by: strategy.name, keys: [])
      return strategy
    }
    let written = try WrittenName(text)
    guard let entry = entries.first(where: { $0.name == written.name }) else {
      throw .unknownStrategy(
        name: written.name,
        suggestion: NearestName.all(written.name, among: entries.map(\.name)).first)
    }
    var options: [SettingKey.Option: Double] = [:]
    options[.realShare] = realShare
    options[.bias] = bias
    let settings = try written.settings(entry.keys, options: options)
    if let reason = entry.contradiction(settings) {
      throw .invalidStrategy(text: text, place: [], reason: reason)
    }
    try requireUse(of: realShare, by: entry.name, keys: entry.keys)
    return entry.strategy(settings)
  }

  /// The real share of strategies that take one from its option, where it is not given.
  static let usualRealShare = 0.5

  /// Refuses a real share of which a strategy takes no notice.
  private static func requireUse(
    of realShare: Double?, by name: String, keys: [SettingKey]
  ) throws(RecursionError) {
    guard let realShare, realShare != usualRealShare,
      !keys.contains(where: { $0.option == .realShare })
    else { return }
    let own = keys.contains { $0.name == "share" }
    throw .invalidSetting(
      name: SettingKey.Option.realShare.rawValue, value: realShare.plainText,
      reason: "it would change nothing of \(name). "
        + (own ? "Write \(name):share=\(realShare.plainText) instead." : "Leave it out."))
  }

  /// The name of a strategy as it may stand in the name of a folder.
  public static func folderName(of text: String) -> String {
    guard text.first != "{" else {
      return folderName(of: (try? CustomStrategy.name(in: text)) ?? "custom")
    }
    return String(
      text.unicodeScalars.map { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || "0123456789._-=,".unicodeScalars.contains(scalar))
          ? Character(scalar) : "-"
      })
  }
}
