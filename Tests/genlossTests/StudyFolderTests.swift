import Storage
import SystemPackage
import Testing

@Suite("Folders of studies, claims and thresholds")
struct StudyFolderTests {
  private static let study = """
    data: ["gaussian:d=2"]
    strategies: [replace, refit]
    seeds: 2
    generator: gaussian
    samples: 20
    generations: 1
    control: false

    """

  private static let threshold = [
    "threshold", "gaussian:d=2", "--generator", "gaussian", "--samples", "20", "--generations", "1",
    "--strategy", "fresh-data", "--seeds", "1", "--keep", "fd=1000", "-q",
  ]

  /// Does something where two claims, of the same runs but for their number, can be judged.
  private func withClaims(_ body: (CommandLineTool) throws -> Void) throws {
    try withTool { genloss in
      try FileStore.createFolder(genloss.path("c"))
      let text = Self.study + ClaimsCommandTests.claim
      try FileStore.write(text, to: genloss.path("c/falls.yaml"))
      try FileStore.write(
        text.replacing("samples: 20", with: "samples: 30"), to: genloss.path("c/other.yaml"))
      try body(genloss)
    }
  }

  /// Expects a command to leave a folder alone since it holds what is named.
  private func expectRefusal(
    of words: [String], in folder: String, holding held: String, _ genloss: CommandLineTool
  ) throws {
    let before = try contents(of: genloss.path(folder))
    for more in [[], ["--dry-run"]] {
      let outcome = try genloss.run(words + ["--out", folder] + more)
      #expect(outcome.status == 73, "\(words): \(outcome.messages)")
      #expect(
        outcome.messages.contains(
          "/\(folder) holds the runs of \(held), and others would be mixed with them. Choose "
            + "another folder with --out."), "\(words): \(outcome.messages)")
    }
    #expect(try contents(of: genloss.path(folder)) == before)
  }

  @Test("A threshold goes into no folder of other data, another axis, a study or a claim")
  func thresholds() throws {
    try withClaims { genloss in
      #expect(try genloss.run(Self.threshold + ["--out", "t"]).status == 0)
      let held = "thresholds of gaussian:d=2 over real-share"
      try expectRefusal(
        of: Self.threshold.map { $0 == "gaussian:d=2" ? "gaussian:d=3" : $0 }, in: "t",
        holding: held, genloss)
      try expectRefusal(
        of: [
          "threshold", "gaussian:d=2", "--generator", "gaussian", "--over", "samples", "--keep",
          "fd=1000", "--generations", "1",
        ], in: "t", holding: held, genloss)
      // Another bound, and another strategy, are asked of the same data.
      let more = try genloss.run(Self.threshold + ["--out", "t", "--keep", "fd=900"])
      #expect(more.status == 0, "\(more.messages)")
      // A folder of before questions were written goes on, too.
      let list = try JSONValue(parsing: FileStore.read(genloss.path("t/study.json")))
      let old = try #require(list.members).filter { $0.key != "question" }
      try FileStore.write(
        JSONValue.object(old).bytes(.pretty), to: genloss.path("t/study.json"))
      #expect(try genloss.run(Self.threshold + ["--out", "t"]).status == 0)
      #expect(try JSONValue(parsing: FileStore.read(genloss.path("t/study.json"))) == list)

      #expect(try genloss("study", "c/falls.yaml", "--out", "s", "-q").status == 0)
      try expectRefusal(of: Self.threshold, in: "s", holding: "a study", genloss)
      let judged = try genloss("claims", "falls", "--studies", "c", "--out", "j", "-q")
      #expect(judged.status == 0, "\(judged.messages)")
      try expectRefusal(of: Self.threshold, in: "j", holding: "the claim falls", genloss)

      try expectRefusal(of: ["study", "c/falls.yaml"], in: "t", holding: held, genloss)
      try expectRefusal(
        of: ["claims", "falls", "--studies", "c"], in: "t", holding: held, genloss)
    }
  }

  @Test("A claim goes into no folder of another claim or study, and goes on with its own")
  func claims() throws {
    try withClaims { genloss in
      let falls = ["claims", "falls", "--studies", "c"]
      #expect(try genloss.run(falls + ["--out", "j", "-q"]).status == 0)
      let other = ["claims", "other", "--studies", "c"]
      try expectRefusal(of: other, in: "j", holding: "the claim falls", genloss)
      #expect(try genloss("study", "c/falls.yaml", "--out", "s", "-q").status == 0)
      try expectRefusal(of: other, in: "s", holding: "a study", genloss)
      // The runs of its own file, whoever began them.
      let cells = try contents(of: genloss.path("s/cells"))
      #expect(try genloss.run(falls + ["--out", "s", "-q"]).status == 0)
      #expect(try contents(of: genloss.path("s/cells")) == cells)
      #expect(try genloss("study", "c/falls.yaml", "--out", "j", "-q").status == 0)
      #expect(try genloss.run(falls + ["--out", "j", "-q"]).status == 0)
      // A claim that was written anew is still itself.
      let text = Self.study + ClaimsCommandTests.claim
      try FileStore.write(
        text.replacing("samples: 20", with: "samples: 25"), to: genloss.path("c/falls.yaml"))
      #expect(try genloss.run(falls + ["--out", "j", "-q"]).status == 0)
    }
  }

  @Test("Data that are named in another way are the same")
  func paths() throws {
    try withIcons { genloss in
      for data in ["icons", "./icons/", genloss.path("icons").string] {
        let outcome = try genloss(
          "threshold", data, "--keep", "recall=0", "--generations", "1", "--seeds", "1",
          "--components", "4", "--samples", "16", "--resolution", "0.5", "--out", "t", "-q")
        #expect(outcome.status == 0, "\(data): \(outcome.messages)")
      }
    }
  }
}
