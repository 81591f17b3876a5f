import Storage
import SystemPackage
import Testing

@Suite("genloss benchmark")
struct BenchmarkCommandTests {
  @Test("The card's runs are fixed, and strategies and generators can be entered")
  func plan() throws {
    try withTool { genloss in
      try FileStore.write(
        """
        strategy:
          name: old-and-new
          parts:
            - pools: [original]
              size: 0.25
            - pools: ["generations:last=2"]
              size: rest
              choice: random
        """, to: genloss.path("mine.yaml"))
      let plan = try genloss("benchmark", "--dry-run", "--json", "--out", "card")
      #expect(plan.status == 0, "\(plan.messages)")
      let cells = try #require(try plan.json["cells"]?.array)
      #expect(cells.count == 50)
      // A plan writes nothing, whether the card's pictures are there or not, and finds the same runs.
      #expect(try FileStore.names(in: genloss.folder).map(\.string) == ["mine.yaml"])
      let drawn = try genloss(
        "sprites", "card/data", "--count", "4000", "--size", "32", "--seed", "1", "-q")
      #expect(drawn.status == 0, "\(drawn.messages)")
      let files = try contents(of: genloss.path("card"))
      let later = try genloss("benchmark", "--dry-run", "--json", "--out", "card")
      #expect(
        try later.json["cells"]?.array?.map { $0["name"] } == cells.map { $0["name"] })
      let entered = try genloss(
        "benchmark", "--dry-run", "--json", "--out", "card", "--strategy",
        "curated:keep=0.7", "--strategy", "mine.yaml", "--generator", "gmm")
      #expect(entered.status == 0, "\(entered.messages)")
      #expect(try entered.json["cells"]?.array?.count == 120)
      // A strategy that the card holds is not entered twice.
      let again = try genloss(
        "benchmark", "--dry-run", "--json", "--out", "card", "--strategy", "replace")
      #expect(try again.json["cells"]?.array?.count == 50)
      #expect(try contents(of: genloss.path("card")) == files)
    }
  }

  @Test("A strategy that is not there is refused before anything is drawn")
  func refusals() throws {
    try withTool { genloss in
      let typo = try genloss("benchmark", "--strategy", "acumulate")
      #expect(typo.status == 64)
      #expect(typo.messages.contains("accumulate"))
      try FileStore.write("generations: 3\n", to: genloss.path("mine.yaml"))
      let keyless = try genloss("benchmark", "--strategy", "mine.yaml")
      #expect(keyless.status != 0)
      #expect(keyless.messages.contains("it has no key strategy"))
      for more in [[], ["--dry-run"]] {
        let generator = try genloss.run(["benchmark", "--generator", "nosuch"] + more)
        #expect(generator.status == 64)
        #expect(
          generator.messages.hasPrefix(
            "genloss: --generator nosuch cannot be used: there is no such generator."),
          "\(generator.messages)")
      }
      #expect(!FileStore.exists(genloss.path("benchmark")))
    }
  }
}
