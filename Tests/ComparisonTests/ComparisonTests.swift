import Foundation
import Randomness
import Storage
import Testing

@testable import Comparison
@testable import Statistics

@Suite("Comparison")
struct ComparisonTests {
  /// Strategies whose distances at the end differ by what is given, with noise that seeds share and noise
  /// of their own.
  private func runs(
    _ strategies: [(name: String, distance: Double)], seeds: Int, data: String = "icons",
    scale: Double = 1
  ) -> [ComparedRun] {
    strategies.enumerated().flatMap { place, strategy in
      (1...seeds).map { seed in
        var shared = RandomStream(seed: UInt64(seed), purpose: "test/shared")
        var own = RandomStream(seed: UInt64(seed), purpose: "test/own", generation: place)
        let noise = 3 * shared.normal() + 0.1 * own.normal()
        return MadeUpRun(
          data: data, strategy: strategy.name, seed: seed,
          distance: { scale * (20 + (strategy.distance + noise) * Double($0) / 6) }
        ).compared
      }
    }
  }

  private func compare(
    _ runs: [ComparedRun], _ change: (inout ComparisonSettings) -> Void = { _ in }
  ) throws -> Comparison {
    var settings = ComparisonSettings()
    change(&settings)
    return try Comparison(runs, settings: settings)
  }

  @Test("Eight seeds tell clear differences apart although seeds differ more, and rank them")
  func clear() throws {
    let comparison = try compare(
      runs([("replace", 9), ("accumulate", 5), ("refit", 5.01)], seeds: 8))
    let set = comparison.dataSets[0]
    #expect(set.generation == 6)
    #expect(set.variants.last?.variant.label == "replace")
    #expect(set.variants.map(\.rank) == [1, 2, 3])
    func verdict(_ first: String, _ second: String) -> VariantDifference.Verdict? {
      set.differences.first { $0.first == first && $0.second == second }?.verdict
    }
    let best = set.variants[0].variant.label
    let next = set.variants[1].variant.label
    #expect(verdict(best, "replace") == .firstIsBetter)
    #expect(verdict(best, next) == .notTold)
    let sentence = try #require(comparison.sentences.first)
    #expect(sentence.hasPrefix("icons: \(best) has the lowest frechet_distance at generation 6"))
    #expect(sentence.contains("It is better than replace."))
    #expect(sentence.contains("It cannot be told apart from \(next)."))
  }

  @Test("Four seeds are too few to say anything, however clear it looks")
  func few() throws {
    let comparison = try compare(runs([("replace", 9), ("accumulate", 1)], seeds: 4))
    #expect(comparison.dataSets[0].differences.map(\.verdict) == [.tooFewSeeds])
    #expect(
      comparison.sentences[0].hasSuffix(
        "Against replace: too few seeds to say (4 pairs; 6 could, for so many differences)."))
  }

  @Test("Over data sets the ranking agrees, whatever the scale of each, and a seed counts once")
  func overall() throws {
    let strategies = [("replace", 9.0), ("accumulate", 5.0), ("refit", 1.0)]
    func comparison(seeds: Int) throws -> Comparison {
      try compare(
        [("icons", 1.0), ("faces", 50), ("digits", 0.01)].flatMap { data, scale in
          runs(
            strategies.map { (name: $0.0, distance: $0.1) }, seeds: seeds, data: data, scale: scale)
        })
    }
    // The loops of a seed err alike on all data sets here: four seeds on three sets are four.
    let few = try #require(try comparison(seeds: 4).overall)
    #expect(few.rows.map(\.label) == ["refit", "accumulate", "replace"])
    #expect(few.rows.map(\.ranks) == [[1, 1, 1], [2, 2, 2], [3, 3, 3]])
    #expect(few.concordances == [1])
    #expect(few.differences.allSatisfy { $0.difference.differences.count == 4 })
    #expect(few.differences.allSatisfy { $0.verdict == .tooFewSeeds })
    let many = try #require(try comparison(seeds: 8).overall)
    #expect(many.differences.allSatisfy { $0.verdict == .firstIsBetter })
  }

  @Test("Over data sets, too, strategies have places among those that saw as many real samples")
  func overallBudget() throws {
    let all = ["icons", "faces"].flatMap { data in
      runs(
        [("replace", 9), ("accumulate", 5), ("fresh-data:share=0.5", 1)], seeds: 8, data: data)
    }
    let fair = try compare(all)
    let overall = try #require(fair.overall)
    #expect(overall.rows.map(\.label) == ["accumulate", "replace", "fresh-data"])
    #expect(overall.rows.map(\.group) == [0, 0, 1])
    #expect(overall.rows.map(\.ranks) == [[1, 1], [2, 2], [1, 1]])
    #expect(overall.concordances == [1, nil])
    #expect(overall.differences.count == 1)
    let sentences = fair.sentences.filter { $0.hasPrefix("Over 2 data sets") }
    #expect(
      sentences == [
        "Over 2 data sets accumulate has the best mean place of the 2 strategies of its budget, 1.00. "
          + "It is better than replace."
      ])
    let equal = try #require(try compare(all) { $0.equal = .n }.overall)
    #expect(equal.rows.map(\.ranks) == [[1, 1], [2, 2], [3, 3]])
    #expect(equal.rows.first?.label == "fresh-data")
  }

  @Test("What has the best place but is worse on the same seeds is said to be worse")
  func contradiction() throws {
    func run(_ data: String, _ strategy: String, _ seed: Int, _ distance: Double) -> ComparedRun {
      MadeUpRun(data: data, strategy: strategy, seed: seed, distance: { _ in distance }).compared
    }
    // The other one is a hair worse on two sets, and better on every seed of the third.
    let places = (1...8).flatMap { seed -> [ComparedRun] in
      let noise = seed.isMultiple(of: 2) ? 1.0 : -1
      return [
        run("icons", "replace", seed, 20), run("icons", "accumulate", seed, 20.01 + noise),
        run("faces", "replace", seed, 20), run("faces", "accumulate", seed, 20.01 - noise),
        run("digits", "replace", seed, 21), run("digits", "accumulate", seed, 20),
      ]
    }
    let overall = try #require(try compare(places).sentences.last)
    #expect(overall.hasPrefix("Over 3 data sets replace has the best mean place"))
    #expect(overall.hasSuffix("On the same seeds it is worse than accumulate."))
    // The other one has more seeds, and the rest are bad.
    let seeds = (1...16).flatMap { seed in
      (seed > 8 ? [] : [run("icons", "replace", seed, 21)])
        + [run("icons", "accumulate", seed, seed > 8 ? 40 : 20)]
    }
    let sentence = try #require(try compare(seeds).sentences.first)
    #expect(sentence.hasPrefix("icons: replace has the lowest frechet_distance"))
    #expect(sentence.hasSuffix("On the same seeds it is worse than accumulate."))
  }

  @Test("Strategies are ranked among those that saw as many real samples, or with as many samples")
  func budget() throws {
    let all = runs(
      [("replace", 9), ("accumulate", 5), ("fresh-data:share=0.5", 1)], seeds: 6)
    let fair = try compare(all)
    #expect(fair.dataSets[0].variants.map(\.group) == [0, 0, 1])
    // Six generations with 50 fresh samples each, beside the 100 of generation 0.
    #expect(fair.dataSets[0].variants[2].distinctReal == 400)
    #expect(fair.dataSets[0].differences.count == 1)
    #expect(fair.notes.contains { $0.contains("saw 4.00 times the real samples of") })
    // Half of 25 is rounded up, and six times 13 with them are more than 100.
    #expect(fair.notes.contains { $0.contains("--samples 24 for an equal budget") })
    let equal = try compare(all) { $0.equal = .n }
    #expect(equal.dataSets[0].variants.map(\.group) == [0, 0, 0])
    #expect(equal.dataSets[0].differences.count == 3)
    #expect(equal.notes == [])
  }

  @Test("Theory's effective sample size and rank stand beside what was measured")
  func theory() throws {
    let all = runs([("replace", 9), ("accumulate", 5), ("refit", 1)], seeds: 2)
    let variants = try compare(all).dataSets[0].variants
    let sizes = Dictionary(
      uniqueKeysWithValues: variants.map { ($0.variant.label, $0.effectiveSampleSize ?? 0) })
    #expect(abs((sizes["replace"] ?? 0) - 100 / 7.0) < 1e-9)
    #expect(abs((sizes["refit"] ?? 0) - 100) < 1e-9)
    let squares = (1...7).reduce(0) { $0 + 1 / Double($1 * $1) }
    #expect(abs((sizes["accumulate"] ?? 0) - 100 / squares) < 1e-9)
    #expect(variants.map(\.predictedRank) == [1, 2, 3])
    #expect(variants[0].trainingRows == 700)
  }

  @Test("Half-lives are crossings, forecasts or never, and the alarm comes before")
  func lifetimes() throws {
    let all = (1...3).flatMap { seed in
      [
        MadeUpRun(strategy: "replace", seed: seed, recall: { exp(-0.2 * Double($0)) }).compared,
        MadeUpRun(strategy: "refit", seed: seed, recall: { _ in 0.9 }).compared,
        MadeUpRun(strategy: "window", seed: seed, recall: { exp(-0.07 * Double($0)) }).compared,
      ]
    }
    let variants = try compare(all).dataSets[0].variants
    func variant(_ label: String) throws -> RankedVariant {
      try #require(variants.first { $0.variant.label == label })
    }
    #expect(try variant("replace").recallHalfLife.generation == 4)
    #expect(try variant("replace").recallHalfLife.isForecast == false)
    #expect(try variant("replace").firstAlarm.generation <= 4)
    #expect(try variant("refit").recallHalfLife.generation == .infinity)
    #expect(try variant("refit").firstAlarm.generation == .infinity)
    let ahead = try variant("window").recallHalfLife
    #expect(ahead.isForecast)
    #expect(abs((ahead.generation ?? 0) - log(2) / 0.07) < 0.2)
  }

  @Test("A folder is one data set, however its path is written")
  func paths() throws {
    let all = ["icons", "./icons/", "faces/../icons"].enumerated().map { index, data in
      MadeUpRun(data: data, seed: index + 1).compared
    }
    #expect(try compare(all).dataSets.map(\.data) == ["icons"])
  }

  @Test("Strategies of one budget that draw different numbers have each their own real-real")
  func sizes() throws {
    let all = [("replace", 400, 11.0...18), ("fresh-data:share=0.5", 100, 30.0...42)].flatMap {
      strategy, samples, null in
      (1...3).map { seed in
        MadeUpRun(
          strategy: strategy, seed: seed, samples: samples, distance: { _ in Double(40 + seed) },
          null: null
        ).compared
      }
    }
    let comparison = try compare(all)
    #expect(comparison.dataSets[0].variants.map(\.group) == [0, 0])
    let note = try #require(comparison.notes.first)
    #expect(note.hasPrefix("icons: the strategies that saw 400 real samples draw from 100 to 400"))
    #expect(note.contains("it is 30.0 to 42.0 at n = 100, 11.0 to 18.0 at n = 400."))
    let table = comparison.tables[0]
    let place = try #require(table.columns.firstIndex(of: "real-real"))
    #expect(Set(table.rows.map { $0[place] }) == ["11.0 to 18.0", "30.0 to 42.0"])
    let rows = try CSV.rows(of: comparison.csv).map {
      $0.map { String(decoding: $0, as: UTF8.self) }
    }
    let low = try #require(rows[0].firstIndex(of: "null_low"))
    #expect(Set(rows.dropFirst().map { $0[low] }) == ["11.0", "30.0"])
    #expect(try compare(runs([("replace", 9), ("refit", 1)], seeds: 3)).notes == [])
  }

  @Test("Nobody is ranked with a strategy of which nobody knows what it saw, and that is said")
  func unknownBudget() throws {
    let all = runs([("replace", 9), ("accumulate", 5), ("mystery", 1), ("riddle", 1)], seeds: 2)
    let comparison = try compare(all)
    #expect(comparison.dataSets[0].variants.map(\.group) == [0, 0, 1, 2])
    #expect(
      comparison.notes == [
        "icons: how many real samples mystery, riddle saw is not known to this version of genloss, and "
          + "nothing is ranked with them. Compare with --equal n."
      ])
  }

  @Test("A budget that no number of samples meets is said to be none")
  func unmetBudget() throws {
    let all =
      runs([("replace", 9)], seeds: 2) + runs([("reservoir:real=40", 5)], seeds: 2)
      + (1...2).map {
        MadeUpRun(strategy: "real-only", seed: $0, samples: 100, generations: 60).compared
      }
    let comparison = try compare(all)
    #expect(
      comparison.notes.contains { $0.contains("Run it with --samples 14 for an equal budget") })
    let short = try compare(
      [MadeUpRun(samples: 6).compared, MadeUpRun(strategy: "real-only", samples: 6).compared])
    #expect(
      short.notes.contains {
        $0.contains("With no --samples do they see as few: compare with --equal n.")
      })
  }

  @Test("The differences are a table of their own for programs")
  func differencesTable() throws {
    let all = ["icons", "faces"].flatMap { data in
      runs([("replace", 9), ("accumulate", 5), ("fresh-data:share=0.5", 1)], seeds: 8, data: data)
    }
    let comparison = try compare(all)
    let rows = try CSV.rows(of: comparison.differencesTable)
      .map { $0.map { String(decoding: $0, as: UTF8.self) } }
    #expect(rows.count == 4)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    func column(_ name: String) -> [String] {
      rows[0].firstIndex(of: name).map { place in rows.dropFirst().map { $0[place] } } ?? []
    }
    #expect(column("data") == ["icons", "faces", "all data sets"])
    #expect(column("generation") == ["6", "6", "6"])
    #expect(column("unit") == ["difference", "difference", "difference_rms"])
    #expect(column("first") == ["accumulate", "accumulate", "accumulate"])
    #expect(column("verdict") == Array(repeating: "first is better", count: 3))
    let member = comparison.dataSets[0].differences[0]
    #expect(Double(column("mean")[0]) == member.difference.mean)
    #expect(Double(column("low")[0]) == member.difference.interval?.lowerBound)
    #expect(Double(column("p")[0]) == member.difference.test.pValue)
    #expect(Double(column("p_holm")[0]) == member.correctedPValue)
    #expect(Double(column("effect_size")[0]) == member.difference.effectSize)
    let lives = try CSV.rows(of: comparison.csv)[0].map { String(decoding: $0, as: UTF8.self) }
    #expect(lives.contains("recall_half_life_is"))
    let ranked = try CSV.rows(of: comparison.csv)
      .map { $0.map { String(decoding: $0, as: UTF8.self) } }
    let real = try #require(lives.firstIndex(of: "distinct_real"))
    #expect(ranked.dropFirst().map { $0[real] } == ["100", "100", "400", "100", "100", "400"])
    let shown = try #require(comparison.tables[0].columns.firstIndex(of: "real"))
    #expect(comparison.tables[0].rows.map { $0[shown] } == ["100", "100", "400"])
  }

  @Test("So many differences that no number of seeds could tell any are said to be too many")
  func tooMany() {
    #expect(VariantDifference.fewestPairs(for: 1, alpha: 0.05) == 6)
    #expect(VariantDifference.fewestPairs(for: 3000, alpha: 0.05) == 17)
    #expect(VariantDifference.fewestPairs(for: 4000, alpha: 0.05) == nil)
    #expect(SignFlipTest.smallest(pairs: 16) > SignFlipTest.smallest(pairs: 17))
    #expect(SignFlipTest.smallest(pairs: 17) == SignFlipTest.smallest(pairs: 90))
  }

  @Test("A metric has short names, and values that it cannot have")
  func metricNames() throws {
    #expect(try ComparedMetric("fd") == ComparedMetric("frechet_distance"))
    #expect(try ComparedMetric("variance").id == "total_variance")
    #expect(try ComparedMetric("recall").range == 0...1)
    #expect(try ComparedMetric("fd").range.lowerBound == 0)
    #expect(try ComparedMetric("kernel_distance").range.contains(-1))
  }

  @Test("What cannot be compared is refused: no metric, no order, one seed twice, no generation")
  func refused() throws {
    let all = runs([("replace", 9), ("accumulate", 5)], seeds: 2)
    #expect(throws: ComparisonError.unknownMetric("recal", suggestion: " Did you mean \"recall\"?"))
    {
      try compare(all) { $0.metric = "recal" }
    }
    // Runs may be asked for what `measure` computes.
    #expect(try ComparedMetric("mind").isLowerBetter)
    #expect(try ComparedMetric("symmetric_recall").isLowerBetter == false)
    for metric in ["precision", "density"] {
      #expect(throws: ComparisonError.unranked(metric)) {
        try compare(all) { $0.metric = metric }
      }
    }
    #expect(throws: ComparisonError.noGeneration(9, last: 6)) {
      try compare(all) { $0.generation = 9 }
    }
    #expect(throws: ComparisonError.self) { try compare(all + [all[0]]) }
    #expect(throws: ComparisonError.self) { try compare(all) { $0.baseline = "refit" } }
  }

  @Test("With a baseline every other strategy is compared with it, and nothing else")
  func baseline() throws {
    let comparison = try compare(
      runs([("replace", 9), ("accumulate", 5), ("refit", 1)], seeds: 6)
    ) { $0.baseline = "replace" }
    let differences = comparison.dataSets[0].differences
    #expect(differences.map(\.second) == ["replace", "replace"])
    #expect(differences.allSatisfy { $0.difference.mean < 0 })
  }
}
