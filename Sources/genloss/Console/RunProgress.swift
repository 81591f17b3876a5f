import GenerationLoss
import Recursion
import Storage
import Synchronization
import SystemPackage

/// Tells on standard error how far a run is.
final class RunProgress: Sendable {
  private let global: GlobalOptions
  private let folder: FilePath
  private let passing: PassingLine

  /// The generations of the strategy's own loop that are whole on the disk.
  private let whole: Mutex<Int>

  init(global: GlobalOptions, folder: FilePath) {
    self.global = global
    self.folder = folder
    passing = PassingLine(global: global)
    whole = Mutex(Self.stored(in: folder))
  }

  /// The generations of a run that is gone on with: their samples are read before the first event.
  private static func stored(in folder: FilePath) -> Int {
    let names = (try? FileStore.names(in: folder.appending("generations"))) ?? []
    return names.count { !$0.string.hasPrefix(FileStore.temporaryPrefix) }
  }

  /// Shows an event.
  func show(_ event: RunEvent) {
    switch event {
    case .prepared(let training, let heldOut, let features, let note):
      line(
        "\(training) real samples to train on, \(heldOut) held out, \(features) for feature spaces"
          + (note.isEmpty ? "" : " (\(note))"))
    case .computingNullBands: passing.show("measuring real samples against real samples")
    case .waiting: passing.show("waiting for another run that computes the same")
    case .resuming(let generation):
      whole.withLock { $0 = generation + 1 }
      line("continuing after generation \(generation)")
    case .finished(let generation, let total, let isControl, let measurements):
      if !isControl { whole.withLock { $0 = generation + 1 } }
      passing.show(
        Self.bar(Double(generation) / Double(max(1, total)))
          + "\(isControl ? "control, " : "")generation \(generation) of \(total)"
          + ": " + Headline(measurements).text.joined(separator: ", "))
    case .twinFinished(let generation, let total, let carry, let measurements):
      passing.show(
        Self.bar(Double(generation) / Double(max(1, total)))
          + "twin (\(carry)), generation \(generation) of \(total): "
          + Headline(measurements).text.joined(separator: ", "))
    case .drawing: passing.show("drawing the pictures")
    case .warning(let text): line(text, label: StyledStream.errors(.yellow, "warning:") + " ")
    }
  }

  /// What is kept if the run stops now, in a sentence.
  var kept: String {
    switch whole.withLock({ $0 }) {
    case 0: "no generation is whole yet; the same command starts again."
    case 1: "generation 0 is kept in \(folder.printable), and the same command goes on after it."
    case let count:
      "generations 0 to \(count - 1) are kept in \(folder.printable), and the same command goes on "
        + "after them."
    }
  }

  /// A message that stays.
  private func line(_ text: String, label: String = "") {
    if !global.quiet { Console.message(text, label: label) }
  }

  private static func bar(_ share: Double) -> String {
    guard Console.errorIsTerminal else { return "" }
    let filled = Int(share * 20)
    return "[" + String(repeating: "#", count: filled)
      + String(repeating: ".", count: 20 - filled) + "] "
  }
}
