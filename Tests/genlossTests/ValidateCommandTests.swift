import Storage
import Testing

@Suite("genloss validate")
struct ValidateCommandTests {
  private let fast = ["validate", "--quick", "--only", "D5,H7"]

  @Test("The table has a row for each prediction, and the exit code is 0 where all agree")
  func table() throws {
    try withTool { genloss in
      let outcome = try genloss.run(fast)
      #expect(outcome.status == 0, "\(outcome.messages)")
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.first?.hasPrefix("id ") == true)
      #expect(lines.contains { $0.hasPrefix("D5 ") && $0.contains("agrees") })
      #expect(lines.contains { $0.hasPrefix("H7 ") && $0.contains("residual") })
      #expect(lines.last?.hasPrefix("2 checks, 2 rows: all agree with theory") == true)
    }
  }

  @Test("The same as JSON, whatever the threads")
  func json() throws {
    try withTool { genloss in
      let one = try genloss.run(fast + ["--json", "--threads", "1"])
      let json = try one.json
      #expect(json["schema_version"]?.integer == 1)
      #expect(json["agrees"]?.bool == true)
      let checks = try #require(json["checks"]?.array)
      #expect(checks.compactMap { $0["id"]?.string } == ["D5", "H7"])
      let row = try #require(checks.first?["rows"]?.array?.first)
      #expect(row["kind"]?.string == "exact")
      #expect(row["prediction"]?.number == 1)
      #expect(try #require(row["z"]?.number).magnitude < 4)
      #expect(try #require(row["standard_error"]?.number) > 0)
      #expect(try genloss.run(fast + ["--json", "--threads", "2"]).output == one.output)
    }
  }

  @Test("Quietly it prints what disagrees, which is nothing")
  func quiet() throws {
    try withTool { genloss in
      let outcome = try genloss.run(fast + ["--quiet"])
      #expect(outcome.status == 0)
      #expect(outcome.output.isEmpty && outcome.messages.isEmpty)
    }
  }

  @Test("A check that there is not is a usage error that names the nearest")
  func unknown() throws {
    try withTool { genloss in
      let outcome = try genloss("validate", "--only", "A1,C22")
      #expect(outcome.status == 64)
      #expect(outcome.messages.contains("or \"C2\"?"), "\(outcome.messages)")
    }
  }
}
