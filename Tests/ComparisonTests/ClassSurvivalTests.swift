import Metrics
import Storage
import Testing

@testable import Comparison

@Suite("What is left of classes")
struct ClassSurvivalTests {
  /// Runs of two classes: the share of the rare one falls by a factor a generation that depends on the
  /// seed, of real samples a fifth is of it.
  private func runs(_ strategies: [(name: String, factors: [Double])]) -> [ComparedRun] {
    strategies.flatMap { strategy in
      strategy.factors.enumerated().map { index, factor in
        var run = MadeUpRun(strategy: strategy.name, seed: index + 1)
        run.generations = 2
        run.classes = [
          .init(name: "rare", null: 0.1...0.3) { generation in
            0.16 * (generation == 0 ? 1 : factor) / Double(max(1, generation))
          },
          .init(name: "cat, \"x\"", null: 0.7...0.9) { _ in 0.8 },
          .init(name: "unseen", null: -0.1...0.1) { _ in 0.01 },
        ]
        run.controlShare = 0.18
        return run.compared
      }
    }
  }

  private func set(_ runs: [ComparedRun]) throws -> DataSetComparison {
    try Comparison(runs, settings: ComparisonSettings()).dataSets[0]
  }

  @Test("Shares are in units of those of real samples, averaged over seeds with Student's interval")
  func survival() throws {
    let set = try set(runs([("replace", [0.5, 1.5]), ("accumulate", [0, 0])]))
    let all = ClassSurvival.all(in: set)
    // A class that no real sample is taken for has nothing that could be left.
    #expect(all.map(\.name) == ["rare", "cat, \"x\""])
    #expect(ClassSurvival.absent(in: set) == ["unseen"])
    let rare = all[0]
    #expect(abs(rare.realShare - 0.2) < 1e-12)
    let null = try #require(rare.null)
    #expect(abs(null.lowerBound - 0.5) < 1e-12 && abs(null.upperBound - 1.5) < 1e-12)
    #expect(Set(rare.curves.map(\.label)) == ["replace", "accumulate"])
    let replace = try #require(rare.curves.first { $0.label == "replace" })
    let start = try #require(replace.points[0])
    #expect(abs(start.share - 0.16) < 1e-12 && abs(start.survival - 0.8) < 1e-12)
    #expect(abs(start.realShare - 0.2) < 1e-12)
    let first = try #require(replace.points[1])
    #expect(abs(first.survival - 0.8) < 1e-12)
    // Two values 0.4 and 1.2: their mean has a standard error of 0.4, and t is 12.706.
    let interval = try #require(first.interval)
    #expect(abs(interval.upperBound - 0.8 - 12.706 * 0.4) < 1e-3)
    #expect(first.seedCount == 2 && first.aliveCount == 2)
    let gone = try #require(rare.curves.first { $0.label == "accumulate" }?.points[2])
    #expect(gone.survival == 0 && gone.aliveCount == 0 && gone.seedCount == 2)
    let control = try #require(rare.control?.points[1])
    #expect(abs(control.survival - 0.9) < 1e-12)
  }

  @Test(
    "What is left is the mean share over the mean real share, also where one seed has no real sample"
  )
  func rareInOneSeed() throws {
    let runs = [(1, 0.1, 0.03), (2, 0.0, 0.05)].map { seed, real, share in
      var run = MadeUpRun(seed: seed)
      run.classes = [.init(name: "rare", null: real...real) { _ in share }]
      return run.compared
    }
    let rare = try #require(ClassSurvival.all(in: try set(runs)).first)
    let point = try #require(rare.curves[0].points[1])
    #expect(abs(rare.realShare - 0.05) < 1e-12 && point.seedCount == 2)
    #expect(abs(point.survival - 0.8) < 1e-12 && abs(point.share - 0.04) < 1e-12)
  }

  @Test("Classes taken together have the sum of their shares, and no range between real sets")
  func together() throws {
    let set = try set(runs([("replace", [0.5])]))
    let both = try #require(
      ClassSurvival(["rare", "cat, \"x\""], called: "2 other classes", in: set))
    #expect(abs(both.realShare - 1) < 1e-12)
    #expect(both.null == nil)
    let last = try #require(both.curves[0].points[2])
    #expect(abs(last.survival - (0.04 + 0.8)) < 1e-12)
    #expect(last.interval == nil)
    #expect(ClassSurvival(["rare", "dogs"], called: "", in: set) == nil)
  }

  @Test("The table has a row for each class, strategy and generation, and the control's")
  func table() throws {
    let comparison = try Comparison(
      runs([("replace", [0.5, 1]), ("refit", [1, 1])]), settings: ComparisonSettings())
    let rows = try CSV.rows(of: try #require(comparison.survivalTable))
    #expect(rows.count == 1 + 2 * 3 * 3)
    let words = rows.map { $0.map { String(decoding: $0, as: UTF8.self) } }
    #expect(words.contains { $0[1] == "cat, \"x\"" && $0[2] == "control" })
    let json = try #require(comparison.json["data_sets"]?.array?[0]["classes"]?.array)
    #expect(json.map { $0["class"]?.string } == ["rare", "cat, \"x\""])
    #expect(json[0]["strategies"]?.array?[0]["survival"]?.array?.count == 3)
  }

  @Test("Without classes there is nothing to follow")
  func none() throws {
    let comparison = try Comparison([MadeUpRun().compared], settings: ComparisonSettings())
    #expect(ClassSurvival.all(in: comparison.dataSets[0]).isEmpty)
    #expect(comparison.survivalTable == nil)
    #expect(comparison.json["data_sets"]?.array?[0]["classes"] == .array([]))
  }

  @Test("The id of a share gives back the name of its class, whatever it starts with")
  func names() {
    for name in ["cats", "", "share:x", "\u{301}a", "é"] {
      let found = Metric.className(ofShare: Metric.share(of: name))
      #expect(found.map { Array($0.utf8) } == Array(name.utf8))
    }
    #expect(Metric.className(ofShare: "recall") == nil)
  }
}
