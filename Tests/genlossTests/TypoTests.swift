import ArgumentParser
import GenerationLoss
import Recursion
import Storage
import SystemPackage
import Testing

@testable import genloss

/// Slips of one letter, always the same ones.
private enum Slip: CaseIterable {
  case deletion, substitution, transposition, insertion

  /// The word with a slip at each place where it makes another word.
  func words(from word: String) -> [String] {
    let letters = Array(word)
    return letters.indices.compactMap { place in
      var slipped = letters
      switch self {
      case .deletion: slipped.remove(at: place)
      case .substitution: slipped[place] = letters[place] == "e" ? "o" : "e"
      case .transposition:
        guard place + 1 < letters.count else { return nil }
        slipped.swapAt(place, place + 1)
      case .insertion: slipped.insert("r", at: place)
      }
      let typed = String(slipped)
      return typed == word ? nil : typed
    }
  }

  /// Every slip in each of the names that is not itself a name.
  static func all(in names: [String]) -> [(typed: String, meant: String)] {
    names.flatMap { name in
      allCases.flatMap { $0.words(from: name) }.map { (typed: $0, meant: name) }
    }.filter { !names.contains($0.typed) }
  }
}

@Suite("Slips of one letter")
struct TypoTests {
  private static let commands: [any ParsableCommand.Type] = [
    RunCommand.self, StudyCommand.self, CompareCommand.self, DiagnoseCommand.self,
    MeasureCommand.self, ThresholdCommand.self, InspectCommand.self, SpritesCommand.self,
    ListCommand.self,
  ]

  @Test("Every option of every command is found again behind any slip")
  func options() throws {
    for command in Self.commands {
      let name = command._commandName
      let options = try KnownOption.all(of: command).filter { $0.kind != .positional }
      let names = options.flatMap(\.names).map { "--\($0)" }
      let data = command == ListCommand.self ? "metrics" : "DATA"
      #expect(names.count > 5)
      for (typed, meant) in Slip.all(in: names) where typed.hasPrefix("-") {
        let words = [name, data, typed, "1"]
        #expect(
          try (try? Genloss.parseAsRoot(words)) == nil
            || UsageError.mistakenForHelp(words, commands: Self.commands) != nil, "\(typed)")
        let error = try UsageError(words, commands: Self.commands, reason: "")
        #expect(
          error.description.contains("Did you mean") && error.description.contains("\"\(meant)\""),
          "\(typed): \(error)")
      }
    }
  }

  @Test("Every command is found again behind any slip")
  func commands() throws {
    for (typed, meant) in Slip.all(in: Self.commands.map { $0._commandName }) {
      let error = try UsageError([typed, "DATA"], commands: Self.commands, reason: "")
      #expect(error.description.contains("\"\(meant)\""), "\(typed): \(error)")
    }
  }

  @Test("Every value of a list of values is found again behind any slip")
  func values() throws {
    for command in Self.commands {
      for option in try KnownOption.all(of: command) where option.kind == .option {
        for (typed, meant) in Slip.all(in: option.values.filter { $0.count > 2 }) {
          let data = command == ListCommand.self ? "metrics" : "DATA"
          let words = [command._commandName, data, "--\(option.names[0])", typed]
          let error = try UsageError(words, commands: Self.commands, reason: "")
          #expect(error.description.contains("\"\(meant)\""), "\(typed): \(error)")
        }
      }
    }
  }

  @Test("Every strategy and generator is found again behind any slip")
  func strategiesAndGenerators() throws {
    for (typed, meant) in Slip.all(in: Catalogue.strategies.map(\.name)) {
      let error = #expect(throws: RecursionError.self) {
        try StrategyCatalogue.strategy(named: typed)
      }
      #expect("\(try #require(error))".contains("Did you mean \"\(meant)\"?"), "\(typed)")
    }
    let slips = Slip.all(in: Catalogue.generators.map(\.name))
    // Behind the colon stands a command, in which nothing is a slip.
    for (typed, meant) in slips where !typed.hasPrefix("exec:") {
      var configuration = RunConfiguration()
      configuration.generator = typed
      let error = #expect(throws: RecursionError.self) { try configuration.validate() }
      #expect("\(try #require(error))".contains("Did you mean \"\(meant)\"?"), "\(typed)")
    }
  }

  @Test(
    "Every entry of every list is found again behind any slip",
    arguments: ["strategies", "generators", "metrics", "features"])
  func entries(subject: String) throws {
    let list = try #require(ListCommand.Subject(rawValue: subject))
    for (typed, meant) in Slip.all(in: list.entries.map(\.name)) {
      let words = ["list", subject, typed]
      let reason: String
      do {
        _ = try Genloss.parseAsRoot(words)
        Issue.record("\(typed) was taken")
        continue
      } catch {
        reason = Genloss.message(for: error)
      }
      let error = try UsageError(words, commands: Self.commands, reason: reason)
      #expect(error.description.contains("\"\(meant)\""), "\(typed): \(error)")
    }
  }

  @Test("Every key of a configuration file is found again behind any slip, with its line")
  func keys() throws {
    for command in Self.commands {
      let keys = try KnownOption.all(of: command).flatMap(\.names).filter {
        !["config", "help", "version"].contains($0)
      }
      try withTool { tool in
        let file = tool.path("options.yaml")
        for (typed, meant) in Slip.all(in: keys) {
          try FileStore.write("\(typed): 1\n", to: file)
          let error = #expect(throws: ConfigurationFile.Failure.self, "\(typed)") {
            _ = try ConfigurationFile(named: ["--config", file.string], for: command)
          }
          let words = "\(try #require(error))"
          #expect(words.contains("options.yaml:1:1: "), "\(words)")
          #expect(words.contains("\"\(meant)\""), "\(typed): \(words)")
        }
      }
    }
  }

  @Test("Every key of a law is found again behind any slip")
  func lawKeys() throws {
    for (law, keys) in [
      ("gaussian", ["d", "seed"]), ("sprites", ["size", "zipf", "rare", "seed"]),
    ] {
      for (typed, meant) in Slip.all(in: keys.filter { $0.count > 1 }) {
        let error = #expect(throws: RecursionError.self, "\(typed)") {
          try DataSource.open("\(law):\(typed)=4", pictures: PictureFolder.Options(), seed: 1)
        }
        #expect("\(try #require(error))".contains("\"\(meant)\""), "\(typed)")
      }
    }
  }

  @Test("Names that are equally near are all told; nothing is told where nothing is near")
  func ties() {
    #expect(
      NearestName.question("ca", among: ["cat", "car", "dog"])
        == " Did you mean \"cat\" or \"car\"?")
    #expect(NearestName.question("elephant", among: ["cat", "car", "dog"]) == "")
    #expect(
      NearestName.all("frechet", among: ["recall", "frechet_distance"]) == ["frechet_distance"])
  }
}
