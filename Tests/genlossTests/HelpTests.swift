import Storage
import Testing

@Suite("genloss: help and lists")
struct HelpTests {
  @Test("Alone it prints at most 25 lines with three examples and every command")
  func bare() throws {
    try withTool { genloss in
      let bare = try genloss()
      #expect(bare.status == 0)
      #expect(bare.messages.isEmpty)
      let lines = bare.output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= 26)
      #expect(lines.count { $0.hasPrefix("  genloss ") } == 3)
      for command in [
        "run", "study", "compare", "diagnose", "measure", "run", "study", "compare", "threshold",
        "sprites", "list",
        "validate",
      ] {
        #expect(lines.contains { $0.hasPrefix("  \(command) ") })
      }
    }
  }

  @Test("Help of every command comes with exit code 0 and an example before the options")
  func help() throws {
    try withTool { genloss in
      for outcome in try [
        genloss("--help"), genloss("run", "--help"), genloss("inspect", "--help"),
        genloss("sprites", "--help"), genloss("list", "--help"), genloss("help", "run"),
        genloss("diagnose", "--help"), genloss("validate", "--help"), genloss("measure", "--help"),
        genloss("calibrate", "--help"),
        genloss("features", "--help"), genloss("study", "--help"),
        genloss("compare", "--help"), genloss("threshold", "--help"),
      ] {
        #expect(outcome.status == 0)
        let words = outcome.output
        let example = try #require(words.firstRange(of: "Example"), "\(words.prefix(80))")
        let options = try #require(words.firstRange(of: "OPTIONS:"))
        #expect(example.lowerBound < options.lowerBound)
      }
    }
  }

  @Test("The version is that of the program and of every library that is linked")
  func version() throws {
    try withTool { genloss in
      let version = try genloss("--version")
      #expect(version.status == 0)
      let lines = version.output.split(separator: "\n").map { $0.split(separator: " ") }
      #expect(
        lines.map(\.first) == ["genloss", "Swift", "OpenBLAS", "libpng", "libjpeg-turbo", "Cairo"])
      for line in lines { #expect(line[1].first?.isNumber == true, "\(line)") }
    }
  }

  @Test(
    "Each list is there in words and as JSON",
    arguments: ["strategies", "generators", "metrics", "features"])
  func list(subject: String) throws {
    try withTool { genloss in
      let words = try genloss("list", subject)
      let json = try genloss("list", subject, "--json").json
      #expect(json["schema_version"]?.integer == 1)
      let names = try #require(json[subject]?.array).compactMap { $0["name"]?.string }
      #expect(!names.isEmpty)
      for name in names {
        #expect(words.output.split(separator: "\n").contains { $0.hasPrefix(name) }, "\(name)")
      }
    }
  }

  @Test("A slip in a command, an option or a list is a usage error, and says what was meant")
  func slips() throws {
    try withTool { genloss in
      for (outcome, words) in try [
        (genloss("runn", "x"), "runn"), (genloss("run", "x", "--generatr", "gmm"), "--generator"),
        (genloss("list", "strategy"), "strategies"), (genloss("run"), "needs DATA"),
        (genloss("run", "x", "--generations", "many"), "generations"),
        (genloss("run", "x", "--seed", "-1"), "seed"),
        (genloss("run", "x", "--carry", "jpeg:101"), "carry"),
        (genloss("run", "x", "--threads", "0"), "--threads must lie between"),
        (genloss("run", "x", "--size", "4"), "--size must lie between"),
        (genloss("sprites", "x", "--count", "0"), "--count must lie between"),
        (genloss("validate", "--only", "A1,a2"), "Did you mean"),
        (genloss("sprites", "x", "--zipf", "nan"), "invalid for '--zipf <zipf>'"),
      ] {
        #expect(outcome.status == 64)
        #expect(outcome.messages.contains(words), "\(outcome.messages)")
        #expect(outcome.output.isEmpty)
      }
    }
  }
}
