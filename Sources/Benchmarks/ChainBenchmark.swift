import Foundation
import Generators
import LinearAlgebra
import Recursion

/// Loops on numbers: many short ones of one Gaussian in one dimension, as `genloss validate` runs them,
/// and the part of longer ones that is neither fit nor draw.
enum ChainBenchmark {
  private static let (chains, fits, samples) = (2000, 40, 50)

  /// Prints both.
  static func run() throws {
    try runChains()
    for (generator, dimension) in [
      (GaussianGenerator(), 4), (GaussianGenerator(), 64),
      (try GaussianMixtureGenerator(components: 5), 16),
    ] as [(any Generator, Int)] {
      try measureOverhead(of: generator, dimension: dimension)
    }
  }

  /// Runs one loop of 1000 samples on one thread and prints what the loop itself took.
  private static func measureOverhead(of generator: any Generator, dimension: Int) throws {
    let threads = Parallelism.threads
    Parallelism.threads = 1
    defer { Parallelism.threads = threads }
    let clock = TimedGenerator.Clock()
    let law = GaussianLaw(dimension: dimension, seed: 1)
    let chain = try Chain(
      generator: TimedGenerator(base: generator, clock: clock), strategy: "replace",
      original: law.samples(0..<1000), fresh: .endless(law, from: 1000), seed: 1)
    let cpu = Foundation.clock()
    let wall =
      try ContinuousClock().measure { try chain.run(fits: 50) { _ in true } }
      / .seconds(1)
    let cpuSeconds = Double(Foundation.clock() - cpu) / Double(CLOCKS_PER_SEC)
    print(
      "replace, \(generator.name), d = \(dimension), n = 1000: a generation takes "
        + "\(text(1e3 * wall / 50, 2)) ms, \(text(1e3 * cpuSeconds / 50, 2)) CPU-ms, of which the loop "
        + "itself \(text(100 * (1 - clock.seconds / wall), 1)) %")
  }

  /// Runs the chains side by side and prints the time of a fit and a draw.
  private static func runChains() throws {
    let clock = ContinuousClock()
    let cpu = Foundation.clock()
    let start = clock.now
    let outcomes = Parallelism.map(chains) { index in
      Result { try variance(seed: UInt64(index) + 1) }
    }
    let wall = start.duration(to: clock.now) / .seconds(1)
    let cpuSeconds = Double(Foundation.clock() - cpu) / Double(CLOCKS_PER_SEC)
    var sum = 0.0
    for outcome in outcomes { sum += try outcome.get() }
    print(
      "\(chains) chains × \(fits) fits, d = 1, n = \(samples), \(Parallelism.threads) threads: "
        + "\(text(wall, 2)) s, \(text(cpuSeconds, 2)) CPU-s, "
        + "\(text(1e6 * cpuSeconds / Double(chains * fits), 1)) CPU-µs a fit and draw; "
        + "mean variance \(text(sum / Double(chains), 4))")
  }

  private static func text(_ value: Double, _ digits: Int) -> String {
    value.formatted(.number.precision(.fractionLength(digits)).grouping(.never))
  }

  /// The variance of the last model.
  private static func variance(seed: UInt64) throws -> Double {
    let law = GaussianLaw(dimension: 1, seed: seed)
    let chain = try Chain(
      generator: GaussianGenerator(), strategy: "replace", original: law.samples(0..<samples),
      fresh: .endless(law, from: samples), seed: seed)
    var variance = 0.0
    try chain.run(fits: fits) { generation in
      variance = generation.model.totalVariance
      return true
    }
    return variance
  }
}
