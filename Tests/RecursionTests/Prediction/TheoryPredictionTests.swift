import Foundation
import Metrics
import Samples
import Testing
import Theory

@testable import Recursion

@Suite("Theory beside what is measured")
struct TheoryPredictionTests {
  private static let generations = 6

  /// The measurements of a Gaussian's loop on normal vectors of unequal variances.
  private func run(_ strategy: String, seed: UInt64, n: Int) throws -> [[MetricValue]] {
    var configuration = RunConfiguration()
    configuration.data = "law"
    configuration.strategy = strategy
    configuration.generator = "gaussian"
    configuration.samples = n
    configuration.generations = Self.generations
    configuration.control = false
    configuration.seed = seed
    let data = RealData(
      name: "law", supply: .endless(UnequalLaw(seed: seed)), fingerprint: "law")
    return try withRunPath { path in
      try TestRun(configuration: configuration, data: data, illustrator: nil).perform(in: path)
        .generations
    }
  }

  @Test(
    "A Gaussian on vectors goes where theory says, and as far from it as the band says",
    arguments: ["replace", "accumulate", "fresh-data", "window:generations=2"])
  func coincides(strategy: String) throws {
    let (seeds, n) = (14, 80)
    let runs = try (1...UInt64(seeds)).map { try run(strategy, seed: $0, n: n) }
    let metrics = [
      "frechet_distance", "frechet_distance_mean", "total_variance", "participation_ratio",
    ]
    var outside = 0
    var total = 0
    for metric in metrics {
      for generation in 0...Self.generations {
        var gaps: [Double] = []
        for run in runs {
          let measured = try #require(run[generation].value(metric, "vector"))
          let theory = try #require(
            run[generation].first { $0.metric == metric && $0.space == "theory" })
          gaps.append(measured - (try #require(theory.value)))
          total += 1
          let (low, high) = (try #require(theory.low), try #require(theory.high))
          if !(low...high).contains(measured) { outside += 1 }
        }
        let mean = gaps.reduce(0, +) / Double(seeds)
        let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(seeds - 1)
        let z = mean / (variance / Double(seeds)).squareRoot()
        #expect(abs(z) <= 4, "\(metric) at generation \(generation): z = \(z)")
      }
    }
    // 5 % of them, and four metrics of one run lie outside together.
    #expect(Double(outside) / Double(total) < 0.15)
  }

  @Test("Where samples are selected, theory says nothing")
  func silent() throws {
    let rows = try run("bias:likeliest=0.9", seed: 1, n: 40)
    #expect(rows.allSatisfy { $0.allSatisfy { $0.space != "theory" } })
    let biased = try run("bias:lambda=0.9", seed: 1, n: 40)
    #expect(biased[3].value("total_variance", "theory") != nil)
    #expect(biased[3].value("frechet_distance", "theory") == nil)
  }

  @Test("For pictures the prediction is the statistical part, and says so")
  func pictures() throws {
    let generations = try withRunPath { try TestRun(illustrator: nil).perform(in: $0).generations }
    for measurements in generations {
      let rows = measurements.filter { $0.space == "theory" && $0.value != nil }
      #expect(rows.count >= 5)
      #expect(rows.allSatisfy { $0.note.contains("the statistical part alone") })
    }
  }
}

/// Independent normal numbers of the variances 4, 1 and 1/4.
private struct UnequalLaw: SampleSource {
  private let law: GaussianLaw

  init(seed: UInt64) { law = GaussianLaw(dimension: 3, seed: 1000 + seed) }

  var dimension: Int { 3 }
  var shape: PictureShape? { nil }

  func samples(_ range: Range<Int>) -> SampleSet {
    let values = law.samples(range).values.enumerated().map { $1 * [2, 1, 0.5][$0 % 3] }
    return SampleSet(count: range.count, dimension: 3, storage: .floats(values))
  }
}
