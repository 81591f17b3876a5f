import Testing

@testable import Comparison

@Suite("Sentences of a comparison")
struct ComparisonSentencesTests {
  private func sentences(
    _ distances: [(data: String, strategy: String, samples: Int, distance: Double)],
    baseline: String? = nil
  ) throws -> [String] {
    let runs = distances.flatMap { row in
      (1...3).map { seed in
        MadeUpRun(
          data: row.data, strategy: row.strategy, seed: seed, samples: row.samples,
          distance: { _ in row.distance + Double(seed) }
        ).compared
      }
    }
    var settings = ComparisonSettings()
    settings.baseline = baseline
    return try Comparison(runs, settings: settings).sentences
  }

  @Test("Strategies that are equal share their place, on a data set and over several")
  func ties() throws {
    let equal = try sentences([("icons", "replace", 100, 9), ("icons", "refit", 100, 9)])
    #expect(equal.count == 1)
    #expect(equal[0].hasPrefix("icons: replace and refit share the lowest frechet_distance"))
    let turned = try sentences([
      ("icons", "replace", 100, 9), ("icons", "refit", 100, 7), ("faces", "replace", 100, 5),
      ("faces", "refit", 100, 6),
    ])
    #expect(turned.contains { $0.contains("icons: refit has the lowest frechet_distance") })
    let last = try #require(turned.last)
    #expect(last.hasPrefix("Over 2 data sets "), "\(last)")
    #expect(last.hasSuffix(" share the best mean place, 1.50."), "\(last)")
  }

  @Test("Where the baseline has another budget, that is said instead of nothing")
  func baselineElsewhere() throws {
    let rows = [
      ("icons", "replace", 100, 9.0), ("icons", "refit", 100, 7), ("icons", "accumulate", 50, 5),
      ("icons", "window", 50, 4),
    ]
    let told = try sentences(rows, baseline: "accumulate")
    #expect(told.contains { $0.contains("It is not compared with accumulate, which") })
  }

  @Test("A baseline need not have been run on all data; one on none is refused")
  func baselineOnSome() throws {
    let rows = [
      ("icons", "replace", 100, 9.0), ("icons", "refit", 100, 7), ("faces", "refit", 100, 5),
      ("faces", "window", 100, 4),
    ]
    let told = try sentences(rows, baseline: "replace")
    #expect(told.contains { $0.contains("Against replace: too few seeds") })
    #expect(told.contains { $0.contains("with replace, which was not run on these data.") })
    #expect(throws: ComparisonError.self) { try sentences(rows, baseline: "accumulate") }
  }
}
