import Foundation
import Synchronization
import Testing

@testable import LinearAlgebra

/// Serialised, because the thread count is the process's.
@Suite("Parallelism", .serialized)
struct ParallelismTests {
  /// Runs `body` with this many threads.
  private func with<Result>(threads: Int, _ body: () throws -> Result) rethrows -> Result {
    let before = Parallelism.threads
    Parallelism.threads = threads
    defer { Parallelism.threads = before }
    return try body()
  }

  @Test("Every task runs once, and results come in the order of the tasks", arguments: [1, 2, 5])
  func order(threads: Int) {
    with(threads: threads) {
      #expect(Parallelism.map(1000) { $0 * $0 } == (0..<1000).map { $0 * $0 })
      #expect(Parallelism.map(0) { $0 }.isEmpty)
      let counts = Mutex(Array(repeating: 0, count: 500))
      Parallelism.forEach(500) { index in counts.withLock { $0[index] += 1 } }
      #expect(counts.withLock { $0 }.allSatisfy { $0 == 1 })
    }
  }

  @Test(
    "Two computations side by side give both results, and cut up their own work",
    arguments: [1, 2, 3])
  func both(threads: Int) {
    with(threads: threads) {
      let (squares, text) = Parallelism.both {
        Parallelism.map(500) { $0 * $0 }
      } _: {
        Parallelism.map(3) { "\($0)" }.joined()
      }
      #expect(squares == (0..<500).map { $0 * $0 })
      #expect(text == "012")
      #expect(Parallelism.map(9) { $0 } == Array(0..<9))
    }
  }

  @Test("Tasks may start tasks")
  func nesting() {
    with(threads: 2) {
      let sums = Parallelism.map(8) { outer in
        Parallelism.map(8) { outer * $0 }.reduce(0, +)
      }
      #expect(sums == (0..<8).map { $0 * 28 })
    }
  }

  @Test("A loop gets the help of threads that become free while it runs")
  func lateHelp() {
    with(threads: 2) {
      let helped = Mutex(Set<UInt>())
      // The second task is over at once; its thread goes to help with the first.
      Parallelism.forEach(2) { outer in
        guard outer == 0 else { return }
        Parallelism.forEach(400) { _ in
          usleep(500)
          _ = helped.withLock { $0.insert(UInt(pthread_self())) }
        }
      }
      #expect(helped.withLock { $0.count } >= 2)
    }
  }

  @Test("Loops within loops end, however many there are")
  func manyLoops() {
    with(threads: 3) {
      let total = Mutex(0)
      for _ in 0..<200 {
        Parallelism.forEach(7) { outer in
          Parallelism.forEach(outer) { _ in
            let (a, b) = Parallelism.both {
              Parallelism.map(3) { $0 }
            } _: {
              Parallelism.map(3) { $0 }
            }
            total.withLock { $0 += (a + b).reduce(0, +) }
          }
        }
      }
      #expect(total.withLock { $0 } == 200 * 21 * 6)
    }
  }

  @Test("Blocks cover a range without gaps, the last one shorter")
  func blocks() {
    #expect(Parallelism.blocks(of: 10, size: 4) == [0..<4, 4..<8, 8..<10])
    #expect(Parallelism.blocks(of: 8, size: 4) == [0..<4, 4..<8])
    #expect(Parallelism.blocks(of: 0, size: 4).isEmpty)
  }

  @Test("At least one thread is used")
  func leastThreads() {
    with(threads: -3) { #expect(Parallelism.threads == 1) }
  }

  /// All numbers of a reduction.
  private func bits(_ form: TridiagonalForm) -> [[UInt64]] {
    [form.diagonal, form.besideDiagonal, form.reflectors, form.scales].map { $0.map(\.bitPattern) }
  }

  @Test("One thread and several give the same bytes")
  func sameBytes() throws {
    let a = randomMatrix(5000, 40)
    let b = randomMatrix(40, 70, seed: 2)
    let wide = randomMatrix(600, 530)
    func results() throws -> [[UInt64]] {
      let eigen = try a.gram().symmetricEigen()
      return [
        a.times(b), a.times(transposeOf: a.rows(0..<300)), a.transposedTimes(a), a.gram(),
        wide.transposedTimes(wide), wide.gram(), wide.outerGram(), eigen.vectors,
        StreamingMoments(of: a).covariance(ddof: 1), try a.orthonormalColumns(),
        try wide.gram().symmetricEigen(largest: 20).vectors,
        try a.singularValueDecomposition().u, a.transposed(),
        a.scalingColumns(Array(repeating: 0.3, count: 40)),
        Matrix(rowCount: 1, columnCount: 40, elements: a.columnMeans()),
      ].map { $0.elements.map(\.bitPattern) } + bits(try wide.gram().tridiagonalForm())
    }
    let one = try with(threads: 1, results)
    for threads in [2, 3, 8] { #expect(try with(threads: threads, results) == one) }
  }
  @Test("Reductions side by side, with threads that help or not, give the same bytes")
  func sameReductions() throws {
    let matrices = (1...6).map { randomMatrix(610, 600, seed: $0).gram() }
    func reductions() throws -> [[[UInt64]]] {
      try Parallelism.map(matrices.count) { index in
        Result { bits(try matrices[index].tridiagonalForm()) }
      }.map { try $0.get() }
    }
    let one = try with(threads: 1, reductions)
    for threads in [2, 3] { #expect(try with(threads: threads, reductions) == one) }
  }
}
