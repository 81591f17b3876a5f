import Foundation
import Synchronization

/// A message that the next one replaces: on a terminal one line that is rewritten, elsewhere a line
/// now and then.
///
/// Elsewhere lines come at least 10 seconds apart, and ever farther apart the longer the command
/// works, so that the log of a night is read in a minute.
final class PassingLine: Sendable {
  private static let leastSeconds = 10.0

  /// The part of the time since the start that passes between two lines.
  private static let share = 0.05

  private let global: GlobalOptions
  private let start = Date()
  private let last = Mutex<Date>(.distantPast)

  init(global: GlobalOptions) {
    self.global = global
  }

  /// Shows a message, perhaps.
  func show(_ text: String) {
    guard !global.quiet else { return }
    if Console.errorIsTerminal {
      Console.live(text)
    } else if global.verbose || isDue {
      Console.message(text)
    }
  }

  private var isDue: Bool {
    last.withLock { last in
      let pause = max(Self.leastSeconds, -start.timeIntervalSinceNow * Self.share)
      guard -last.timeIntervalSinceNow >= pause else { return false }
      last = Date()
      return true
    }
  }
}
