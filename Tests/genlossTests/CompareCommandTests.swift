import Storage
import SystemPackage
import Testing

@Suite("genloss compare")
struct CompareCommandTests {
  private static let study = """
    data: ["gaussian:d=2", "gaussian:d=3"]
    strategies: [replace, accumulate, "fresh-data:share=0.5"]
    seeds: 2
    generator: gaussian
    samples: 30
    generations: 4

    """

  @Test(
    "A study is ranked in words and for programs, with pictures, and its runs are left as they are")
  func study() throws {
    try withTool { genloss in
      try FileStore.write(Self.study, to: genloss.path("s.yaml"))
      #expect(try genloss("study", "s.yaml", "--out", "out", "-q").status == 0)
      let before = try contents(of: genloss.path("out/cells"))
      let words = try genloss("compare", "out")
      #expect(words.status == 0, "\(words.messages)")
      #expect(words.output.contains("gaussian:d=2, generation 4, ranked by frechet_distance"))
      #expect(words.output.contains("too few seeds to say"))
      #expect(words.output.contains("note: gaussian:d=2: fresh-data saw 3.00 times"))
      #expect(words.output.contains("all data sets: places by frechet_distance"))
      #expect(words.output.contains("look at out/comparison/metrics.png"))
      let json = try genloss("compare", "out", "--json").json
      #expect(
        json
          == (try JSONValue(parsing: FileStore.read(genloss.path("out/comparison/comparison.json"))))
      )
      #expect(json["data_sets"]?.array?.count == 2)
      let files = try contents(of: genloss.path("out/comparison"))
      for name in [
        "metrics.png", "metrics.svg", "ranking.png", "ranking.svg", "precision_recall-1.png",
        "precision_recall-2.svg", "comparison.csv", "differences.csv", "comparison.md",
        "comparison.tex",
      ] {
        #expect(files[name]?.isEmpty == false, "\(name)")
      }
      #expect(files["contact_sheet-1.png"] == nil)
      #expect(files["survival-1.png"] == nil && files["survival.csv"] == nil)
      #expect(try contents(of: genloss.path("out/cells")) == before)
      let csv = try genloss("compare", "out", "--csv", "--metric", "fd", "--equal", "n")
      #expect(try CSV.rows(of: Array(csv.output.utf8)).count == 7)
      #expect(try genloss("compare", "out", "--markdown").output.hasPrefix("**gaussian:d=2"))
      #expect(try genloss("compare", "out", "--latex").output.contains("\\begin{tabular}"))
    }
  }

  @Test(
    "Runs of pictures get a contact sheet and curves of their classes; what is no run, or no metric, is refused"
  )
  func runs() throws {
    try withIcons { genloss in
      for strategy in ["replace", "accumulate"] {
        let run = try genloss(
          "run", "icons", "--samples", "20", "--components", "4", "--generations", "1",
          "--no-control", "--strategy", strategy, "--out", strategy, "-q")
        #expect(run.status == 0, "\(run.messages)")
      }
      let both = try genloss("compare", "replace", "accumulate", "--out", "both")
      #expect(both.status == 0, "\(both.messages)")
      for name in ["contact_sheet.png", "survival.png", "survival.svg", "survival.csv"] {
        #expect(FileStore.exists(genloss.path("both").appending(name)), "\(name)")
      }
      #expect(both.output.contains("both/survival.png"))
      // What an earlier comparison of other runs drew does not stay beside this one's tables.
      for name in ["phase.png", "survival-2.svg", "phases.png", "notes.png"] {
        try FileStore.write("of before", to: genloss.path("both").appending(name))
      }
      try genloss("compare", "replace", "accumulate", "--out", "both")
      let left = Set(try FileStore.names(in: genloss.path("both")).map(\.string))
      #expect(left.isDisjoint(with: ["phase.png", "survival-2.svg"]))
      #expect(left.isSuperset(of: ["phases.png", "notes.png", "survival.png"]))
      // What is somebody else's is neither replaced nor removed.
      try FileStore.createFolder(genloss.path("mine"))
      try FileStore.write("my own", to: genloss.path("mine/metrics.png"))
      try FileStore.createFolder(genloss.path("named"))
      try FileStore.write("{\"a\": 1}", to: genloss.path("named/comparison.json"))
      for folder in ["mine", "named", ".", "replace"] {
        let refused = try genloss("compare", "replace", "accumulate", "--out", folder)
        #expect(refused.status == 73, "\(folder)")
        #expect(refused.messages.contains("holds no comparison"), "\(folder)")
      }
      #expect(try contents(of: genloss.path("mine")) == ["metrics.png": Array("my own".utf8)])
      #expect(try genloss("compare", "nowhere").status == 66)
      #expect(try genloss("compare", "icons").status == 65)
      let metric = try genloss("compare", "replace", "--metric", "recal")
      #expect(metric.status == 64)
      #expect(metric.messages.contains("Did you mean \"recall\"?"))
      #expect(try genloss("compare", "replace", "replace").status == 64)
    }
  }
}
