import Storage
import SystemPackage
import Testing

@Suite("genloss claims")
struct ClaimsCommandTests {
  private static let shipped = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("fixtures/studies")

  private static let small = """
    data: [../icons]
    strategies: [replace, refit]
    seeds: 2
    size: 8
    samples: 20
    components: 4
    generations: 1
    control: false

    """ + claim

  /// A claim about runs of these strategies.
  static let claim = """
    claim:
      says: It falls.
      source: nobody
      scope: Here.
      expect:
        - says: recall is less than with refits
          metric: recall
          of: {strategy: replace}
          is: below
          than: {strategy: refit}
    """

  @Test("Every claim that ships is read and listed with who says so")
  func shippedClaims() throws {
    try withIcons { genloss in
      let listed = try genloss.shell("\"$GENLOSS\" claims --json --studies '\(Self.shipped)'")
      #expect(listed.status == 0, "\(listed.messages)")
      let claims = try #require(try listed.json.array)
      #expect(claims.count == 20)
      for claim in claims {
        for key in ["name", "claim", "source", "scope"] {
          #expect(claim[key]?.string?.isEmpty == false)
        }
        let study = try #require(claim["study"]?.string)
        let plan = try genloss.shell("\"$GENLOSS\" study '\(study)' --out o --dry-run --json")
        #expect(plan.status == 0, "\(study): \(plan.messages)")
      }
      let text = try genloss.shell("\"$GENLOSS\" claims --studies '\(Self.shipped)'")
      #expect(text.output.contains("\"Collapse is not inevitable if data accumulates.\" (Gerst"))
    }
  }

  @Test("A claim is run and judged from its runs; with two seeds nothing can be said")
  func judged() throws {
    try withIcons { genloss in
      let folder = genloss.path("claims")
      try FileStore.createFolder(folder)
      try FileStore.write(Self.small, to: folder.appending("falls.yaml"))
      let line = "\"$GENLOSS\" claims falls --studies claims --out judged"
      let first = try genloss.shell(line)
      #expect(first.status == 0, "\(first.messages)")
      #expect(first.output.contains("\"It falls.\": undecided"))
      #expect(first.output.contains("too few seeds to say: recall is less than with refits"))
      #expect(first.output.contains("look at judged/comparison/metrics.png"))
      let verdict = try JSONValue(parsing: FileStore.read(genloss.path("judged/verdict.json")))
      #expect(verdict["outcome"]?.string == "undecided")
      #expect(verdict["seeds"]?.integer == 2)
      #expect(FileStore.exists(genloss.path("judged/comparison/metrics.png")))
      let again = try genloss.shell(line)
      #expect(again.output == first.output)
    }
  }

  @Test("A claim says what it takes before it starts, and a dry run lists its runs alone")
  func foretold() throws {
    try withIcons { genloss in
      try FileStore.createFolder(genloss.path("claims"))
      try FileStore.write(Self.small, to: genloss.path("claims/falls.yaml"))
      let words = ["claims", "falls", "--studies", "claims", "--out", "judged"]
      let plan = try genloss.run(words + ["--dry-run"])
      #expect(plan.status == 0, "\(plan.messages)")
      #expect(plan.output.contains("would run 4 of 4 cells in judged"), "\(plan.output)")
      #expect(plan.output.contains("\ntakes about "))
      let json = try genloss.run(words + ["--dry-run", "--json"]).json
      #expect((json["disk_bytes"]?.integer ?? 0) > 0)
      #expect(!FileStore.exists(genloss.path("judged")))
      let judged = try genloss.run(words)
      #expect(judged.messages.contains(/takes about .* on an idle machine, .* on the disk/))
      // All is done.
      #expect(try genloss.run(words).messages.contains("takes about") == false)
      let listed = try genloss("claims", "--studies", "claims", "--dry-run")
      #expect(listed.status == 64)
      #expect(listed.messages.contains("--dry-run is about one claim."))
    }
  }

  @Test(
    "What is wrong with a claim is told with its line, and a claim that is not there with its likeness",
    arguments: [
      ("metric: recall", "metric: recal", "falls.yaml:15:15: there is no metric \"recal\"."),
      ("is: below", "is: bellow", "falls.yaml:17:11: is is above or below, not \"bellow\"."),
      ("than: {", "then: {", "falls.yaml:18:7: there is no key \"then\" in expect."),
      ("strategy: replace}", "strategy: replce}", "There is no strategy \"replce\"."),
      ("  source: nobody\n", "", "source is missing."),
    ])
  func refusals(written: String, wrong: String, words: String) throws {
    try withIcons { genloss in
      let folder = genloss.path("claims")
      try FileStore.createFolder(folder)
      try FileStore.write(
        Self.small.replacing(written, with: wrong), to: folder.appending("falls.yaml"))
      let outcome = try genloss.shell("\"$GENLOSS\" claims falls --studies claims --out judged")
      #expect(outcome.status == 78, "\(outcome.messages)")
      #expect(outcome.messages.contains(words), "\(outcome.messages)")
      #expect(!FileStore.exists(genloss.path("judged")))
    }
  }

  @Test("A file that cannot be read is named, and the other claims are listed and run all the same")
  func brokenFile() throws {
    try withIcons { genloss in
      let folder = genloss.path("claims")
      try FileStore.createFolder(folder)
      try FileStore.write("data: [\n", to: folder.appending("a-broken.yaml"))
      try FileStore.write(Self.small, to: folder.appending("falls.yaml"))
      try FileStore.write(
        Self.small.replacing("source: nobody", with: "surce: me"), to: folder.appending("z.yaml"))
      let listed = try genloss("claims", "--studies", "claims")
      #expect(listed.status == 78)
      #expect(listed.output == "falls  \"It falls.\" (nobody)\n")
      #expect(listed.messages.contains("claims/a-broken.yaml:2:1: it is not YAML"))
      #expect(listed.messages.contains("claims/z.yaml:"))
      let json = try genloss("claims", "--studies", "claims", "--json")
      #expect(json.status == 78)
      #expect(try json.json.array?.count == 1)
      let judged = try genloss("claims", "falls", "--studies", "claims", "--out", "judged")
      #expect(judged.status == 0, "\(judged.messages)")
      #expect(try genloss("claims", "z", "--studies", "claims").status == 78)
    }
  }

  @Test("A claim that is not there is refused with the one that was meant")
  func unknown() throws {
    try withIcons { genloss in
      let outcome = try genloss.shell("\"$GENLOSS\" claims acumulate --studies '\(Self.shipped)'")
      #expect(outcome.status == 64)
      #expect(outcome.messages.contains("Did you mean \"accumulate\"?"))
    }
  }
}
