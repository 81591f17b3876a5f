import GenerationLoss
import Recursion
import Storage
import Studies
import SystemPackage

/// What `genloss threshold --dry-run` prints.
struct ThresholdPlanText {
  /// What is asked, in words.
  let question: String

  /// The cells that would be run first, or all.
  let cells: [PlannedCell]

  /// The runs in all, about; as many as there are cells where that is known.
  let runCount: Int

  let folder: StudyFolder
  let shown: FilePath
  let jobs: Int

  /// The plan in words, or as one object.
  func output(asJSON: Bool) -> String { asJSON ? json.text : text }

  private var isKnown: Bool { runCount == cells.count }

  private var done: Int { cells.count { folder.isFinished($0.name) } }

  /// The time of all runs, by those that are known.
  private var seconds: Double {
    let each = cells.map { $0.estimate?.seconds ?? 0 }
    let mean = each.reduce(0, +) / Double(max(1, cells.count))
    return mean * Double(runCount - done) / Double(jobs)
  }

  private var text: String {
    let count = isKnown ? "\(runCount) runs" : "about \(runCount) runs"
    var lines = [
      StyledStream.output(
        .bold, "would find \(question) with \(count) in \(shown.printable), \(jobs) at a time")
    ]
    if done > 0 { lines.append("\(done) done") }
    lines.append("takes about \(DurationText.short(seconds)) on an idle machine")
    return lines.map { FilePath.printable(Array($0.utf8)) }.joined(separator: "\n") + "\n"
  }

  private var json: JSONValue {
    .object([
      .init("schema_version", .integer(1)), .init("folder", .string(folder.path.string)),
      .init("runs", .integer(runCount)), .init("done", .integer(done)),
      .init("jobs", .integer(jobs)), .init("seconds", .number(seconds)),
      .init("first", .array(cells.map { .string($0.name) })),
    ])
  }
}
