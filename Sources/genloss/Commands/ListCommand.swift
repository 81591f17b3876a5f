import ArgumentParser
import GenerationLoss
import Recursion
import Storage

/// What there is to choose from.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List strategies, generators, metrics or features, each in a line.",
    usage: "genloss list SUBJECT [NAME] [options]",
    discussion: """
      Examples:
        genloss list strategies
        genloss list metrics recall
        genloss list generators --json
      """)

  /// The lists there are.
  enum Subject: String, ExpressibleByArgument, CaseIterable {
    case strategies
    case generators
    case metrics
    case features
  }

  @Argument(help: "strategies, generators, metrics or features.")
  var subject: Subject

  @Argument(help: "One of the list, to show it alone.")
  var name: String?

  @OptionGroup(title: "Output") var global: GlobalOptions

  func validate() throws {
    let names = subject.entries.map(\.name)
    if let name, !names.contains(name) {
      throw ValidationError(
        "\(subject.rawValue) has no \(UsageError.shown(name))."
          + (subject == .metrics
            ? NearestName.metricQuestion(name, among: names)
            : NearestName.question(name, among: names)))
    }
  }

  func run() throws {
    global.apply()
    let entries = subject.entries.filter { name == nil || $0.name == name }
    if global.json {
      let list = entries.map { entry in
        JSONValue.object([
          .init("name", .string(entry.name)), .init("summary", .string(entry.summary)),
          .init("source", .string(entry.source)),
          .init("keys", .array(entry.keys.map(Self.json))),
        ])
      }
      let object = JSONValue.object([
        .init("schema_version", .integer(1)), .init(subject.rawValue, .array(list)),
      ])
      try Console.out(object.text)
      return
    }
    let styled = StyledStream.output
    let width = entries.map(\.name.count).max() ?? 0
    for entry in entries {
      let padding = String(repeating: " ", count: width - entry.name.count)
      let source = entry.source.isEmpty ? "" : styled(.dim, "  [\(entry.source)]")
      try Console.out("\(styled(.bold, entry.name))\(padding)  \(entry.summary)\(source)\n")
      for key in entry.keys {
        let indent = String(repeating: " ", count: width + 4)
        try Console.out(
          "\(indent)\(styled(.bold, "\(key.name)=\(key.defaultText)"))  \(key.summary)"
            + styled(.dim, "  (\(key.allowed))") + "\n")
      }
    }
  }

  private static func json(_ key: SettingKey) -> JSONValue {
    .object([
      .init("name", .string(key.name)), .init("default", .string(key.defaultText)),
      .init("allowed", .string(key.allowed)), .init("summary", .string(key.summary)),
      .init("option", key.option.map { .string($0.rawValue) } ?? .null),
    ])
  }
}

extension ListCommand.Subject {
  /// The entries of the list.
  var entries: [Catalogue.Entry] {
    switch self {
    case .strategies: Catalogue.strategies
    case .generators: Catalogue.generators
    case .metrics: Catalogue.metrics
    case .features: Catalogue.features
    }
  }
}
