import Foundation
import Storage
import Studies
import SystemPackage

/// Tells on standard error how far a study is: on a terminal a line for each cell that is running,
/// elsewhere a line now and then.
final class StudyLines {
  private let global: GlobalOptions
  private let passing: PassingLine
  private let start = Date()

  init(global: GlobalOptions) {
    self.global = global
    passing = PassingLine(global: global)
  }

  /// The time since the start.
  var seconds: Double { -start.timeIntervalSinceNow }

  /// Says what the cells will take, unless all are done.
  func foretell(_ plan: StudyPlanText) {
    guard plan.hasWork else { return }
    if !global.quiet { Console.message(plan.cost) }
    if let lack = plan.lack {
      Console.message(lack, label: StyledStream.errors(.yellow, "warning:") + " ")
    }
  }

  /// Shows an event.
  func show(_ event: StudyEvent) {
    switch event {
    case .damaged(let cell, let reason):
      Console.message(
        "\(cell.cell.title): \(reason) It is computed again.",
        label: StyledStream.errors(.yellow, "damaged:") + " ")
    case .started(let cell): if global.verbose { Console.message("started \(cell.cell.title)") }
    case .finished(let cell, let seconds):
      if global.verbose {
        Console.message("finished \(cell.cell.title) in \(DurationText.short(seconds))")
      }
    case .failed(let cell, let failure):
      // A failure is told even where nothing else is.
      Console.message(
        "\(cell.cell.title): \(failure.message)",
        label: StyledStream.errors(.red, "failed:") + " ")
    case .progress(let progress):
      guard !global.quiet else { return }
      let summary = Self.summary(progress)
      if Console.errorIsTerminal {
        Console.live(progress.running.map(Self.line) + [summary])
      } else {
        passing.show(summary)
      }
    }
  }

  private static func line(_ running: StudyProgress.Running) -> String {
    let total = max(1, running.cell.generationCount)
    let filled = min(20, 20 * running.generations / total)
    return "[" + String(repeating: "#", count: filled)
      + String(repeating: ".", count: 20 - filled) + "] "
      + "\(FilePath.printable(Array(running.cell.cell.title.utf8))), "
      + "\(running.generations) of \(total) generations, \(DurationText.short(running.seconds))"
  }

  private static func summary(_ progress: StudyProgress) -> String {
    var parts = ["\(progress.done) of \(progress.total) cells done"]
    if progress.failed > 0 { parts.append("\(progress.failed) failed") }
    if !progress.running.isEmpty { parts.append("\(progress.running.count) running") }
    if progress.elsewhere > 0 { parts.append("\(progress.elsewhere) in other processes") }
    if let left = progress.secondsLeft, left >= 1 {
      parts.append("about \(DurationText.short(left)) left")
    }
    return parts.joined(separator: ", ")
  }
}
