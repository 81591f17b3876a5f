import ArgumentParser
import GenerationLoss

/// The root of the command line.
@main
struct Genloss: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "genloss",
    abstract: "A wind tunnel for model collapse: train, resample, retrain, measure, look.",
    usage: "genloss COMMAND [options]",
    discussion: Self.examples,
    version: "genloss \(Release.version)",
    subcommands: commands)

  private static let commands: [any ParsableCommand.Type] = [
    RunCommand.self, InspectCommand.self, SpritesCommand.self, ListCommand.self,
  ]

  /// Puts the options of a configuration file in place and runs the command.
  static func main() {
    Console.prepare()
    let arguments = Array(CommandLine.arguments.dropFirst())
    let expanded: [String]
    do {
      expanded = try ConfigurationFile.expanding(arguments, commands: commands)
    } catch {
      Console.message("genloss: \(error)")
      Genloss.exit(withError: ExitCode(ExitStatus(for: error).rawValue))
    }
    do {
      var command = try parseAsRoot(expanded)
      try command.run()
    } catch {
      let status = exitCode(for: error)
      // Help and versions are results.
      if status.isSuccess { exit(withError: error) }
      // What the parser says repeats what was typed, which must not reach a terminal as it is.
      let text = fullMessage(for: error)
      if !text.isEmpty { Console.message(text) }
      exit(withError: status)
    }
  }

  static let examples = """
    Examples:
      genloss sprites icons --count 300 --size 32     draw a small data set
      genloss run icons --strategy replace            ten generations on their own output
      genloss run icons --strategy fresh-data --reuse-real
    """

  func run() throws {
    try Console.out(
      """
      genloss \(Release.version): what happens to image generators trained on their own output.

      \(Self.examples)

      Commands:
        run DATA        one self-consuming loop: measurements and pictures in a run folder
        inspect DATA    what a folder holds, and what would be skipped and why
        sprites OUT     draw a data set of icons with known attributes
        list WHAT       strategies, generators, metrics or features, each in a line

      `genloss COMMAND --help` tells the rest.

      """)
  }
}
