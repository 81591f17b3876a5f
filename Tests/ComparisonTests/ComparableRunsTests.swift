import Storage
import Testing

@testable import Comparison

@Suite("Runs that can be compared")
struct ComparableRunsTests {
  private func compare(_ runs: [MadeUpRun]) throws -> Comparison {
    try Comparison(runs.map(\.compared), settings: ComparisonSettings())
  }

  private func labels(_ set: DataSetComparison) -> [String] {
    set.variants.map(\.variant.label).sorted()
  }

  @Test("Runs that saw other pictures under one name are compared apart, and that is said")
  func contents() throws {
    let comparison = try compare(
      (1...6).flatMap { seed in
        [
          MadeUpRun(strategy: "replace", seed: seed, fingerprint: "aaaaaaaaaa"),
          MadeUpRun(strategy: "accumulate", seed: seed, fingerprint: "bbbbbbbbbb"),
        ]
      })
    #expect(comparison.dataSets.map(\.data) == ["icons (data aaaaaaaa)", "icons (data bbbbbbbb)"])
    #expect(comparison.dataSets.allSatisfy { $0.differences.isEmpty })
    #expect(
      comparison.notes.contains(
        "icons: its runs saw different data, and are compared apart: icons (data aaaaaaaa), icons (data "
          + "bbbbbbbb)."))
  }

  @Test("Data that were read in several ways are named by what was read")
  func reading() throws {
    let comparison = try compare(
      [(16, "a"), (32, "b")].flatMap { size, fingerprint in
        ["replace", "accumulate"].map {
          MadeUpRun(
            strategy: $0, options: [("size", .integer(size))], fingerprint: fingerprint)
        }
      })
    #expect(comparison.dataSets.map(\.data) == ["icons (size 16)", "icons (size 32)"])
    #expect(labels(comparison.dataSets[0]) == ["accumulate", "replace"])
    #expect(comparison.overall != nil)
  }

  @Test("A law draws other samples for every seed, but the same ones for one seed")
  func laws() throws {
    let seeds = (1...2).map { seed in
      MadeUpRun(data: "gaussian:d=2", seed: seed, fingerprint: "\(seed)")
    }
    #expect(try compare(seeds).dataSets.map(\.data) == ["gaussian:d=2"])
    let other = MadeUpRun(
      data: "gaussian:d=2", strategy: "accumulate", seed: 2, fingerprint: "other")
    let error = #expect(throws: ComparisonError.self) { try compare(seeds + [other]) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("draw different samples from gaussian:d=2"))
  }

  @Test("Numbers of different feature spaces never meet")
  func spaces() throws {
    let comparison = try compare(
      (1...6).flatMap { seed in
        [
          MadeUpRun(strategy: "replace", seed: seed, space: "pixels"),
          MadeUpRun(strategy: "accumulate", seed: seed, space: "conv"),
        ]
      })
    #expect(comparison.dataSets.map(\.data) == ["icons (in pixels)", "icons (in conv)"])
    #expect(comparison.dataSets.allSatisfy { $0.differences.isEmpty })
    #expect(
      comparison.notes.contains { $0.hasPrefix("icons: its runs are led by different spaces") })
  }

  @Test(
    "Whatever option differs between strategies is told in their labels, but for those that follow")
  func confounded() throws {
    let comparison = try compare([
      MadeUpRun(
        strategy: "replace",
        options: [
          ("generator", "gmm"), ("steps", "100"), ("carry", "png8"), ("real-share", .number(0.5)),
        ]),
      MadeUpRun(
        strategy: "accumulate",
        options: [("generator", "patches"), ("carry", "png8"), ("real-share", .number(0.1))]),
    ])
    #expect(
      labels(comparison.dataSets[0]) == [
        "accumulate, generator patches", "replace, generator gmm",
      ])
    let holdouts = try compare(
      [("replace", 0.2), ("accumulate", 0.5)].map {
        MadeUpRun(strategy: $0, options: [("holdout", .number($1))])
      })
    #expect(labels(holdouts.dataSets[0]) == ["accumulate, holdout 0.5", "replace, holdout 0.2"])
    // What follows from the number of samples, which has a column of its own, or from the strategy does not.
    let sized = try compare(
      [("replace", 100), ("fresh-data:share=0.5", 50)].map {
        MadeUpRun(
          strategy: $0, samples: $1, options: [("components", .string("\($1 / 10)"))])
      })
    #expect(labels(sized.dataSets[0]) == ["fresh-data", "replace"])
  }

  @Test("Runs of several versions of the program are compared with a note")
  func versions() throws {
    let comparison = try compare([
      MadeUpRun(strategy: "replace", version: "0.1.0"),
      MadeUpRun(strategy: "accumulate", version: "0.2.0"),
    ])
    #expect(
      comparison.notes.contains(
        "the runs were made by different versions of genloss (0.1.0, 0.2.0), and may differ by that "
          + "alone."))
  }
}
