/// A filter as it is written in a recipe: `NAME:key=value,…`.
struct FilterEntry {
  /// The name.
  let name: String

  /// Its settings.
  let keys: [SettingKey]

  /// The filter of settings, which are all there and in their ranges.
  let filter: @Sendable (Settings) -> SampleFilter

  /// All filters.
  static let all = [
    FilterEntry(
      name: "remove",
      keys: [SettingKey("rate", .number(0...1), default: "0.5", "probability of removal")]
    ) { .remove(rate: $0.number("rate")) },
    FilterEntry(name: "curate", keys: Curation.keys) { .curate(Curation($0)) },
    FilterEntry(
      name: "correct",
      keys: [
        SettingKey("strength", .number(0...1000), default: "1", "gamma"),
        SettingKey("clusters", .whole(1...10_000), default: "16", "clusters of real samples"),
      ]
    ) { .correct(strength: $0.number("strength"), clusters: $0.whole("clusters")) },
  ]

  /// A filter as it is written.
  static func text(_ filter: SampleFilter) -> String {
    switch filter {
    case .remove(let rate): "remove:rate=\(rate.plainText)"
    case .curate(let curation): "curate:\(curation.text)"
    case .correct(let strength, let clusters):
      "correct:strength=\(strength.plainText),clusters=\(clusters)"
    }
  }
}
