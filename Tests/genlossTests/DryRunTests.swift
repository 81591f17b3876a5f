import Foundation
import Storage
import SystemPackage
import Testing

@Suite("genloss run --dry-run")
struct DryRunTests {
  private static let small = "run icons --samples 20 --components 4 --no-control -q -o out"

  @Test("It says whether the run is new, would continue, and where, or is complete")
  func prospects() throws {
    try withIcons { genloss in
      func heading(_ generations: Int, _ more: String = "") throws -> String {
        let outcome = try genloss.shell(
          "\"$GENLOSS\" \(Self.small) --generations \(generations) --dry-run \(more)")
        #expect(outcome.status == 0, "\(outcome.messages)")
        return outcome.output.split(separator: "\n").first.map(String.init) ?? ""
      }
      #expect(try heading(1) == "would run in out:")
      #expect(!FileStore.exists(genloss.path("out")))
      #expect(try genloss.shell("\"$GENLOSS\" \(Self.small) --generations 1").status == 0)
      let before = try contents(of: genloss.path("out"))
      #expect(try heading(1) == "is complete in out; nothing would be computed anew:")
      #expect(try heading(4) == "would continue at generation 2 in out:")
      #expect(try heading(1, "--force") == "would run in out:")
      try FileStore.remove(genloss.path("out/COMPLETE"))
      #expect(
        try heading(1) == "would finish the run in out, whose generations are all there:")
      let after = try contents(of: genloss.path("out"))
      #expect(after.filter { $0.key != "COMPLETE" } == before.filter { $0.key != "COMPLETE" })
    }
  }

  @Test("It warns of a strategy that would begin after the last generation, as the run does")
  func neverBegins() throws {
    try withIcons { genloss in
      let line = "\"$GENLOSS\" \(Self.small) --strategy bottleneck:at=2,size=0.5 --generations 1"
      let words =
        "bottleneck:at=2,size=0.5 begins at generation 2, and this run ends at generation 1."
      let plan = try genloss.shell("\(line) --dry-run")
      #expect(plan.output.contains("warning: " + words))
      let object = try genloss.shell("\(line) --dry-run --json").json
      #expect(object["warning"]?.string?.hasPrefix(words) == true)
      let run = try genloss.shell(line.replacing(" -q", with: ""))
      #expect(run.messages.contains(words))
    }
  }

  @Test("It estimates time, memory and disk, and less time for what is left of a run")
  func estimates() throws {
    try withIcons { genloss in
      func estimate(_ generations: Int) throws -> JSONValue {
        let outcome = try genloss.shell(
          "\"$GENLOSS\" \(Self.small) --generations \(generations) --dry-run --json")
        #expect(outcome.messages.isEmpty)
        return try outcome.json
      }
      let fresh = try estimate(100)
      #expect(try genloss.shell("\"$GENLOSS\" \(Self.small) --generations 3").status == 0)
      let rest = try estimate(100)
      #expect(rest["existing_generations"]?.integer == 4)
      let words = try genloss.shell("\"$GENLOSS\" \(Self.small) --generations 100 --dry-run")
      #expect(words.output.contains(/takes about [0-9]+ (s|min) on an idle machine, .* of memory/))
      for key in ["processor_seconds", "memory_bytes", "disk_bytes", "seconds"] {
        let value = try #require(fresh[key]?.number)
        #expect(value > 0, "\(key)")
      }
      #expect(fresh["disk_bytes"] == rest["disk_bytes"])
    }
  }

  @Test("It counts what is left of the control of a run that was stopped there")
  func control() throws {
    try withIcons { genloss in
      let line = "run icons --samples 20 --components 4 --generations 3 -o out"
      func plan() throws -> JSONValue {
        try genloss.shell("\"$GENLOSS\" \(line) --dry-run --json").json
      }
      #expect(try genloss.shell("\"$GENLOSS\" \(line) -q").status == 0)
      #expect(try plan()["existing_control_generations"]?.integer == 4)
      // As a process leaves it that was killed in its control's generation 2.
      try FileStore.remove(genloss.path("out/COMPLETE"))
      try FileStore.remove(genloss.path("out/control/COMPLETE"))
      for generation in ["002", "003"] {
        try FileStore.remove(genloss.path("out/control/generations/\(generation)"))
      }
      let left = try plan()
      #expect(left["existing_generations"]?.integer == 4)
      #expect(left["existing_control_generations"]?.integer == 2)
      let words = try genloss.shell("\"$GENLOSS\" \(line) --dry-run")
      #expect(
        words.output.hasPrefix(
          "would finish the run in out: its generations are all there, and 2 of the control's 4:"))
      // Files of the control are looked at, too.
      try FileStore.write("changed", to: genloss.path("out/control/generations/001/samples.npy"))
      let damaged = try genloss.shell("\"$GENLOSS\" \(line) --dry-run")
      #expect(damaged.status == 65)
      #expect(damaged.messages.contains("out/control/generations/001/samples.npy"))
    }
  }

  @Test(
    "The disk that it foretells is what the run takes, within a factor of two",
    arguments: [
      "run icons --samples 30 --generations 4", "run icons --generations 3 --size 40 --no-control",
      "run gaussian:d=5 --samples 200 --generations 5", "run icons --generations 2 --generator gmm",
      "run icons --generations 2 --generator bootstrap --carry float",
    ])
  func disk(line: String) throws {
    try withIcons { genloss in
      let foretold = try genloss.shell("\"$GENLOSS\" \(line) -o out --dry-run --json").json
      #expect(try genloss.shell("\"$GENLOSS\" \(line) -o out -q").status == 0)
      let taken = try contents(of: genloss.path("out")).values.map(\.count).reduce(0, +)
      let bytes = try #require(foretold["disk_bytes"]?.integer)
      let ratio = Double(bytes) / Double(taken)
      #expect((0.5...2).contains(ratio), "\(bytes) foretold, \(taken) taken")
    }
  }
}
