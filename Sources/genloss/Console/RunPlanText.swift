import GenerationLoss
import Recursion
import Storage
import SystemPackage
import Theory

/// What `--dry-run` prints.
struct RunPlanText {
  private let plan: RunPlan
  private let folder: FilePath

  init(_ plan: RunPlan, folder: FilePath) {
    self.plan = plan
    self.folder = folder
  }

  /// The plan in words, or as one object.
  func output(asJSON: Bool) -> String { asJSON ? json.text : text }

  private var text: String {
    var lines = ["would run in \(folder.printable):"]
    for (key, value) in plan.configuration {
      let written = String(decoding: value.bytes(), as: UTF8.self)
      lines.append("  \(key): \(written)")
    }
    lines.append(
      "real samples: \(plan.counts.training) to train on, \(plan.counts.heldOut) held out, "
        + "\(plan.counts.features) for feature spaces")
    if let last = plan.sizes.indices.last {
      for generation in Set([0, min(1, last), last]).sorted() {
        let sizes = plan.sizes[generation]
        lines.append(
          "generation \(generation): \(sizes.real) real + \(sizes.synthetic) synthetic samples"
            + (sizes.subsample.map { ", of which \($0) are drawn" } ?? ""))
      }
    }
    lines.append("samples on the disk: \(FigureText.bytes(plan.sampleBytes))")
    return lines.joined(separator: "\n") + "\n"
  }

  private var json: JSONValue {
    .object([
      .init("schema_version", .integer(1)), .init("folder", .string(folder.string)),
      .init(
        "configuration", .object(plan.configuration.map { JSONValue.Member($0.key, $0.value) })),
      .init("training", .integer(plan.counts.training)),
      .init("held_out", .integer(plan.counts.heldOut)),
      .init("features", .integer(plan.counts.features)),
      .init(
        "rows",
        .array(
          plan.sizes.map {
            .object([
              .init("real", .integer($0.real)), .init("synthetic", .integer($0.synthetic)),
              .init("trained", .integer($0.trained)),
            ])
          })),
      .init("sample_bytes", .integer(plan.sampleBytes)),
    ])
  }
}
