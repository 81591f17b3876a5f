import Foundation
import GenerationLoss
import Recursion
import Synchronization

/// Tells on standard error how far a run is: one line that is rewritten on a terminal, elsewhere a
/// line at most every 10 seconds.
final class RunProgress: Sendable {
  private let global: GlobalOptions
  private let lastLine = Mutex<Date>(.distantPast)

  init(global: GlobalOptions) {
    self.global = global
  }

  /// Shows an event.
  func show(_ event: RunEvent) {
    guard !global.quiet else { return }
    switch event {
    case .prepared(let training, let heldOut, let features, let note):
      line(
        "\(training) real samples to train on, \(heldOut) held out, \(features) for feature spaces"
          + (note.isEmpty ? "" : " (\(note))"))
    case .computingNullBands: passing("measuring real pictures against real pictures")
    case .resuming(let generation): line("continuing after generation \(generation)")
    case .finished(let generation, let total, let isControl, let measurements):
      passing(
        "\(isControl ? "control, " : "")generation \(generation) of \(total)"
          + ": " + Headline(measurements).text.joined(separator: ", "),
        bar: Double(generation) / Double(max(1, total)))
    case .drawing: passing("drawing the pictures")
    case .warning(let text): line("warning: \(text)")
    }
  }

  /// Ends the line that was rewritten.
  func finish() {
    if isLive { erase() }
  }

  private var isLive: Bool { Console.errorIsTerminal && !global.quiet }

  /// A message that stays.
  private func line(_ text: String) {
    if isLive { erase() }
    Console.message(text)
  }

  /// A message that the next one replaces.
  private func passing(_ text: String, bar share: Double? = nil) {
    if isLive {
      let filled = Int((share ?? 0) * 20)
      let bar =
        share == nil
        ? ""
        : "[" + String(repeating: "#", count: filled)
          + String(repeating: ".", count: 20 - filled) + "] "
      erase()
      Console.rewrite(bar + text)
    } else {
      let due = lastLine.withLock { last in
        guard -last.timeIntervalSinceNow >= 10 else { return false }
        last = Date()
        return true
      }
      if due || global.verbose { Console.message(text) }
    }
  }

  private func erase() {
    Console.rewrite("\r\u{1B}[K")
  }
}
