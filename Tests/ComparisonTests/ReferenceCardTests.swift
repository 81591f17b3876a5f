import Statistics
import Storage
import Testing

@testable import Comparison

@Suite("Reference card")
struct ReferenceCardTests {
  private func runs(
    _ strategy: String, generator: String = "patches", recall: Double, tail: Double?
  ) -> [ComparedRun] {
    (1...3).map { seed in
      MadeUpRun(
        strategy: strategy, seed: seed, samples: 500,
        options: [("generator", .string(generator))], distance: { 10 + Double($0 + seed) },
        recall: { generation in recall - 0.01 * Double(generation) },
        tail: tail.map { share in { generation in generation == 0 ? 0.8 : 0.8 * share } }
      ).compared
    }
  }

  @Test("Entries come by falling recall, with what they keep for the real samples they spend")
  func entries() throws {
    let card = try ReferenceCard(
      runs("replace", recall: 0.5, tail: 0.25) + runs("fresh-data", recall: 0.9, tail: 0.75),
      version: 1)
    #expect(card.generation == 6)
    #expect(card.entries.map(\.strategy) == ["fresh-data", "replace"])
    let (fresh, replace) = (card.entries[0], card.entries[1])
    // Half of 500 samples are new in each of the six generations after the first 500.
    #expect(fresh.real == 2000)
    #expect(replace.real == 500)
    #expect(replace.seedCount == 3)
    #expect(abs(try #require(replace.recall).mean - 0.44) < 1e-12)
    #expect(abs(try #require(replace.tailKept).mean - 0.25) < 1e-12)
    #expect(abs(try #require(fresh.tailKept).mean - 0.75) < 1e-12)
    // Distances of 17, 18 and 19.
    #expect(abs(try #require(replace.distanceTimesReal) - 9) < 1e-12)
    #expect(abs(try #require(fresh.distanceTimesReal) - 36) < 1e-12)
    #expect(abs(try #require(fresh.perThousandReal(fresh.recall)) - 0.42) < 1e-12)
  }

  @Test("A generator is an entry of its own, and one without a density has no tail")
  func generators() throws {
    let card = try ReferenceCard(
      runs("replace", recall: 0.5, tail: 0.25)
        + runs("replace", generator: "exec:mine", recall: 0.6, tail: nil), version: 1)
    #expect(card.entries.map(\.generator) == ["exec:mine", "patches"])
    #expect(card.entries[0].tailKept == nil)
    #expect(card.table.text(.plain).contains("exec:mine"))
    let rows = try CSV.rows(of: card.csv)
    #expect(rows.count == 3)
    #expect(card.json["entries"]?.array?[0]["tail_kept"] == .null)
    #expect(card.json["card_version"] == 1)
  }
}
