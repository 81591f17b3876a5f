import Storage
import Testing

@Suite("genloss run --config run.json")
struct RoundTripTests {
  private static let lines = [
    "run icons --samples 20 --generations 1 --components 4",
    "run icons --samples 20 --generations 2 --strategy accumulate --no-control --carry jpeg:80",
    "run icons --samples 12 --generations 2 --strategy fresh-data --reuse-real --real-share 0.25",
    "run icons --samples 20 --generations 1 --generator gmm --components 2 --dimensions 5 --seed 7",
    "run icons --samples 20 --generations 1 --bias 0.8 --start warm --space linear --size 24 --channels gray",
    "run icons --limit 36 --generations 1 --holdout 0.3 --feature-share 0 --generator bootstrap",
    "run icons --generations 1 --holdout 0.91 --feature-share 0 --generator bootstrap",
    "run gaussian:d=3 --samples 30 --generations 3 --generator gaussian --estimator unbiased",
    "run gaussian:d=2 --samples 30 --generations 3 --strategy ramp:synthetic=0.5/0.7/1",
    "run gaussian:d=2 --samples 30 --generations 3 --strategy bias:temperature=0.8 --bias 0.7",
    "run gaussian:d=2 --samples 30 --generations 2 --config custom.yaml",
    "run icons --samples 30 --generations 2 --conditional --label-noise 0.2 --components 4",
    "run icons --samples 30 --generations 2 --strategy curated:by=real-likelihood --components 4",
    "run gaussian:d=2 --samples 30 --generations 2 --generator kde",
    "run gaussian:d=2 --samples 30 --generations 1 --generator kde --bandwidth 0.2",
    "run icons --samples 20 --generations 1 --metrics recall,ndb --features colour,patches --components 4",
    "run gaussian:d=3,seed=9 --samples 40 --generations 2 --strategy real-only --steps 5",
  ]

  /// A strategy that is written out.
  private static let custom = """
    strategy:
      name: old-and-new
      parts:
        - pools: [original:first=20]
          size: 0.25
          choice: random
        - pools: ["generations:last=2"]
          size: rest
          choice: replacement
      sampling:
        bias: 0.9
    """

  @Test("The configuration of a run, fed back, gives the identical run", arguments: lines)
  func identical(line: String) throws {
    try withIcons { genloss in
      try FileStore.write(Self.custom, to: genloss.path("custom.yaml"))
      let first = try genloss.shell("\"$GENLOSS\" \(line) -q -o first")
      try #require(first.status == 0, "\(first.messages)")
      let again = try genloss("run", "--config", "first/run.json", "--out", "again", "-q")
      #expect(again.status == 0, "\(again.messages)")
      #expect(again.output.replacing("again/", with: "first/") == first.output)
      let (before, after) = try (
        contents(of: genloss.path("first")), contents(of: genloss.path("again"))
      )
      #expect(after["metrics.csv"] == before["metrics.csv"])
      // run.json tells the command, and with it the name of the folder.
      let told: Set<String> = [
        "run.json", "index.json", "COMPLETE", "control/run.json", "control/index.json",
        "control/COMPLETE",
      ]
      #expect(after.filter { !told.contains($0.key) } == before.filter { !told.contains($0.key) })
      let configurations = try ["first", "again"].map { folder in
        try JSONValue(parsing: try FileStore.read(genloss.path("\(folder)/run.json")))[
          "configuration"]
      }
      #expect(configurations[0] == configurations[1])
    }
  }

  @Test("A file of options serves a command whose argument is one of a few words")
  func listOptions() throws {
    try withTool { genloss in
      try FileStore.write("json: true\n", to: genloss.path("options.yaml"))
      let listed = try genloss("list", "strategies", "--config", "options.yaml")
      #expect(listed.status == 0, "\(listed.messages)")
      let strategies = try JSONValue(parsing: Array(listed.output.utf8))["strategies"]
      #expect(strategies?.array?.isEmpty == false)
    }
  }

  @Test("Other data under the same name are refused")
  func otherData() throws {
    try withIcons { genloss in
      let line = Self.lines[0]
      #expect(try genloss.shell("\"$GENLOSS\" \(line) -q -o first").status == 0)
      let other = try genloss(
        "sprites", "icons", "--count", "40", "--size", "16", "--seed", "2", "--force")
      #expect(other.status == 0)
      let again = try genloss("run", "--config", "first/run.json", "--out", "again")
      #expect(again.status == 65)
      #expect(again.messages.contains("The data or the options that read them have changed"))
      #expect(!FileStore.exists(genloss.path("again")))
    }
  }

  @Test("A flag on the command line wins over the file, whichever way it points")
  func flagsWin() throws {
    try withIcons { genloss in
      try FileStore.write(
        "data: icons\nsamples: 20\ncontrol: false\nseed: 3\n", to: genloss.path("o.yaml"))
      let configuration = try genloss(
        "run", "--config=o.yaml", "--control", "--seed=4", "--dry-run", "--json"
      ).json["configuration"]
      #expect(configuration?["control"]?.bool == true)
      #expect(configuration?["seed"]?.string == "4")
      #expect(configuration?["samples"]?.integer == 20)
      let words = try genloss("run", "--config=o.yaml", "--samples", "5000")
      #expect(words.status == 64)
      #expect(words.messages.contains("genloss: --samples 5000 cannot be used"))
    }
  }
}
