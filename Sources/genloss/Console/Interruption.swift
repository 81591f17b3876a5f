import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// The wish of a user, a terminal or a batch system that the command stop: SIGINT, SIGTERM, SIGHUP.
///
/// Whatever is on the disk is whole at every moment, so the first signal only asks, and the command
/// ends at its next safe point. Where that takes longer than ``patience`` the process ends where it
/// is; what it was writing has a temporary name, which the next start sweeps away. A second signal
/// ends it at once.
enum Interruption {
  /// How long the next safe point may take: a second and a half leaves time within the five that
  /// batch systems and people wait.
  private static let patience = DispatchTimeInterval.milliseconds(1500)

  private static let signals: [(number: Int32, name: String, status: ExitStatus)] = [
    (SIGHUP, "SIGHUP", .hangup), (SIGINT, "SIGINT", .interrupted),
    (SIGTERM, "SIGTERM", .terminated),
  ]

  private struct State {
    /// The exit status of the signal that came; `nil` before.
    var wish: ExitStatus?

    /// What is kept, in a sentence; `nil` while there is nothing to keep and no safe point ahead.
    var kept: (@Sendable () -> String)?
  }

  private static let state = Mutex(State())

  /// Serial, with a thread of its own: computations may hold all the others.
  private static let queue = DispatchQueue(label: "signals")

  /// Serial, too.
  private static let words = DispatchQueue(label: "words about signals")

  /// Whether what is to be said has been said.
  private static let told = DispatchGroup()

  /// Lets the words about a signal come out before the command ends, if somebody reads them.
  static func finish() {
    _ = told.wait(timeout: .now() + .milliseconds(500))
  }

  /// Takes the signals from now on, except those that whoever started the command ignores, as `nohup`
  /// does.
  static func listen() {
    for (number, name, status) in signals where !isIgnored(number) {
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        withExtendedLifetime(source) { received(name, status) }
      }
      source.resume()
    }
  }

  /// Says from now on, when a signal comes, what is kept, and waits for the next safe point.
  static func keeping(_ kept: @escaping @Sendable () -> String) {
    state.withLock { $0.kept = kept }
  }

  /// A safe point: what is done is on the disk, and nothing is half done.
  ///
  /// - Throws: The exit status of the signal that came, if one did.
  static func check() throws(ExitStatus) {
    if let wish = state.withLock({ $0.wish }) { throw wish }
  }

  private static func received(_ name: String, _ status: ExitStatus) {
    let (isFirst, kept) = state.withLock { state in
      defer { state.wish = status }
      if state.wish == nil, state.kept != nil { told.enter() }
      return (state.wish == nil, state.kept)
    }
    guard isFirst, let kept else { leave(status) }
    queue.asyncAfter(deadline: .now() + patience) { leave(status) }
    // Words may wait for whoever reads them; neither the deadline nor a second signal does.
    words.async {
      Console.message("genloss: stopping (\(name)): \(kept())")
      told.leave()
    }
  }

  /// Ends the process without the libraries' farewells, which wait for threads that compute.
  private static func leave(_ status: ExitStatus) -> Never {
    _exit(status.rawValue)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(number, nil, &action) == 0 else { return false }
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
