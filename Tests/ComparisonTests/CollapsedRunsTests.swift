import Statistics
import Testing

@testable import Comparison

@Suite("Runs of total collapse")
struct CollapsedRunsTests {
  /// Eight seeds of a strategy that keeps its variance, of one that loses it and of one that loses it wholly
  /// in one seed; the total variance is a hundred times the recall here.
  private let runs = (1...8).flatMap { seed -> [ComparedRun] in
    let kept: [(strategy: String, share: Double)] = [
      ("refit", 0.9), ("replace", 0.1), ("accumulate", seed == 3 ? 0 : 0.5),
    ]
    let luck = 1 + 0.01 * Double(seed)
    return kept.map { strategy, share in
      MadeUpRun(strategy: strategy, seed: seed, recall: { $0 == 0 ? 1 : share * luck }).compared
    }
  }

  private func compare() throws -> Comparison {
    var settings = ComparisonSettings()
    settings.metric = "total_variance"
    return try Comparison(runs, settings: settings)
  }

  @Test("A variance of nothing in one seed is a geometric mean of nothing, and the last place")
  func lastPlace() throws {
    let comparison = try compare()
    let set = comparison.dataSets[0]
    #expect(set.variants.map(\.variant.label) == ["refit", "replace", "accumulate"])
    #expect(set.variants.map(\.rank) == [1, 2, 3])
    #expect(set.variants[2].summary?.mean == 0)
    #expect(
      comparison.notes.contains(
        "icons: accumulate: total_variance is 0 in a run, and so is its geometric mean, which has no "
          + "interval; differences with it are judged by signed ranks."))
    #expect(!comparison.notes.contains { $0.contains("has no value") })
  }

  @Test("Differences with such a seed stay in the family, and are judged")
  func differences() throws {
    let differences = try compare().dataSets[0].differences
    #expect(differences.count == 3)
    let clear = try #require(
      differences.first { $0.first == "refit" && $0.second == "accumulate" })
    #expect(clear.verdict == .firstIsBetter)
    #expect(clear.difference.test.pValue == 2 / 256.0)
    let mixed = try #require(
      differences.first { $0.first == "replace" && $0.second == "accumulate" })
    // Seven seeds say the one, and the clearest of all says the other: ranks 1 to 7 against rank 8.
    #expect(mixed.verdict == .notTold)
    #expect(mixed.difference.below == 7)
  }

  @Test("A run without a value is another thing, with words of its own")
  func noValue() throws {
    let short = (1...2).map { MadeUpRun(strategy: "replace", seed: $0).compared }
    var settings = ComparisonSettings()
    settings.metric = "recall_tail"
    let tails = (1...2).map { seed in
      MadeUpRun(strategy: "accumulate", seed: seed, tail: { _ in 0.5 }).compared
    }
    let comparison = try Comparison(short + tails, settings: settings)
    #expect(
      comparison.notes == [
        "icons: replace: a run has no value, and no rank is given; differences are those of the other "
          + "seeds."
      ])
  }
}
