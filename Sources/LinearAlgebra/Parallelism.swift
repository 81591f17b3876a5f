import Dispatch
import Foundation
import Synchronization

/// How much of the machine the numeric code may use.
///
/// Work is cut into tasks whose number and borders depend on the data alone, never on the number of
/// threads, and results are put together in the order of the tasks. So the thread count changes the
/// time that a computation takes and not one bit of its result.
public enum Parallelism {
  private static let limit = Atomic<Int>(processorCount)

  /// The threads that are computing, the callers' own among them.
  ///
  /// It keeps a computation that is itself a part of one from being cut up where no thread is free.
  private static let busy = Atomic<Int>(1)

  /// The number of processors that this process may run on: its affinity mask, not the host's count.
  public static let processorCount = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// The number of threads in use: at least 1; the number of processors unless set.
  public static var threads: Int {
    get { limit.load(ordering: .relaxed) }
    set { limit.store(max(1, newValue), ordering: .relaxed) }
  }

  /// Calls `body` once for every index in `0..<count`, on up to ``threads`` threads, and waits.
  ///
  /// Tasks start in index order; nothing else is promised about their order. A thread that becomes free
  /// while the tasks run, since its own work has ended, takes some of them.
  public static func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 1, threads > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      let tasks = TaskQueue(count, body)
      tasks.work()
      // A thread that waits is free for what goes on inside another's task.
      busy.subtract(1, ordering: .relaxed)
      tasks.helpers.wait()
      busy.add(1, ordering: .relaxed)
    }
  }

  /// The tasks of one loop, and the threads that came to help with them.
  private final class TaskQueue: Sendable {
    let helpers = DispatchGroup()
    private let count: Int
    private let body: @Sendable (Int) -> Void
    private let next = Atomic<Int>(0)

    init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
      self.count = count
      self.body = body
    }

    /// Does what is left to do, and calls for help where a thread is free.
    func work() {
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        if index + 1 < count, reserve(1) > 0 {
          Parallelism.start(in: helpers) { self.work() }
        }
        body(index)
      }
    }
  }

  /// Returns the results of two computations, made side by side where a thread is free.
  ///
  /// The first is made on the calling thread.
  public static func both<First, Second: Sendable>(
    _ first: () -> First, _ second: @escaping @Sendable () -> Second
  ) -> (First, Second) {
    guard reserve(1) > 0 else { return (first(), second()) }
    let result = Mutex<Second?>(nil)
    let group = DispatchGroup()
    start(in: group) {
      let value = second()
      result.withLock { $0 = value }
    }
    let value = first()
    // A thread that waits is free for what goes on inside the other computation.
    busy.subtract(1, ordering: .relaxed)
    group.wait()
    busy.add(1, ordering: .relaxed)
    guard let other = result.withLock({ $0 }) else {
      preconditionFailure("both computations have been made")
    }
    return (value, other)
  }

  /// Starts a computation on a thread that was reserved for it.
  ///
  /// It has a serial queue of its own, which gets a thread at once: the pool of the concurrent queues has as
  /// many threads as there are processors, and counts those that only wait.
  private static func start(in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
    DispatchQueue(label: "parallelism").async(group: group) {
      body()
      busy.subtract(1, ordering: .relaxed)
    }
  }

  /// Takes up to `count` of the threads that are free.
  private static func reserve(_ count: Int) -> Int {
    var current = busy.load(ordering: .relaxed)
    while true {
      let taken = min(threads - current, count)
      guard taken > 0 else { return 0 }
      let (exchanged, original) = busy.compareExchange(
        expected: current, desired: current + taken, ordering: .relaxed)
      if exchanged { return taken }
      current = original
    }
  }

  /// Returns `body(0), body(1) …` in index order, computed on up to ``threads`` threads.
  public static func map<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    if count == 1 { return [body(0)] }
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    forEach(count) { index in
      let result = body(index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// Cuts `0..<count` into ranges of `size` (the last one shorter), independent of the threads.
  public static func blocks(of count: Int, size: Int) -> [Range<Int>] {
    precondition(size > 0, "a block needs a positive size, not \(size)")
    return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }
}
