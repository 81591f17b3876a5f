import Foundation
import Metrics
import Recursion
import Storage
import SystemPackage
import Testing

@testable import Diagnosis

/// Forecasts made in the first half of the way of real loops, beside what came of them.
@Suite("Early warning on finished runs")
struct EarlyWarningRunTests {
  /// The measurements of a replace loop of four-dimensional Gaussians.
  private func measurements(
    seed: UInt64, samples: Int, generations: Int, strategy: String = "replace"
  ) throws -> [[MetricValue]] {
    var configuration = RunConfiguration()
    configuration.strategy = strategy
    configuration.data = "gaussian:d=4"
    configuration.generator = "gaussian"
    configuration.samples = samples
    configuration.generations = generations
    configuration.seed = seed
    configuration.control = false
    let data = RealData(
      name: "gaussian", supply: .endless(GaussianLaw(dimension: 4, seed: seed)),
      fingerprint: "law")
    let memory = FilePath("/dev/shm")
    let path =
      (FileStore.isFolder(memory) ? memory : FilePath(FileManager.default.temporaryDirectory.path))
      .appending("genloss-warning-\(UUID().uuidString)")
    defer { try? FileStore.remove(path) }
    return try Run(
      configuration: configuration, data: data, illustrator: nil, command: [], version: "1"
    ).perform(in: path) { _ in }.generations
  }

  @Test("A loop of real data alone, which cannot collapse, is not warned of", arguments: [40, 320])
  func healthy(samples: Int) throws {
    let alarms = try (1...8 as ClosedRange<UInt64>).compactMap { seed in
      try EarlyWarning(
        measurements(seed: seed, samples: samples, generations: 8, strategy: "real-only")
      ).alarm.map { "seed \(seed): \($0.name), \($0.forecast.outcome)" }
    }
    #expect(alarms == [])
  }

  @Test("At least 80 of 100 intervals hold the generation at which the threshold was crossed")
  func hitRate() throws {
    var rates: [String: (made: Int, held: Int)] = [:]
    for seed in 1...16 as ClosedRange<UInt64> {
      let run = try measurements(seed: seed, samples: 30, generations: 45)
      let whole = EarlyWarning(run)
      for watched in whole.watched {
        guard case .crossed(let crossing) = watched.forecast.outcome, crossing >= 8 else {
          continue
        }
        for generation in Set([4, crossing / 2]) {
          let early = EarlyWarning(Array(run[0...generation]))
          guard let forecast = early.watched.first(where: { $0.metric == watched.metric }),
            case .ahead(_, let earliest, let latest) = forecast.forecast.outcome
          else { continue }
          rates[watched.name, default: (0, 0)].made += 1
          let time = Double(crossing)
          if time >= earliest.rounded(.down), latest.map({ time <= $0.rounded(.up) }) ?? true {
            rates[watched.name, default: (0, 0)].held += 1
          }
        }
      }
    }
    let (made, held) = rates.values.reduce((0, 0)) { ($0.0 + $1.made, $0.1 + $1.held) }
    print("early warning, intervals that held:", rates.sorted { $0.key < $1.key })
    #expect(made >= 20)
    #expect(Double(held) >= 0.8 * Double(made), "\(rates)")
  }
}
