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

  @OptionGroup var common: CommonOptions

  func run() throws {
    try ExitStatus.reporting {
      let entries = Catalogue.entries(of: subject)
      if common.json {
        try Console.out(Catalogue.json(subject, entries).text(pretty: true) + "\n")
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
