import Testing

@testable import Comparison

@Suite("What a reader of a comparison must know")
struct ComparisonNotesTests {
  @Test("The run that ends first decides the generation, and is named")
  func shortest() throws {
    let runs = (1...3).flatMap { seed in
      [
        MadeUpRun(strategy: "replace", seed: seed, generations: seed == 2 ? 4 : 6).compared,
        MadeUpRun(strategy: "accumulate", seed: seed).compared,
      ]
    }
    var settings = ComparisonSettings()
    let comparison = try Comparison(runs, settings: settings)
    #expect(comparison.dataSets[0].generation == 4)
    #expect(
      comparison.notes.contains(
        "icons: generation 4 is compared, the last of runs/icons-replace-100-2; others have up to 6."
      ))
    settings.generation = 3
    let chosen = try Comparison(runs, settings: settings)
    #expect(!chosen.notes.contains { $0.contains("is compared, the last of") })
  }

  @Test("An agreement of data sets stands beside what chance alone gives")
  func chance() throws {
    let runs = ["icons", "faces", "digits"].flatMap { data in
      ["replace", "accumulate"].map { strategy in
        MadeUpRun(
          data: data, strategy: strategy, distance: { _ in strategy == "replace" ? 20 : 10 }
        ).compared
      }
    }
    let tables = try Comparison(runs, settings: ComparisonSettings()).tables
    let title = try #require(tables.first { $0.title.hasPrefix("all data sets: places") }).title
    #expect(
      title.hasSuffix(
        "the data sets agree to W = 1.00 (1: the same ranking on all; 0.333 on average by chance)"))
  }
}
