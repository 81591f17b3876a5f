import Testing

@testable import Comparison

@Suite("What a reader of a comparison must know")
struct ComparisonNotesTests {
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
