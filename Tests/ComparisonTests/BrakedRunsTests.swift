import Storage
import Testing

@testable import Comparison

@Suite("Runs with a brake")
struct BrakedRunsTests {
  @Test("What a brake mixed in counts among the real samples seen, and in theory's sample size")
  func braked() throws {
    let runs = (1...2).flatMap { seed in
      [
        MadeUpRun(strategy: "fresh-data:share=0.1", seed: seed),
        MadeUpRun(
          strategy: "fresh-data:share=0.1", seed: seed, options: [("brake", "real")],
          brake: (generation: 2, share: 0.6)),
      ].map(\.compared)
    }
    var settings = ComparisonSettings()
    settings.equal = .n
    let variants = try Comparison(runs, settings: settings).dataSets[0].variants
    func variant(_ label: String) throws -> RankedVariant {
      try #require(variants.first { $0.variant.label == label })
    }
    let free = try variant("fresh-data:share=0.1")
    let held = try variant("fresh-data:share=0.1, brake real")
    #expect(free.distinctReal == 160)
    #expect((held.distinctReal ?? 0) > 220)
    #expect((held.effectiveSampleSize ?? 0) > 1.3 * (free.effectiveSampleSize ?? .infinity))
    #expect(held.predictedRank == 1 && free.predictedRank == 2)
  }

  @Test("Seeds that are braked at other times have their mean")
  func mean() throws {
    func real(_ times: [Int?]) throws -> Double {
      let runs = times.enumerated().map { index, time in
        MadeUpRun(
          strategy: "fresh-data:share=0.1", seed: index + 1, options: [("brake", "real")],
          brake: time.map { (generation: $0, share: 0.6) }
        ).compared
      }
      let set = try Comparison(runs, settings: ComparisonSettings()).dataSets[0]
      return try #require(set.variants[0].distinctReal)
    }
    let (early, never) = (try real([1]), try real([nil]))
    #expect(early > never)
    #expect(abs(try real([1, nil]) - (early + never) / 2) < 1e-9)
  }
}
