import Storage
import SystemPackage
import Testing

@Suite("Notes of genloss claims")
struct ClaimsNotesTests {
  private static let uneven = """
    data: [../icons]
    strategies: [replace, refit]
    seeds: 2
    exclude:
      - {strategy: refit, seed: 2}
    size: 8
    samples: 20
    components: 4
    generations: 1
    control: false
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

  @Test("What must be known of the runs is told beside the verdict, as are pairs that are missing")
  func notes() throws {
    try withIcons { genloss in
      let folder = genloss.path("claims")
      try FileStore.createFolder(folder)
      try FileStore.write(Self.uneven, to: folder.appending("falls.yaml"))
      let judged = try genloss("claims", "falls", "--studies", "claims", "--out", "judged")
      #expect(judged.status == 0, "\(judged.messages)")
      #expect(judged.messages.contains("note: "))
      #expect(judged.messages.contains("not all strategies have as many seeds"))
      #expect(judged.output.contains("1 of 2 pairs has no such number"))
      let verdict = try JSONValue(parsing: FileStore.read(genloss.path("judged/verdict.json")))
      #expect(verdict["expectations"]?.array?.first?["pairs_missing"]?.integer == 1)
    }
  }
}
