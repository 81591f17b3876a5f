import Foundation
import Randomness
import Testing
import Theory

/// Chains of one-dimensional Gaussians, refitted to their own samples by maximum likelihood.
private struct Simulation {
  /// The mean over chains, and its standard error.
  struct Estimate {
    var sum = 0.0
    var squares = 0.0
    var count = 0.0

    var mean: Double { sum / count }
    var standardError: Double {
      ((squares / count - mean * mean) / (count - 1)).squareRoot()
    }

    mutating func add(_ value: Double) {
      sum += value
      squares += value * value
      count += 1
    }
  }

  var variance: [Estimate]
  var squaredDrift: [Estimate]

  /// Runs `chains` loops on real samples of the standard normal law.
  ///
  /// The training sets are made as
  /// the strategy says, sample by sample, and know nothing of the theory.
  init(_ strategy: StrategyKind, _ sizes: [GenerationSizes], chains: Int) {
    variance = Array(repeating: Estimate(), count: sizes.count)
    squaredDrift = variance
    for chain in 0..<chains {
      var stream = RandomStream(seed: 11, purpose: "test", sample: chain)
      let fixed = stream.normals(sizes.map(\.real).max() ?? 0)
      var (mean, deviation) = (0.0, 1.0)
      var drawn: [Double] = []
      for (generation, size) in sizes.enumerated() {
        let real = size.fresh ? stream.normals(size.real) : Array(fixed.prefix(size.real))
        let keepsAll = strategy == .accumulate || strategy == .accumulateSubsample
        if !keepsAll { drawn = [] }
        drawn += stream.normals(size.synthetic - drawn.count).map { mean + deviation * $0 }
        var training = real + drawn
        if let subsample = size.subsample {
          training = stream.sample(subsample, outOf: training.count).map { training[$0] }
        }
        let n = Double(training.count)
        mean = training.reduce(0, +) / n
        let squares = training.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        deviation = (squares / n).squareRoot()
        variance[generation].add(squares / n)
        squaredDrift[generation].add(mean * mean)
      }
    }
  }
}

@Suite("Theory against simulated loops")
struct SimulatedLoopTests {
  static let cases: [(StrategyKind, [GenerationSizes])] = {
    let first = GenerationSizes(real: 12, synthetic: 0)
    func later(_ sizes: (Int) -> GenerationSizes) -> [GenerationSizes] {
      [first] + (1...7).map(sizes)
    }
    return [
      (.replace, later { _ in GenerationSizes(real: 0, synthetic: 12) }),
      (.replace, later { GenerationSizes(real: 0, synthetic: 5 + 3 * $0) }),
      (.accumulate, later { GenerationSizes(real: 12, synthetic: 12 * $0) }),
      (.accumulate, later { GenerationSizes(real: 12, synthetic: 3 * $0 * $0) }),
      (
        .accumulateSubsample,
        later { GenerationSizes(real: 12, synthetic: 12 * $0, subsample: 12) }
      ),
      (.syntheticAugmentation, later { _ in GenerationSizes(real: 4, synthetic: 8) }),
      (.syntheticAugmentation, later { GenerationSizes(real: 12 - $0, synthetic: 2 + $0) }),
      (.freshData, later { _ in GenerationSizes(real: 4, synthetic: 8, fresh: true) }),
      (.freshData, later { GenerationSizes(real: 3 + $0, synthetic: 9, fresh: true) }),
      (.realOnly, later { _ in GenerationSizes(real: 12, synthetic: 0, fresh: true) }),
      (.refit, later { _ in GenerationSizes(real: 12, synthetic: 0) }),
    ]
  }()

  @Test("Variance and drift are those of the recursion, in every generation", arguments: cases)
  func momentsAgree(strategy: StrategyKind, sizes: [GenerationSizes]) {
    let simulation = Simulation(strategy, sizes, chains: 4000)
    let drifts = expectedMeanDrift(strategy, sizes)
    let shares = expectedVarianceShare(strategy, sizes)
    for generation in sizes.indices {
      let drift = simulation.squaredDrift[generation]
      #expect(abs(drift.mean - drifts[generation]) < 4 * drift.standardError)
      let variance = simulation.variance[generation]
      #expect(abs(variance.mean - shares[generation]) < 4 * variance.standardError)
    }
  }

  @Test("The Fréchet distance rises as predicted, to first order and on the way to its plateau")
  func frechetDistance() {
    let n = 100
    let fits = 120
    let sizes =
      [GenerationSizes(real: n, synthetic: 0)]
      + (1..<fits).map { _ in GenerationSizes(real: 0, synthetic: n) }
    let predicted = expectedFrechetDistance(
      spectrum: [1], .replace, sizes, real: nil, generated: nil)
    // In one dimension the law is known at all times: 2(1 − aᵗ) (A21).
    let a = exp(lgamma(Double(n) / 2) - lgamma(Double(n - 1) / 2)) * (2 / Double(n)).squareRoot()
    for (generation, distance) in predicted.enumerated() {
      let exact = 2 * (1 - pow(a, Double(generation + 1)))
      #expect(abs(distance / exact - 1) < 0.01)
    }
    // First order: C t / n.
    #expect(abs(predicted[0] / (1.5 / Double(n)) - 1) < 0.01)
  }

  @Test("The logarithm of the variance falls by ψ((n−1)/2) − ln(n/2) a fit (A4, A5)")
  func logVariance() {
    let n = 9
    let fits = 6
    var total = 0.0
    var squares = 0.0
    let chains = 3000
    for chain in 0..<chains {
      var stream = RandomStream(seed: 12, purpose: "test", sample: chain)
      var logVariance = 0.0
      for _ in 0..<fits {
        let samples = stream.normals(n)
        let mean = samples.reduce(0, +) / Double(n)
        logVariance += log(samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n))
      }
      total += logVariance
      squares += logVariance * logVariance
    }
    let mean = total / Double(chains)
    let variance = squares / Double(chains) - mean * mean
    let expectedVariance = Double(fits) * logVarianceStepVariance(sampleCount: n)
    #expect(
      abs(mean - Double(fits) * expectedLogVarianceStep(sampleCount: n))
        < 4 * (expectedVariance / Double(chains)).squareRoot())
    // The fourth moment of a sum of six is near the normal one: the error of a variance is √(2/R).
    #expect(abs(variance / expectedVariance - 1) < 5 * (2 / Double(chains)).squareRoot())
  }
}
