import Comparison
import Metrics
import Recursion
import Statistics
import Storage
import SystemPackage
import Testing

@testable import Claims

@Suite("What a claim's verdict rests on")
struct ClaimEvidenceTests {
  /// A run with the values of a metric by generation; `nil` where it was not measured.
  private func run(
    _ strategy: String, data: String = "icons", seed: Int, metric: String = "recall",
    _ values: [Double?]
  ) -> ComparedRun {
    ComparedRun(
      RunRecord(
        path: "run",
        run: [
          "configuration": .object([
            .init("data", .string(data)), .init("strategy", .string(strategy)),
            .init("seed", .string("\(seed)")), .init("samples", .integer(100)),
          ])
        ],
        generations: values.map { value in
          [MetricValue(metric: "coverage", space: "conv", value: 0.5)]
            + (value.map { [MetricValue(metric: metric, space: "conv", value: $0)] } ?? [])
        }, control: []))
  }

  private func verdict(
    _ runs: [ComparedRun], metric: String = "recall", _ transform: Quantity.Transform = .value,
    times factor: Double = 1
  ) -> ClaimVerdict {
    func quantity(_ strategy: String) -> Quantity {
      Quantity(metric: metric, runs: ["strategy": strategy], transform: transform)
    }
    return ClaimVerdict(
      Claim(
        name: "test", says: "It falls.", source: "nobody", scope: "Here.",
        expectations: [
          Claims.Expectation(
            "it is less", quantity("replace"), .below, quantity("accumulate"), times: factor)
        ]), runs)
  }

  @Test("A seed counts once, however many data sets its loops were run on")
  func seedsCountOnce() throws {
    let runs = ["icons", "faces", "digits"].flatMap { data in
      (1...4).flatMap { seed in
        [
          run("replace", data: data, seed: seed, [0.9, 0.3 + 0.01 * Double(seed)]),
          run("accumulate", data: data, seed: seed, [0.9, 0.8]),
        ]
      }
    }
    let verdict = verdict(runs)
    #expect(verdict.seedCount == 4)
    #expect(verdict.outcome == .undecided)
    #expect(verdict.results.map(\.verdict) == [.tooFewSeeds])
    #expect(abs((verdict.results[0].first?.mean ?? 0) - 0.325) < 1e-12)
    #expect(verdict.results[0].first?.values.count == 4)
  }

  @Test("Seeds without the number are counted, told, and hold the verdict back if they matter")
  func missing() throws {
    // The strategies that lose most have nothing at generation 0 to be kept: chosen by the outcome.
    func runs(missing count: Int) -> [ComparedRun] {
      (1...8).flatMap { seed -> [ComparedRun] in
        [
          run("replace", seed: seed, [seed <= count ? 0 : 0.9, 0.4 + 0.01 * Double(seed)]),
          run("accumulate", seed: seed, [0.9, 0.8]),
        ]
      }
    }
    #expect(verdict(runs(missing: 0), .kept).outcome == .confirmed)
    let verdict = verdict(runs(missing: 2), .kept)
    #expect(verdict.outcome == .undecided)
    #expect(verdict.results.map(\.verdict.rawValue) == ["seeds without the number could turn it"])
    #expect(verdict.text.contains("2 of 8 pairs have no such number"))
    let json = verdict.json["expectations"]?.array?.first
    #expect(json?["pairs"]?.integer == 6)
    #expect(json?["pairs_missing"]?.integer == 2)
  }

  @Test("A few seeds without the number that cannot turn a clear verdict leave it as it is")
  func harmless() throws {
    let runs = (1...16).flatMap { seed in
      [
        run("replace", seed: seed, [0.9, seed == 5 ? nil : 0.4]),
        run("accumulate", seed: seed, [0.9, 0.8]),
      ]
    }
    let verdict = verdict(runs)
    #expect(verdict.outcome == .confirmed)
    #expect(verdict.text.contains("1 of 16 pairs has no such number"))
  }

  @Test("What chance multiplies is averaged as logarithms, and multiplied by a factor there")
  func logarithms() throws {
    let runs = (1...8).flatMap { seed in
      [
        // One seed is far above, which a plain mean would follow.
        run("replace", seed: seed, metric: "vendi_rbf", [10, seed == 1 ? 1000 : 1]),
        run("accumulate", seed: seed, metric: "vendi_rbf", [10, 10]),
      ]
    }
    let result = verdict(runs, metric: "vendi_rbf", times: 2).results[0]
    #expect(abs((result.first?.mean ?? 0) - 2.3713737056616554) < 1e-9)
    #expect(abs((result.difference?.mean ?? 0) - 2.3713737056616554 / 20) < 1e-9)
    #expect(verdict(runs, metric: "vendi_rbf", .lost).results[0].first?.scale == .plain)
  }
}
