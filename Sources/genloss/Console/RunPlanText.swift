import GenerationLoss
import Recursion
import Storage
import SystemPackage
import Theory

/// What `--dry-run` prints.
struct RunPlanText {
  private let plan: RunPlan
  private let prospect: RunFolder.Prospect
  private let folder: FilePath
  private let estimate: RunEstimate

  /// The generations that are there already, and those of the control.
  private let resumed: Int
  private let resumedControl: Int

  init(_ plan: RunPlan, prospect: RunFolder.Prospect, folder: FilePath) {
    self.plan = plan
    self.prospect = prospect
    self.folder = folder
    (resumed, resumedControl) =
      switch prospect {
      case .new: (0, 0)
      case .stored(let generations, let control): (generations, plan.hasControl ? control : 0)
      case .complete: (plan.sizes.count, plan.hasControl ? plan.sizes.count : 0)
      }
    estimate = plan.estimate(resumed: resumed, control: resumedControl)
  }

  /// The plan in words, or as one object.
  func output(asJSON: Bool) -> String { asJSON ? json.text : text }

  private var text: String {
    let styled = StyledStream.output
    var lines = [styled(.bold, heading)]
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
    if let warning = plan.warning { lines.append("warning: \(warning)") }
    lines.append(
      "takes about \(DurationText.short(estimate.seconds)) on an idle machine, \(FigureText.bytes(estimate.memoryBytes)) of "
        + "memory, \(FigureText.bytes(estimate.diskBytes)) on the disk")
    return lines.joined(separator: "\n") + "\n"
  }

  private var heading: String {
    switch prospect {
    case .new: "would run in \(folder.printable):"
    case .stored(0, _): "would run in \(folder.printable), which holds a run without a generation:"
    case .stored(plan.sizes.count, _) where plan.hasControl && resumedControl < plan.sizes.count:
      "would finish the run in \(folder.printable): its generations are all there, and "
        + "\(resumedControl) of the control's \(plan.sizes.count):"
    case .stored(plan.sizes.count, _):
      "would finish the run in \(folder.printable), whose generations are all there:"
    case .stored(let generations, _):
      "would continue at generation \(generations) in \(folder.printable):"
    case .complete: "is complete in \(folder.printable); nothing would be computed anew:"
    }
  }

  private var json: JSONValue {
    .object([
      .init("schema_version", .integer(1)), .init("folder", .string(folder.string)),
      .init("existing_generations", .integer(resumed)),
      .init("existing_control_generations", .integer(resumedControl)),
      .init(
        "configuration", .object(plan.configuration.map { JSONValue.Member($0.key, $0.value) })),
      .init("warning", plan.warning.map(JSONValue.string) ?? .null),
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
      .init("seconds", .number(estimate.seconds)),
      .init("processor_seconds", .number(estimate.processorSeconds)),
      .init("memory_bytes", .integer(estimate.memoryBytes)),
      .init("disk_bytes", .integer(estimate.diskBytes)),
    ])
  }
}
