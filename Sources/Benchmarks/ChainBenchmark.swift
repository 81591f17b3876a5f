import Foundation
import Generators
import LinearAlgebra
import Recursion

/// Many short loops of one Gaussian in one dimension, as `genloss validate` runs them.
enum ChainBenchmark {
  private static let (chains, fits, samples) = (2000, 40, 50)

  /// Runs the chains side by side and prints the time of a fit and a draw.
  static func run() throws {
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
    func text(_ value: Double, _ digits: Int) -> String {
      value.formatted(.number.precision(.fractionLength(digits)).grouping(.never))
    }
    print(
      "\(chains) chains × \(fits) fits, d = 1, n = \(samples), \(Parallelism.threads) threads: "
        + "\(text(wall, 2)) s, \(text(cpuSeconds, 2)) CPU-s, "
        + "\(text(1e6 * cpuSeconds / Double(chains * fits), 1)) CPU-µs a fit and draw; "
        + "mean variance \(text(sum / Double(chains), 4))")
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
