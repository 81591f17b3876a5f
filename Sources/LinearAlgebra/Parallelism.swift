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

  /// Whether a computation is being shared among threads.
  private static let isParallel = Atomic<Bool>(false)

  /// The number of processors that this process may run on: its affinity mask, not the host's count.
  public static let processorCount = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// The number of threads in use: at least 1; the number of processors unless set.
  public static var threads: Int {
    get { limit.load(ordering: .relaxed) }
    set { limit.store(max(1, newValue), ordering: .relaxed) }
  }

  /// Calls `body` once for every index in `0..<count`, on up to ``threads`` threads, and waits.
  ///
  /// Tasks start in index order; nothing else is promised about their order.
  public static func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    let workers = min(threads, count)
    // Inside a task of a parallel computation all threads are busy: cutting its work up as well would
    // cost and gain nothing.
    guard workers > 1, !isParallel.exchange(true, ordering: .relaxed) else {
      for index in 0..<count { body(index) }
      return
    }
    defer { isParallel.store(false, ordering: .relaxed) }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        body(index)
      }
    }
  }

  /// Returns `body(0), body(1) …` in index order, computed on up to ``threads`` threads.
  public static func map<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
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
