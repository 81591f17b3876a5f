import Foundation
import LinearAlgebra
import Metrics
import Randomness

/// The metrics at the sizes at which papers report them, from features, on one thread and on two, beside
/// what the field's packages take for the same.
struct DistanceBenchmark {
  /// A metric at one size.
  private struct Case {
    let title: String
    let dimension: Int

    /// The seconds of a package on one thread of the same kind of processor, and its name.
    var peer: (seconds: Double, name: String)?

    /// The operations of its matrix products, and their precision: what they would take at the rate of one
    /// large product is the least that a computation without short cuts can.
    let flop: Double
    let precision: Stopwatch.Precision
    let body: @Sendable (_ real: Matrix, _ generated: Matrix) throws -> Void
  }

  /// The samples of each set.
  let count: Int

  /// The repeats of which the median is taken.
  private static let repeats = 3

  /// Times all cases whose titles begin so, and prints a table.
  func run(dimensions: [Int], only beginning: String) throws {
    let threads = Parallelism.threads
    defer { Parallelism.threads = threads }
    Parallelism.threads = 1
    let rates = Stopwatch.rates()
    print(
      "kernels \(blasKernelName), N = M = \(count); sgemm "
        + "\(text(rates[.single] ?? 0, 0)), dgemm \(text(rates[.double] ?? 0, 0)) GFLOP/CPU-s")
    print(
      line(
        "metric", "1 thread, s", "CPU-s", "2 threads, s", "speed-up", "product, s", "peer, s"))
    for dimension in dimensions {
      let real = Self.samples(count, dimension, seed: 1)
      let generated = Self.samples(count, dimension, seed: 2)
      for item in cases(dimension) where item.title.hasPrefix(beginning) {
        Parallelism.threads = 1
        let alone = try Self.median { try item.body(real, generated) }
        Parallelism.threads = 2
        let together = try Self.median { try item.body(real, generated) }
        print(
          line(
            "\(item.title), d = \(dimension)", text(alone.wall, 2), text(alone.cpu, 2),
            text(together.wall, 2), text(alone.wall / together.wall, 2),
            rates[item.precision].map { text(item.flop / $0 / 1e9, 2) } ?? "",
            item.peer.map { "\(text($0.seconds, 1)) \($0.name)" } ?? ""))
      }
    }
  }

  private func cases(_ d: Int) -> [Case] {
    let (n, width) = (Double(count), Double(d))
    // Half of the pairs within each set, and all between them.
    let pairs = 2 * n * n
    let atThisSize = count == 10_000
    func peer(_ seconds: [Int: Double], _ name: String) -> (seconds: Double, name: String)? {
      atThisSize ? seconds[d].map { ($0, name) } : nil
    }
    let moments = 2 * n * width * width
    return [
      Case(
        title: "neighbours, k = 3 and 5", dimension: d,
        peer: peer([192: 9.1, 768: 19.2, 2048: 36.4], "prdc, k = 5"), flop: 2 * pairs * width,
        precision: .single
      ) { _ = try NeighbourMetrics.compute(real: $0, generated: $1, ks: [3, 5]) },
      Case(
        title: "Fréchet distance", dimension: d, peer: peer([2048: 18.7], "pytorch-fid"),
        flop: moments + 3 * pow(width, 3), precision: .double
      ) {
        _ = try frechetDistance(
          real: SampleStatistics(of: $0), generated: SampleStatistics(of: $1, as: .generated))
      },
      Case(
        title: "Fréchet distance and error", dimension: d,
        flop: moments + 3 * pow(width, 3), precision: .double
      ) { _ = try frechetDistanceStandardError(real: $0, generated: $1) },
      Case(
        title: "kernel distance, all pairs", dimension: d,
        peer: peer([192: 2.7, 768: 3.7, 2048: 9.0], "torch-fidelity, 100 subsets"),
        flop: 2 * pairs * width, precision: .single
      ) { _ = try kernelDistance(real: $0, generated: $1) },
      Case(
        title: "energy distance", dimension: d, flop: 2 * pairs * width, precision: .double
      ) { _ = try energyDistance(real: $0, generated: $1) },
      Case(
        title: "sliced, 256 directions", dimension: d,
        peer: peer([192: 1.6, 768: 1.7, 2048: 1.9], "POT"), flop: 1024 * n * width,
        precision: .double
      ) {
        _ = try slicedWasserstein(
          real: $0, generated: $1,
          directions: randomDirections(count: 256, dimension: $0.columnCount))
      },
    ]
  }

  /// Measures everything that `genloss measure` does with two sets of features, once, on two threads.
  static func everything(count: Int, dimension: Int) throws {
    Parallelism.threads = 2
    let real = samples(count, dimension, seed: 1)
    let generated = samples(count, dimension, seed: 2)
    let before = ResidentMemory.now
    let cpu = clock()
    var values: [MeasuredValue] = []
    let wall = try ContinuousClock().measure {
      let metrics = Set(MeasuredMetric.allCases.filter { $0 != .spectrumDistance })
      let reference = try MeasuredReference(
        real: RowSource(real), space: "vector", spaceFingerprint: "",
        settings: MeasureSettings(metrics: metrics))
      values = try reference.measure(RowSource(generated))
    }
    let seconds = Double(clock() - cpu) / Double(CLOCKS_PER_SEC)
    print(
      "everything, N = M = \(count), d = \(dimension), 2 threads: "
        + "\(text(wall / .seconds(1), 1)) s, \(text(seconds, 1)) CPU-s, \(values.count) values, "
        + "peak \(ResidentMemory.peak) MB, \(before) MB of it before")
  }

  /// Normal features whose variances fall with their rank, as single-precision files hold them.
  private static func samples(_ count: Int, _ dimension: Int, seed: UInt64) -> Matrix {
    Matrix(rowCount: count, columnCount: dimension, tileRows: 64) { rows, out in
      for (position, row) in rows.enumerated() {
        var stream = RandomStream(seed: seed, purpose: "benchmark", sample: row)
        for (column, value) in stream.normals(dimension).enumerated() {
          let scale = 1 / Double(1 + column).squareRoot()
          out[position * dimension + column] = Double(Float(scale * value))
        }
      }
    }
  }

  private static func median(_ body: () throws -> Void) rethrows -> (wall: Double, cpu: Double) {
    var (walls, cpus): ([Double], [Double]) = ([], [])
    for _ in 0..<repeats {
      let cpu = clock()
      walls.append(try ContinuousClock().measure { try body() } / .seconds(1))
      cpus.append(Double(clock() - cpu) / Double(CLOCKS_PER_SEC))
    }
    return (walls.sorted()[repeats / 2], cpus.sorted()[repeats / 2])
  }

  private func line(_ title: String, _ columns: String...) -> String {
    title.padding(toLength: max(42, title.count), withPad: " ", startingAt: 0)
      + columns.map { String(repeating: " ", count: max(1, 14 - $0.count)) + $0 }.joined()
  }
}

private func text(_ value: Double, _ digits: Int) -> String {
  value.formatted(.number.precision(.fractionLength(digits)).grouping(.never))
}
