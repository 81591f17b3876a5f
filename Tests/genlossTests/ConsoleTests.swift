import Foundation
import Storage
import SystemPackage
import Testing

@testable import genloss

@Suite("What goes to the terminal")
struct ConsoleTests {
  @Test("Styles come when asked for, never into JSON, and not by themselves into a file")
  func styles() throws {
    try withTool { genloss in
      let styled = try genloss("list", "strategies", "--color", "always").output
      #expect(styled.hasPrefix("\u{1B}[1mreplace\u{1B}[0m"))
      let plain = try genloss("list", "strategies").output
      #expect(!plain.contains("\u{1B}"))
      #expect(styled.replacing(/\u{1B}\[[0-9]*m/, with: "") == plain)
      #expect(try genloss("list", "strategies", "--color=never").output == plain)
      let json = try genloss("list", "strategies", "--color", "always", "--json")
      #expect(!json.output.contains("\u{1B}"))
      #expect(json.messages.isEmpty)
    }
  }

  @Test("Every command keeps its JSON pure: one object on standard output, and no word more")
  func json() throws {
    try withTool { genloss in
      for line in [
        "sprites icons --count 40 --size 16", "inspect icons", "inspect gaussian:d=2",
        "list metrics", "run icons --samples 20 --generations 1 --components 4 --dry-run",
        "run icons --samples 20 --generations 1 --components 4 --quiet",
      ] {
        let outcome = try genloss.shell("\"$GENLOSS\" \(line) --json")
        #expect(outcome.status == 0, "\(line): \(outcome.messages)")
        #expect(try outcome.json["schema_version"]?.integer == 1, "\(line)")
        if line.contains("quiet") { #expect(outcome.messages.isEmpty) }
      }
    }
  }

  @Test("A stream that is closed, full or left early is an answer, not a crash")
  func streams() throws {
    try withTool { genloss in
      for (line, status) in [
        ("list metrics | head -1", 0), ("list metrics >&-", 74), ("list metrics > /dev/full", 74),
        ("list metrics 2>&- > /dev/null", 0), ("rnu 2>&-", 64), ("rnu > /dev/full", 64),
        ("--help > /dev/full", 74), ("list metrics <&-", 0),
      ] {
        let outcome = try genloss.shell("\"$GENLOSS\" \(line)")
        #expect(outcome.status == Int32(status), "\(line): \(outcome.messages)")
      }
      let full = try genloss.shell("\"$GENLOSS\" list metrics > /dev/full")
      #expect(
        full.messages.hasPrefix(
          "genloss: the results could not be written to standard output: "))
    }
  }

  @Test("Without a terminal a long command writes few lines: the first, then at most one in 10 s")
  func sparse() throws {
    try withIcons { genloss in
      let line = "run icons --samples 20 --components 4 --generations 8 --no-control"
      let sparse = try genloss.shell("\"$GENLOSS\" \(line) -o a")
      let all = try genloss.shell("\"$GENLOSS\" \(line) -o b --verbose")
      #expect(all.messages.split(separator: "\n").count >= 11)
      #expect(sparse.messages.split(separator: "\n").count < 9)
      #expect(!sparse.messages.contains("\u{1B}") && !sparse.messages.contains("\r"))
    }
  }

  @Test("One entry of a list can be shown alone")
  func oneEntry() throws {
    try withTool { genloss in
      let all = try genloss("list", "metrics").output.split(separator: "\n")
      let one = try genloss("list", "metrics", "recall").output
      #expect(one.split(separator: "\n").count == 1 && one.hasPrefix("recall  "))
      #expect(all.count > 20)
    }
  }
}
