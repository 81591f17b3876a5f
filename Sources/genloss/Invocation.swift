import ArgumentParser
import Generators
import Recursion

/// One use of the command: its words read, its options put in place, and the command run.
struct Invocation {
  private let words: [String]
  private let commands: [any ParsableCommand.Type]

  /// Creates a use of the command.
  ///
  /// - Parameter words: The command line after the name of the program.
  init(_ words: [String], commands: [any ParsableCommand.Type]) {
    self.words = words
    self.commands = commands
  }

  /// Performs it; whatever goes wrong is told in a sentence.
  ///
  /// - Returns: How the command ends.
  func perform() -> ExitStatus {
    var file: ConfigurationFile?
    do {
      let parsed: any ParsableCommand
      do {
        if words.first == "help", let name = words.dropFirst().first,
          !commands.contains(where: { $0._commandName == name })
        {
          throw try UsageError(words, commands: commands, reason: "")
        }
        if let error = try UsageError.mistakenForHelp(words, commands: commands) { throw error }
        file = try configurationFile()
        parsed = try Genloss.parseAsRoot(arguments(with: file))
      } catch  where Genloss.exitCode(for: error) == .validationFailure {
        throw try UsageError(words, commands: commands, reason: Genloss.message(for: error))
      }
      var command = parsed
      try command.run()
      return .done
    } catch {
      return end(by: error, file)
    }
  }

  private func configurationFile() throws -> ConfigurationFile? {
    guard let name = words.first,
      let command = commands.first(where: { $0._commandName == name })
    else { return nil }
    return try ConfigurationFile(named: words.dropFirst(), for: command)
  }

  private func arguments(with file: ConfigurationFile?) -> [String] {
    guard let file, let name = words.first else { return words }
    return [name] + file.arguments(before: Array(words.dropFirst()))
  }

  private func end(by error: any Error, _ file: ConfigurationFile?) -> ExitStatus {
    // Help and versions come as errors, too.
    if Genloss.exitCode(for: error) == .success {
      do {
        try Console.out(Genloss.fullMessage(for: error) + "\n")
        return .done
      } catch {
        return error
      }
    }
    let status = ExitStatus(for: error)
    if error is ExitStatus { return status }
    if let name = Self.setting(in: error),
      let failure = file?.failure(of: name, error, words: words)
    {
      Console.error("\(failure)")
      return .configuration
    }
    Console.error("\(error)")
    return status
  }

  /// The setting that an error is about, as its option is called; `nil` if it is about none.
  private static func setting(in error: any Error) -> String? {
    switch error {
    case RecursionError.invalidSetting(let name, _, _): name
    case RecursionError.unknownStrategy, RecursionError.invalidStrategy: "strategy"
    case GeneratorError.invalidSetting(let name, _, _),
      GeneratorError.unusedSetting(let name, _, _):
      name
    case GeneratorError.unknownGenerator: "generator"
    default: nil
    }
  }
}
