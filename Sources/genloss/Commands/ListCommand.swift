import ArgumentParser
import GenerationLoss
import Storage

/// What there is to choose from.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List strategies, generators, metrics or features, each in a line.",
    usage: "genloss list strategies",
    discussion: "Example: genloss list strategies")

  /// The lists there are.
  enum Subject: String, ExpressibleByArgument, CaseIterable {
    case strategies
    case generators
    case metrics
    case features
  }

  @Argument(help: "strategies, generators, metrics or features.")
  var subject: Subject

  @OptionGroup var global: GlobalOptions

  func run() throws {
    try ExitStatus.reporting {
      let entries = subject.entries
      if global.json {
        let list = entries.map { entry in
          JSONValue.object([
            .init("name", .string(entry.name)), .init("summary", .string(entry.summary)),
            .init("source", .string(entry.source)),
          ])
        }
        let object = JSONValue.object([
          .init("schema_version", .integer(1)), .init(subject.rawValue, .array(list)),
        ])
        try Console.out(object.text)
        return
      }
      let width = entries.map(\.name.count).max() ?? 0
      for entry in entries {
        let padding = String(repeating: " ", count: width - entry.name.count)
        let source = entry.source.isEmpty ? "" : "  [\(entry.source)]"
        try Console.out("\(entry.name)\(padding)  \(entry.summary)\(source)\n")
      }
    }
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
