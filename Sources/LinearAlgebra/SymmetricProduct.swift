import COpenBLAS
import Foundation
import Synchronization

/// The product of a symmetric matrix, given by the lower triangle of the columns of another from `first` on,
/// with a vector, in two parts of equal work.
struct SymmetricProduct: Sendable {
  /// Column-major, of `order` columns.
  let matrix: [Double]
  let order: Int
  let first: Int
  let vector: [Double]

  /// The columns that are read twice at once, while they lie in the cache.
  private static let columnsAtOnce = 24

  private var half: Int { vector.count / 2 }

  /// What the two halves along the diagonal give (`dsymv`).
  func diagonalPart() -> [Double] {
    unsafe filled { a, x, y in
      for range in [0..<half, half..<vector.count] {
        unsafe BLAS.multiply(
          lowerTriangle: a + range.lowerBound * (order + 1), order: range.count, stride: order,
          x + range.lowerBound, into: y + range.lowerBound)
      }
    }
  }

  /// What the rectangle below the first half, which is also the one beside it, gives (`dgemv`).
  func otherPart() -> [Double] {
    unsafe filled { a, x, y in
      for columns in Parallelism.blocks(of: half, size: Self.columnsAtOnce) {
        let part = unsafe a + columns.lowerBound * order + half
        unsafe BLAS.addProduct(
          CblasTrans, rows: vector.count - half, columns: columns.count, alpha: 1, part,
          stride: order, x + half, step: 1, beta: 0, into: y + columns.lowerBound)
        unsafe BLAS.addProduct(
          CblasNoTrans, rows: vector.count - half, columns: columns.count, alpha: 1, part,
          stride: order, x + columns.lowerBound, step: 1, beta: 1, into: y + half)
      }
    }
  }

  private func filled(
    _ body: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    var product = [Double](repeating: 0, count: vector.count)
    unsafe matrix.withUnsafeBufferPointer { a in
      unsafe vector.withUnsafeBufferPointer { x in
        unsafe product.withUnsafeMutableBufferPointer { y in
          guard let a = a.baseAddress, let x = x.baseAddress, let y = y.baseAddress else { return }
          unsafe body(a + first * (order + 1), x, y)
        }
      }
    }
    return product
  }
}

/// Products one after another, a part of which another thread makes where one has come to help.
///
/// They follow each other by fractions of a millisecond, and a thread that sleeps takes a good part of that to
/// wake up. So the helper stays and asks for the next, as the caller asks for the part that is being made:
/// for as long as products are made, both keep their processors busy even while they wait, and let others have
/// them only now and then. Who makes a part changes nothing in it.
final class SymmetricProductHelp: Sendable {
  private enum State: Int, AtomicRepresentable {
    /// Nothing is to be done.
    case idle
    case offered
    case taken
    case made
    /// There will be no further product.
    case over
  }

  private let state = Atomic<State>(.idle)
  private let offered = Mutex<SymmetricProduct?>(nil)
  private let made = Mutex<[Double]>([])

  /// The rounds that a thread waits before it lets others have its processor.
  private static let patience = 4096

  /// Returns a product.
  func product(_ product: SymmetricProduct) -> [Double] {
    offered.withLock { $0 = product }
    state.store(.offered, ordering: .releasing)
    let diagonal = product.diagonalPart()
    if !takeAndMake() { wait { $0 == .made } }
    state.store(.idle, ordering: .relaxed)
    return made.withLock { other in zip(diagonal, other).map { $0 + $1 } }
  }

  /// Says that there will be no further product.
  func end() { state.store(.over, ordering: .releasing) }

  /// Helps until the end.
  func give() {
    while wait(until: { $0 == .offered || $0 == .over }) == .offered { _ = takeAndMake() }
  }

  /// Makes the part that is on offer, unless another thread has taken it.
  private func takeAndMake() -> Bool {
    guard
      state.compareExchange(
        expected: .offered, desired: .taken, ordering: .acquiring
      ).exchanged
    else { return false }
    // The reference to the matrix is let go before the product is said to be made: whoever writes into the
    // matrix then is its only owner, and copies nothing.
    guard let part = offered.withLock({ $0.take()?.otherPart() }) else {
      preconditionFailure("what is on offer was taken already")
    }
    made.withLock { $0 = part }
    state.store(.made, ordering: .releasing)
    return true
  }

  @discardableResult
  private func wait(until isDone: (State) -> Bool) -> State {
    var rounds = 0
    while true {
      let current = state.load(ordering: .acquiring)
      if isDone(current) { return current }
      rounds += 1
      if rounds % Self.patience == 0 { sched_yield() }
    }
  }
}
