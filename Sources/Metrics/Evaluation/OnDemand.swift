import Synchronization

/// A value that is computed when it is first asked for, and once, whoever asks for it.
///
/// What it holds is a pure function of what it was made from: which thread asks first changes nothing.
/// Once it is known, what it was made from is let go of.
final class OnDemand<Value: Sendable>: Sendable {
  private enum State {
    case pending(@Sendable () -> Value)
    case known(Value)
  }

  private let state: Mutex<State>

  init(_ compute: @escaping @Sendable () -> Value) {
    state = Mutex(.pending(compute))
  }

  var value: Value {
    state.withLock { state in
      switch state {
      case .known(let value): return value
      case .pending(let compute):
        let value = compute()
        state = .known(value)
        return value
      }
    }
  }
}
