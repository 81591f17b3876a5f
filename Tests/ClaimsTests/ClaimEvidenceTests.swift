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
}
