import Storage
import SystemPackage
import Testing

@Suite("genloss diagnose")
struct DiagnoseCommandTests {
  private func run(_ genloss: CommandLineTool, seed: Int, _ more: [String] = []) throws {
    let outcome = try genloss.run(
      [
        "run", "gaussian:d=2", "--generator", "gaussian", "--samples", "30", "--generations", "9",
        "--seed", "\(seed)", "--out", "run\(seed)", "--quiet",
      ] + more)
    try #require(outcome.status == 0, "\(outcome.messages)")
  }

  @Test("Eight verdicts are printed, and the same stand in diagnosis.json beside a picture")
  func verdicts() throws {
    try withTool { genloss in
      try run(genloss, seed: 1)
      let before = try contents(of: genloss.path("run1"))
      let words = try genloss("diagnose", "run1")
      #expect(words.status == 0, "\(words.messages)")
      for number in 1...8 {
        #expect(words.output.split(separator: "\n").contains { $0.hasPrefix("\(number). ") })
      }
      #expect(words.output.contains("4. change in scaling law: undecided: it takes runs of 3"))
      #expect(words.output.contains("Too few seeds to say"))
      #expect(words.output.contains("False alarms on the control:"))
      #expect(words.output.contains("\nwarning\n"))
      let json = try genloss("diagnose", "run1", "--json").json
      let stored = try JSONValue(
        parsing: try FileStore.read(genloss.path("run1/diagnosis.json")))
      #expect(json == stored)
      #expect(json["schema_version"]?.integer == 1)
      let after = try contents(of: genloss.path("run1"))
      #expect(after["diagnosis.png"]?.starts(with: [0x89, 0x50]) == true)
      #expect(after["diagnosis.svg"] != nil)
      // The run itself is as it was, and is found whole again.
      for (name, bytes) in before { #expect(after[name] == bytes, "\(name)") }
      try run(genloss, seed: 1)
    }
  }

  @Test(
    "Several seeds are judged together, into a folder of choice, and other settings are refused")
  func several() throws {
    try withTool { genloss in
      for seed in 1...2 { try run(genloss, seed: seed, ["--no-control"]) }
      let both = try genloss("diagnose", "run1", "run2", "--out", "both", "--json")
      #expect(both.status == 0, "\(both.messages)")
      #expect(try both.json["groups"]?.array?.first?["runs"]?.array?.count == 2)
      #expect(FileStore.exists(genloss.path("both/diagnosis.png")))
      #expect(!FileStore.exists(genloss.path("run1/diagnosis.json")))
      try run(genloss, seed: 3, ["--strategy", "accumulate"])
      let mixed = try genloss("diagnose", "run1", "run3")
      #expect(mixed.status == 64)
      #expect(mixed.messages.contains("strategy is \"replace\" in the one and \"accumulate\""))
      let twice = try genloss("diagnose", "run1", "run1")
      #expect(twice.status == 64)
    }
  }

  @Test("What is no run is refused by name; a damaged one too, or judged by what is whole")
  func refused() throws {
    try withTool { genloss in
      #expect(try genloss("diagnose", "nowhere").status == 66)
      try FileStore.createFolder(genloss.path("empty"))
      let empty = try genloss("diagnose", "empty")
      #expect(empty.status == 65)
      #expect(empty.messages.contains("empty holds no run"))
      try run(genloss, seed: 1, ["--no-control"])
      let metrics = genloss.path("run1/generations/005/metrics.json")
      try FileStore.write("{", to: metrics)
      let partial = try genloss("diagnose", "run1")
      #expect(partial.status == 0)
      #expect(partial.output.contains("note: Only generations 0 to 4 are read:"))
      try FileStore.write("{", to: genloss.path("run1/run.json"))
      let damaged = try genloss("diagnose", "run1")
      #expect(damaged.status == 65)
      #expect(damaged.messages.contains("run.json is damaged"))
    }
  }

  @Test("A run ends with a warning, and with --brake stop before its last generation")
  func brake() throws {
    try withTool { genloss in
      let outcome = try genloss(
        "run", "gaussian:d=2", "--generator", "gaussian", "--samples", "20", "--generations", "60",
        "--brake", "stop", "--out", "braked", "--no-control", "--quiet")
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(outcome.output.contains("the brake stopped the run after generation"))
      #expect(outcome.output.contains("warning: variance: fell to 0.5"))
      let complete = String(
        decoding: try FileStore.read(genloss.path("braked/COMPLETE")), as: UTF8.self)
      #expect(complete.contains("# the brake stopped the run after generation"))
      let refused = try genloss(
        "run", "gaussian:d=2", "--strategy", "accumulate", "--brake", "real", "--out", "other")
      #expect(refused.status == 64)
      #expect(refused.messages.contains("--brake real raises the share of real samples"))
    }
  }
}
