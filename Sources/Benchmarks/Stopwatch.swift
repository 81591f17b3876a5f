import Foundation
import LinearAlgebra

/// Times operations: the median of repeats, wall and processor time of the whole process.
struct Stopwatch {
  /// The precision of a product.
  enum Precision: String {
    case single = "sgemm"
    case double = "dgemm"
  }

  /// The rates of one large matrix product on one processor, in GFLOP for each second of its time.
  private let references: [Precision: Double]

  /// The fewest seconds that the repeats of an operation take together.
  private static let leastSeconds = 1.0

  /// The fewest repeats, so that a median means something.
  private static let leastRepeats = 5

  /// Measures the references and prints the head of the table.
  init() {
    references = Self.rates()
    print("kernels \(blasKernelName), \(Parallelism.threads) threads")
    print(Self.line("operation", "wall ms", "CPU ms", "GFLOP/CPU-s", "of one gemm"))
    for precision in [Precision.double, .single] {
      let rate = references[precision] ?? .nan
      print(
        Self.line(
          "\(precision.rawValue) \(Self.order)×\(Self.order)", "",
          Self.text(1e3 * Self.productFlop / rate / 1e9, 1), Self.text(rate, 1), "100 %"))
    }
  }

  /// The order of the matrices whose product is the reference, and its operations.
  private static let order = 2048
  private static let productFlop = 2 * pow(Double(order), 3)

  /// Returns the rates of one large matrix product in both precisions, in GFLOP for each second of
  /// processor time.
  static func rates() -> [Precision: Double] {
    let matrix = Matrix(rowCount: order, columnCount: order, repeating: 1.25)
    let single = FloatMatrix(matrix)
    return [
      .double: productFlop / median { matrix.times(matrix) }.cpu / 1e9,
      .single: productFlop / median { single.times(single) }.cpu / 1e9,
    ]
  }

  /// Times an operation and prints its line.
  ///
  /// - Parameters:
  ///   - title: The operation and its size.
  ///   - flop: Its floating-point operations in matrix products, where they can be counted.
  ///   - precision: That of the products.
  ///   - body: The operation; what it returns is not optimised away.
  func time<Result>(
    _ title: String, flop: Double? = nil, precision: Precision = .double,
    _ body: () throws -> Result
  ) rethrows {
    let (wall, cpu) = try Self.median(body)
    report(title, wall: wall, cpu: cpu, flop: flop, precision: precision)
  }

  private func report(
    _ title: String, wall: Double, cpu: Double, flop: Double?, precision: Precision
  ) {
    let rate = flop.map { $0 / cpu / 1e9 }
    print(
      Self.line(
        title, Self.text(1e3 * wall, 1), Self.text(1e3 * cpu, 1),
        rate.map { Self.text($0, 1) } ?? "",
        rate.map { Self.text(100 * $0 / (references[precision] ?? .nan), 0) + " %" } ?? ""))
  }

  private static func text(_ value: Double, _ digits: Int) -> String {
    value.formatted(.number.precision(.fractionLength(digits)).grouping(.never))
  }

  private static func line(_ title: String, _ columns: String...) -> String {
    title.padding(toLength: max(58, title.count), withPad: " ", startingAt: 0)
      + columns.map { String(repeating: " ", count: max(1, 12 - $0.count)) + $0 }.joined()
  }

  /// The medians of wall and processor seconds, after one call that warms the caches.
  private static func median<Result>(
    _ body: () throws -> Result
  ) rethrows -> (wall: Double, cpu: Double) {
    blackHole(try body())
    let clock = ContinuousClock()
    let start = clock.now
    var (walls, cpus): ([Double], [Double]) = ([], [])
    while walls.count < leastRepeats || start.duration(to: clock.now) / .seconds(1) < leastSeconds {
      let cpu = Foundation.clock()
      walls.append(try clock.measure { blackHole(try body()) } / .seconds(1))
      cpus.append(Double(Foundation.clock() - cpu) / Double(CLOCKS_PER_SEC))
    }
    return (walls.sorted()[walls.count / 2], cpus.sorted()[cpus.count / 2])
  }
}

/// Keeps the optimiser from removing a computation whose result nobody reads.
@inline(never)
private func blackHole<Value>(_ value: Value) {}
