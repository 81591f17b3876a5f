import Foundation
import Generators
import LinearAlgebra
import Samples
import Testing

@testable import Recursion

/// The engine on standard normal numbers, against what theory says of one Gaussian.
@Suite("The self-consuming loop on Gaussian numbers")
struct EngineTests {
  /// The mean and the variance (divided by n) of the model fitted at the last generation.
  private func lastFit(
    _ strategy: String, n: Int, generations: Int, seed: UInt64, realShare: Double? = nil,
    bias: Double = 1
  ) throws -> (mean: Double, variance: Double) {
    let law = GaussianLaw(dimension: 1, seed: seed)
    let engine = try engine(
      GaussianGenerator(), strategy: strategy, n: n, seed: seed, realShare: realShare, bias: bias)
    var pools = SamplePools(
      original: law.samples(0..<n), fresh: .endless(law, from: 1 << 20), seed: seed)
    var model: (any GenerativeModel)?
    for generation in 0...generations {
      let step = try engine.step(generation, pools: pools, previous: model)
      model = step.model
      pools.append(step.carried)
    }
    let last = try #require(model)
    return (last.componentMeans[0, 0], last.totalVariance)
  }

  private func engine(
    _ generator: any Generator, strategy: String = "replace", n: Int, seed: UInt64,
    realShare: Double? = nil, bias: Double = 1
  ) throws -> Engine {
    Engine(
      generator: generator, coordinates: .identity(nil), carry: .float,
      sampling: Sampling(bias: bias),
      strategy: try StrategyCatalogue.strategy(named: strategy, realShare: realShare), seed: seed,
      sampleCount: n, warmStart: false)
  }

  /// The average over chains and its standard error.
  private func average(
    chains: Int, _ value: (UInt64) throws -> Double
  ) rethrows -> (mean: Double, standardError: Double) {
    let values = try (0..<chains).map { try value(UInt64($0) + 1) }
    let mean = values.reduce(0, +) / Double(chains)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(chains - 1)
    return (mean, (variance / Double(chains)).squareRoot())
  }

  @Test("replace loses variance by the clock (1 - 1/n) a fit (A1)")
  func replaceClock() throws {
    // Generation g is the fit t = g + 1. Re-used training latents would give 307 instead of 0.668.
    let (n, t) = (50, 20)
    let measured = try average(chains: 400) {
      try lastFit("replace", n: n, generations: t - 1, seed: $0).variance
    }
    let expected = pow(1 - 1 / Double(n), Double(t))
    #expect(abs(measured.mean - expected) < 4 * measured.standardError)
    #expect(measured.standardError < 0.05)
  }

  @Test("The variance that the model loses is the variance that its mean gains (0.1)")
  func conservation() throws {
    for strategy in ["replace", "accumulate", "accumulate-subsample", "fresh-data"] {
      let measured = try average(chains: 300) {
        let fit = try lastFit(strategy, n: 30, generations: 8, seed: $0)
        return fit.variance + fit.mean * fit.mean
      }
      #expect(abs(measured.mean - 1) < 4 * measured.standardError, "\(strategy)")
    }
  }

  @Test("accumulate keeps the product of 1 - 1/(n t^2) (C1)")
  func accumulate() throws {
    let (n, fits) = (20, 8)
    let measured = try average(chains: 400) {
      try lastFit("accumulate", n: n, generations: fits - 1, seed: $0).variance
    }
    let expected = (1...fits).reduce(1.0) { $0 * (1 - 1 / Double(n * $1 * $1)) }
    #expect(abs(measured.mean - expected) < 4 * measured.standardError)
  }

  @Test("fresh-data reaches the steady state s2 (1 - 1/D), D = N (1 - q^2) + q (D1)")
  func freshData() throws {
    let n = 20
    let q = 0.75
    let measured = try average(chains: 400) {
      try lastFit("fresh-data", n: n, generations: 15, seed: $0, realShare: 1 - q).variance
    }
    let d = Double(n) * (1 - q * q) + q
    #expect(abs(measured.mean - (1 - 1 / d)) < 4 * measured.standardError)
  }

  @Test(
    "synthetic-augmentation reaches the variance (1 - 1/nr) / (1 + a), a = q / (nr (1 + q)) (D3)")
  func syntheticAugmentation() throws {
    let n = 20
    let q = 0.75
    let measured = try average(chains: 600) {
      try lastFit(
        "synthetic-augmentation", n: n, generations: 25, seed: $0, realShare: 1 - q
      ).variance
    }
    let real = Double(n) * (1 - q)
    let a = q / (real * (1 + q))
    let expected = (1 - 1 / real) / (1 + a)
    #expect(abs(measured.mean - expected) < 4 * measured.standardError)
    #expect(measured.standardError < 0.03)
  }

  @Test("A reservoir of R0 originals holds the mean of models at the distance of D4")
  func reservoir() throws {
    let (n, kept, drawn) = (20, 16, 8)
    let measured = try average(chains: 500) { seed in
      let fit = try lastFit(
        "reservoir:originals=\(kept),real=\(drawn)", n: n, generations: 12, seed: seed)
      let originals = GaussianLaw(dimension: 1, seed: seed).samples(0..<kept).values
      let mean = originals.reduce(0.0) { $0 + Double($1) } / Double(kept)
      return (fit.mean - mean) * (fit.mean - mean)
    }
    let (r, nr, ns) = (Double(kept), Double(drawn), Double(n - drawn))
    let (p, q) = (nr / Double(n), ns / Double(n))
    let g = p * p / nr * (r - nr) / (r - 1) + q * q / ns
    let expected = (1 - 1 / r) * g / (1 - q * q + q * q / ns)
    #expect(abs(measured.mean - expected) < 4 * measured.standardError)
    #expect(measured.standardError < 0.15 * expected)
  }

  @Test("One component of patches with white residual noise keeps the same clock (B7)")
  func patchesClock() throws {
    let (n, fits, dimension) = (30, 12, 6)
    let measured = try average(chains: 600) { seed in
      let law = GaussianLaw(dimension: dimension, seed: seed)
      let engine = try engine(
        try PatchesGenerator(components: 1, rank: 2, residualExponent: 0), n: n, seed: seed)
      var pools = SamplePools(
        original: law.samples(0..<n), fresh: .endless(law, from: 1 << 20), seed: seed)
      var total = 0.0
      for generation in 0..<fits {
        let step = try engine.step(generation, pools: pools, previous: nil)
        total = step.model.totalVariance
        pools.append(step.carried)
      }
      return total / Double(dimension)
    }
    let expected = pow(1 - 1 / Double(n), Double(fits))
    #expect(abs(measured.mean - expected) < 4 * measured.standardError)
    #expect(measured.standardError < 0.03)
  }

  @Test("What pictures show comes from the same latents in every generation and trains no model")
  func display() throws {
    let law = GaussianLaw(dimension: 2, seed: 3)
    let engine = try engine(GaussianGenerator(), strategy: "refit", n: 40, seed: 3)
    var pools = SamplePools(
      original: law.samples(0..<40), fresh: .endless(law, from: 1 << 20), seed: 3)
    let first = try engine.step(0, pools: pools, previous: nil)
    pools.append(first.carried)
    let second = try engine.step(1, pools: pools, previous: first.model)
    let shown = try engine.display(40, model: first.model)
    // Refitted to the same samples the model is the same, so only the latents tell draws apart.
    #expect(try engine.display(40, model: second.model).values == shown.values)
    #expect(first.carried.values != second.carried.values)
    #expect(Set(shown.values).isDisjoint(with: first.carried.values + second.carried.values))
  }

  @Test("A sampling bias lambda multiplies the variance at every drawing (B1)")
  func bias() throws {
    let (n, lambda, fits) = (40, 0.8, 5)
    let measured = try average(chains: 400) {
      try lastFit("replace", n: n, generations: fits - 1, seed: $0, bias: lambda).variance
    }
    let expected = pow(lambda, Double(fits - 1)) * pow(1 - 1 / Double(n), Double(fits))
    #expect(abs(measured.mean - expected) < 4 * measured.standardError)
  }

  @Test("refit differs between generations only by its latents, and real-only by its data too")
  func controls() throws {
    let first = try lastFit("refit", n: 20, generations: 1, seed: 1)
    let later = try lastFit("refit", n: 20, generations: 5, seed: 1)
    #expect(first == later)
    let real = try lastFit("real-only", n: 20, generations: 1, seed: 1)
    #expect(real != first)
  }

  @Test("Samples beyond c standard deviations are not drawn: 1 - 2 c phi(c) / (2 Phi(c) - 1) (B4)")
  func truncation() throws {
    for (c, expected) in [(1.0, 0.291), (2, 0.774), (3, 0.973)] {
      let measured = try drawnVariance("bias:lambda=1,deviations=\(c)", dimension: 1)
      #expect(abs(measured - expected) < 0.01, "\(c)")
    }
  }

  @Test("The likeliest share f leaves P(chi2_{d+2} <= c) / f of the covariance (B3)")
  func likeliest() throws {
    let measured = try drawnVariance("bias:lambda=1,likeliest=0.8", dimension: 20)
    #expect(abs(measured - 0.881) < 0.01)
  }

  @Test("The likeliest of samples without a density are refused")
  func likeliestWithoutDensity() throws {
    let error = #expect(throws: RecursionError.self) {
      try drawnVariance("bias:likeliest=0.8,deviations=2", dimension: 1)
    }
    #expect("\(try #require(error))".contains("this model has no density to choose by"))
  }

  /// The variance of 20 000 samples that a strategy draws of a model, relative to the model's.
  private func drawnVariance(_ strategy: String, dimension: Int) throws -> Double {
    let strategy = try StrategyCatalogue.strategy(named: strategy)
    let n = 20_000
    let law = GaussianLaw(dimension: dimension, seed: 4)
    let engine = Engine(
      generator: GaussianGenerator(), coordinates: .identity(nil), carry: .float,
      sampling: strategy.recipe.sampling.sampling(Sampling()), strategy: strategy, seed: 4,
      sampleCount: n, warmStart: false)
    let pools = SamplePools(
      original: law.samples(0..<n), fresh: .endless(law, from: 1 << 20), seed: 4)
    let step = try engine.step(0, pools: pools, previous: nil)
    #expect(step.carried.count == n)
    return step.drawn.variance / step.model.totalVariance
  }
}
