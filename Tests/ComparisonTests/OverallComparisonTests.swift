import Storage
import Testing

@testable import Comparison

@Suite("Settings over several data sets")
struct OverallComparisonTests {
  private func compare(_ runs: [MadeUpRun]) throws -> Comparison {
    try Comparison(runs.map(\.compared), settings: ComparisonSettings())
  }

  @Test("What tells settings apart on one data set tells them apart on all")
  func sameLabels() throws {
    let runs = ["icons", "faces"].flatMap { data in
      ["replace", "accumulate"].flatMap { strategy in
        (1...2).map { MadeUpRun(data: data, strategy: strategy, seed: $0, samples: 200) }
      }
    }
    let more = ["replace", "accumulate"].flatMap { strategy in
      (1...2).map { MadeUpRun(data: "icons", strategy: strategy, seed: $0, samples: 400) }
    }
    let comparison = try compare(runs + more)
    let overall = try #require(comparison.overall)
    #expect(
      overall.rows.map(\.label).sorted() == ["accumulate, samples 200", "replace, samples 200"])
    #expect(
      comparison.notes.contains(
        "accumulate, samples 400; replace, samples 400: not on all data sets, and without a place over "
          + "all of them."))
    // Nothing in common is said, too.
    let apart = try compare([
      MadeUpRun(data: "icons", strategy: "replace"),
      MadeUpRun(data: "faces", strategy: "accumulate"),
    ])
    #expect(apart.overall == nil)
    #expect(apart.notes.contains { $0.contains("not on all data sets") })
  }

  @Test("Data sets that are run with different settings are joined with a note")
  func otherSettings() throws {
    let comparison = try compare(
      [("icons", "gmm"), ("faces", "patches")].flatMap { data, generator in
        ["replace", "accumulate"].map {
          MadeUpRun(data: data, strategy: $0, options: [("generator", .string(generator))])
        }
      })
    #expect(comparison.overall != nil)
    #expect(
      comparison.notes.contains(
        "the data sets are not run with the same settings: generator gmm on icons, patches on faces."
      ))
  }
}
