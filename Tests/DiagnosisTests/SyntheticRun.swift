import Foundation
import Metrics
import Randomness
import Recursion
import Storage
import SystemPackage

@testable import Diagnosis

/// A run of made-up measurements whose verdicts are known.
struct SyntheticRun {
  var seed = 1
  var samples = 500
  var strategy = "replace"
  var generations = 12
  var control = false

  /// The relative noise of every number.
  var noise = 0.02

  /// By generation, what each metric is multiplied or shifted by.
  var change: @Sendable (String, Int) -> Double = { _, _ in 0 }

  /// The values of a healthy loop with one standard error each, and whether change adds or multiplies.
  private static let healthy: [(space: String, metric: String, value: Double, error: Double)] = [
    ("model", "bits_per_dim", 2, 0.01), ("model", "bits_per_dim_change", 0, 0.005),
    ("model", "tail_log_ratio", 0, 0.05), ("model", "tail_mass_ratio", 1, 0.1),
    ("model", "hallucinated_share", 0.002, 0.002), ("conv", "recall", 0.9, 0.02),
    ("conv", "recall_tail", 0.8, 0.05), ("conv", "precision", 0.95, 0.01),
    ("conv", "total_variance", 400, 8), ("conv", "mean_log_eigenvalue", 1.5, 0.02),
    ("conv", "participation_ratio", 12, 0.3), ("conv", "vendi_rbf", 40, 0.8),
    ("conv", "mode_entanglement", 0.05, 0.005),
  ]

  /// The run as a folder would give it.
  var record: RunRecord {
    RunRecord(
      path: FilePath("runs/\(strategy)-\(samples)-\(seed)"),
      run: [
        "schema_version": 1,
        "configuration": [
          "data": "sprites", "strategy": .string(strategy), "generator": "patches",
          "samples": .integer(samples), "seed": .string("\(seed)"),
          "generations": .integer(generations),
        ],
      ],
      generations: measurements(purpose: "run", change),
      control: control ? measurements(purpose: "control") { _, _ in 0 } : [])
  }

  var diagnosed: DiagnosedRun { DiagnosedRun(record) }

  private func measurements(
    purpose: String, _ change: (String, Int) -> Double
  ) -> [[MetricValue]] {
    (0...generations).map { generation in
      var stream = RandomStream(
        seed: UInt64(seed), purpose: Purpose("test/\(purpose)-\(samples)"),
        generation: generation)
      var values = Self.healthy.map { item in
        // Generation 0 is what the change is measured from, exactly where it is paired.
        let isPaired = item.value == 0
        let luck = generation == 0 && isPaired ? 0 : item.error * stream.normal()
        let value = item.value + luck + change(item.metric, generation)
        return MetricValue(
          metric: item.metric, space: item.space, value: max(value, isPaired ? -.infinity : 0),
          standardError: item.error, null: item.metric == "hallucinated_share" ? 0...0.01 : nil)
      }
      values.append(
        MetricValue(
          metric: "modes_lost", space: "conv", value: change("modes_lost", generation),
          standardError: 0.02, null: 0...0))
      values.append(MetricValue(metric: "modes_judged", space: "conv", value: 20))
      if generation == 0 {
        values.append(
          MetricValue(
            metric: "bits_per_dim_baseline", space: "model", value: 4, standardError: 0.02))
      }
      return values
    }
  }
}

extension Diagnosis {
  /// The verdict of the first group under a definition.
  func verdict(_ definition: CollapseDefinition) -> Verdict {
    groups[0].verdicts[definition.rawValue - 1]
  }
}
