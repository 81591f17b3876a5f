import ArgumentParser
import Foundation
import Storage
import SystemPackage
import Testing

@testable import genloss

@Suite("Examples in help")
struct ExampleTests {
  private static let fixtures: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return root.appendingPathComponent("fixtures").path
  }()

  /// The lines of a help text that are commands.
  private static func examples(_ help: String) -> [String] {
    help.split(separator: "\n").filter { $0.hasPrefix("  genloss ") }
      .map { String($0.drop { $0 == " " }) }
  }

  @Test(
    "The first example of every command runs as printed",
    arguments: [
      "", "run", "study", "compare", "measure", "calibrate", "features", "inspect", "sprites",
      "list",
      "validate",
    ])
  func first(command: String) throws {
    try withTool { genloss in
      try FileManager.default.createSymbolicLink(
        atPath: genloss.path("fixtures").string, withDestinationPath: Self.fixtures)
      if command == "compare" {
        // What it compares are the runs of the study's example.
        let study = try genloss("study", "fixtures/studies/small.yaml", "-q")
        #expect(study.status == 0, "\(study.messages)")
      }
      let help = try genloss.run((command.isEmpty ? [] : [command]) + ["--help"])
      #expect(help.status == 0)
      let example = try #require(Self.examples(help.output).first)
      #expect(example.hasPrefix("genloss \(command)"))
      let outcome = try genloss.shell("PATH=\"${GENLOSS%/*}:$PATH\"\n\(example)")
      #expect(outcome.status == 0, "\(example): \(outcome.messages)")
      #expect(!outcome.output.isEmpty)
    }
  }

  @Test("All examples are understood, those of the bare command too")
  func understood() throws {
    try withTool { genloss in
      var examples = Self.examples(try genloss().output)
      #expect(examples.count == 3)
      for command in [
        "run", "study", "compare", "diagnose", "measure", "calibrate", "features", "inspect",
        "sprites", "list", "benchmark", "validate",
      ] {
        examples += Self.examples(try genloss(command, "--help").output)
      }
      for example in examples where !example.contains("--config") {
        let words = example.split(separator: " ").dropFirst().map(String.init)
        #expect(throws: Never.self, "\(example)") { try Genloss.parseAsRoot(words) }
      }
    }
  }

  @Test("Help begins with what a command does and examples, and groups the options")
  func layout() throws {
    try withTool { genloss in
      let help = try genloss("run", "--help").output
      let order = [
        "OVERVIEW:", "Examples:", "USAGE:", "ARGUMENTS:", "LOOP:", "GENERATOR:", "PICTURES:",
        "DIVISION OF THE DATA:", "RUN FOLDER:", "OUTPUT:", "OPTIONS:",
      ]
      let places = order.map { help.firstRange(of: $0)?.lowerBound }
      #expect(places.allSatisfy { $0 != nil }, "\(help)")
      #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
    }
  }
}
