import Recursion

/// One run of a study, by the options that the study sets.
public struct StudyCell: Equatable, Sendable {
  /// An option and its value.
  public struct Setting: Equatable, Sendable {
    /// The name of the option; `data` for the data.
    public let key: String

    /// The value.
    public let value: StudyValue

    /// Creates a setting.
    public init(key: String, value: StudyValue) {
      self.key = key
      self.value = value
    }
  }

  /// The data's key.
  public static let dataKey = "data"

  /// The strategy's key.
  public static let strategyKey = "strategy"

  /// The seed's key.
  public static let seedKey = "seed"

  /// The options that are set, each once.
  public let settings: [Setting]

  /// The options, beside data, strategy and seed, by which a cell is called: those that are not the same
  /// in all.
  private let told: Set<String>

  /// Creates a cell; it is called by the options `told`, where not by all.
  public init(_ settings: [Setting], told: Set<String>? = nil) {
    self.settings = settings
    self.told = told ?? Set(settings.map(\.key))
  }

  /// The same cell with one more option, which follows from the others and by which it is not called.
  public func adding(_ key: String, _ value: StudyValue) -> StudyCell {
    StudyCell(settings + [Setting(key: key, value: value)], told: told)
  }

  /// The value of an option as it was written; `nil` if the study does not set it.
  public func text(of key: String) -> String? {
    settings.first { $0.key == key }?.value.text
  }

  /// The words after `genloss run`: the data first.
  public var arguments: [String] {
    let data = settings.filter { $0.key == Self.dataKey }
    let others = settings.filter { $0.key != Self.dataKey }
    return (data + others).compactMap(\.value.argument)
  }

  /// The cell in words: data, strategy, what tells it apart beside them, and the seed.
  public var title: String {
    ordered.map { setting in
      switch setting.key {
      case Self.dataKey: setting.value.text
      case Self.strategyKey: Self.shortName(ofStrategy: setting.value.text)
      default: "\(setting.key) \(setting.value.text)"
      }
    }.joined(separator: ", ")
  }

  /// What the name of the cell's folder begins with: fit for every system's file names.
  public var readableKey: String {
    let parts = ordered.map { setting in
      switch setting.key {
      case Self.dataKey: Self.fileName(Self.lastComponent(setting.value.text))
      case Self.strategyKey: StrategyCatalogue.folderName(of: setting.value.text)
      case Self.seedKey: "s\(Self.fileName(setting.value.text))"
      default: "\(setting.key)=\(Self.fileName(setting.value.text))"
      }
    }
    return String(parts.joined(separator: "-").prefix(Self.longestKey))
  }

  /// Long enough to tell cells apart at a glance; the rest of a name is the hash.
  private static let longestKey = 120

  /// What the cell is called by: data and strategy first, the seed last.
  private var ordered: [Setting] {
    let always: Set<String> = [Self.dataKey, Self.strategyKey, Self.seedKey]
    let named = settings.filter { always.contains($0.key) || told.contains($0.key) }
    func rank(_ key: String) -> Int {
      switch key {
      case Self.dataKey: 0
      case Self.strategyKey: 1
      case Self.seedKey: 3
      default: 2
      }
    }
    return named.enumerated()
      .sorted { (rank($0.element.key), $0.offset) < (rank($1.element.key), $1.offset) }
      .map(\.element)
  }

  /// A strategy by its name where it is written out as an object.
  private static func shortName(ofStrategy text: String) -> String {
    text.first == "{" ? StrategyCatalogue.folderName(of: text) : text
  }

  private static func lastComponent(_ text: String) -> String {
    let parts = text.split(separator: "/").map(String.init)
    return parts.last { $0 != "." && $0 != ".." } ?? text
  }

  /// The text with `-` for whatever does not belong into a file's name.
  static func fileName(_ text: String) -> String {
    let kept = text.unicodeScalars.map { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789._-=,".unicodeScalars.contains(scalar))
        ? Character(scalar) : "-"
    }
    let name = String(kept.drop { $0 == "." || $0 == "-" })
    return name.isEmpty ? "x" : name
  }
}
