import Metrics
import Recursion
import Storage
import SystemPackage

@testable import Comparison

/// A run of made-up measurements.
struct MadeUpRun {
  var data = "icons"
  var strategy = "replace"
  var seed = 1
  var samples = 100
  var generations = 6
  var options: [(key: String, value: JSONValue)] = []

  /// The fingerprint of the data.
  var fingerprint = "0"

  /// The feature space that was measured in.
  var space = "conv"

  /// The version of the program.
  var version = "1.0.0"

  /// The generation after which a brake raised the real share, and that share.
  var brake: (generation: Int, share: Double)?

  /// The Fréchet distance by generation.
  var distance: (Int) -> Double = { _ in 10 }

  /// The recall by generation.
  var recall: (Int) -> Double = { _ in 0.9 }

  /// The Fréchet distance between sets that are both real; `nil` where it was not measured.
  var null: ClosedRange<Double>?

  /// The recall of the tail by generation; `nil` for a model without a density.
  var tail: ((Int) -> Double)?

  /// A class: its share by generation, and the range of its share among real samples.
  struct SampleClass {
    let name: String
    let null: ClosedRange<Double>
    let share: (Int) -> Double
  }

  /// The classes of the data.
  var classes: [SampleClass] = []

  /// The share of every class in the control; `nil` for a run without one.
  var controlShare: Double?

  /// The run as a comparison sees it.
  var compared: ComparedRun {
    let configuration =
      [
        ("data", .string(data)), ("data-fingerprint", .string(fingerprint)),
        ("strategy", .string(strategy)), ("generations", .integer(generations)),
        ("samples", .integer(samples)),
        ("seed", .string("\(seed)")),
      ] + options
    return ComparedRun(
      RunRecord(
        path: FilePath("runs/\(data)-\(strategy)-\(samples)-\(seed)"),
        run: [
          "schema_version": 1, "version": .string(version),
          "configuration": .object(configuration.map { JSONValue.Member($0.0, $0.1) }),
        ],
        generations: (0...generations).map {
          measurements($0) + classShares($0) + braking($0)
        },
        control: controlShare.map { share in
          (0...generations).map { _ in classShares { _ in share } }
        } ?? []))
  }

  private func braking(_ generation: Int) -> [MetricValue] {
    guard let brake, brake.generation == generation else { return [] }
    return [MetricValue(metric: "brake", space: "model", value: brake.share)]
  }

  private func classShares(_ generation: Int) -> [MetricValue] {
    classShares { $0.share(generation) }
  }

  private func classShares(_ value: (SampleClass) -> Double) -> [MetricValue] {
    classes.map {
      MetricValue(
        metric: "share:\($0.name)", space: space, value: value($0), null: $0.null, n: 40,
        m: samples)
    }
  }

  private func measurements(_ generation: Int) -> [MetricValue] {
    let tails = tail.map { [("recall_tail", space, $0(generation))] } ?? []
    return
      ([
        ("frechet_distance", space, distance(generation)), ("recall", space, recall(generation)),
        ("total_variance", space, 100 * recall(generation)),
        ("training_rows_real", "model", generation == 0 ? Double(samples) : 0),
        ("training_rows_synthetic", "model", generation == 0 ? 0 : Double(samples)),
      ] + tails).map { metric, space, value in
        MetricValue(
          metric: metric, space: space, value: value,
          null: metric == "frechet_distance" ? null : nil, n: 40, m: samples)
      }
  }
}
