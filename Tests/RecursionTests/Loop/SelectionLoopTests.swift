import Generators
import LinearAlgebra
import Samples
import Testing
import Theory

@testable import Recursion

/// Strategies that choose among samples or change a model, on standard normal numbers.
@Suite("Selected samples and changed models")
struct SelectionLoopTests {
  /// The models of the first generations of a loop.
  private func models(
    _ strategy: String, n: Int, generations: Int, dimension: Int = 1, seed: UInt64 = 1,
    generator: any Generator = GaussianGenerator(), sampling: Sampling = Sampling()
  ) throws -> [any GenerativeModel] {
    let law = GaussianLaw(dimension: dimension, seed: seed)
    let strategy = try StrategyCatalogue.strategy(named: strategy)
    let engine = Engine(
      generator: generator, coordinates: .identity(nil), carry: .float,
      sampling: strategy.recipe.sampling.sampling(sampling), strategy: strategy, seed: seed,
      sampleCount: n, warmStart: false)
    var pools = SamplePools(
      original: law.samples(0..<n), fresh: .endless(law, from: 1 << 20), seed: seed)
    var models: [any GenerativeModel] = []
    for generation in 0...generations {
      let step = try engine.step(
        generation, pools: pools, previous: models.last, first: models.first)
      models.append(step.model)
      pools.append(step.carried)
      pools.keepOnlyPools(of: generation + 1, strategy: strategy)
    }
    return models
  }

  @Test("Best of two leaves 1 - 1/pi of the variance a generation, and moves the mean (K3)")
  func bestOfTwo() throws {
    let models = try models(
      "curated:by=brightness,rule=best,k=2", n: 20_000, generations: 4)
    for (before, after) in zip(models, models.dropFirst()) {
      #expect(abs(after.totalVariance / before.totalVariance - 0.6817) < 0.03)
      let step =
        (after.componentMeans[0, 0] - before.componentMeans[0, 0])
        / before.totalVariance.squareRoot()
      // The mean of the larger of two standard normal numbers, 1 / sqrt(pi).
      #expect(abs(step - 0.5642) < 0.03)
    }
  }

  @Test("Odds by a linear reward move the mean by the strength and keep the variance (K1)")
  func linearReward() throws {
    let models = try models(
      "curated:by=brightness,rule=odds,k=100,strength=0.5", n: 2000, generations: 1)
    let moved = models[1].componentMeans[0, 0] - models[0].componentMeans[0, 0]
    #expect(abs(moved - 0.5 * models[0].totalVariance) < 0.08)
    #expect(abs(models[1].totalVariance / models[0].totalVariance - 1) < 0.1)
  }

  @Test("Odds by the real law's density multiply densities: S = s2 / (1 + t s2) (K2)")
  func quadraticReward() throws {
    let models = try models(
      "curated:by=real-likelihood,rule=odds,k=60", n: 4000, generations: 2)
    let s = models[0].totalVariance
    for t in 1...2 {
      // The reward is -x²/(2 s) of generation 0's own variance s.
      #expect(abs(models[t].totalVariance / (s / (1 + Double(t))) - 1) < 0.1, "\(t)")
    }
  }

  @Test("The likeliest share under the own model is the truncation of B3")
  func ownLikelihood() throws {
    let models = try models("curated:keep=0.8", n: 10_000, generations: 1, dimension: 20)
    #expect(abs(models[1].totalVariance / models[0].totalVariance - 0.881) < 0.02)
  }

  @Test(
    "Extrapolation with the weight that fits undoes a sampling bias (B8)",
    arguments: [("covariance", 1.25), ("precision", 0.8)])
  func extrapolation(quantity: String, weight: Double) throws {
    let lambda = 0.8
    let models = try models(
      "negative:weight=\(weight),of=\(quantity)", n: 20_000, generations: 3, dimension: 2,
      sampling: Sampling(bias: lambda))
    // A model holds 1 / lambda of what it draws.
    for model in models { #expect(abs(lambda * model.totalVariance / 2 - 1) < 0.08) }
    let plain = try self.models(
      "replace", n: 20_000, generations: 3, dimension: 2, sampling: Sampling(bias: lambda))
    #expect(abs(plain[3].totalVariance / 2 - 0.512) < 0.03)
  }

  @Test("Extrapolation moves every component of a mixture, and keeps its covariances positive")
  func mixtures() throws {
    let generator = try GaussianMixtureGenerator(components: 3)
    let models = try models(
      "negative:weight=3", n: 300, generations: 3, dimension: 3, generator: generator)
    for model in models {
      #expect(model.componentWeights.count == 3)
      #expect(abs(model.componentWeights.reduce(0, +) - 1) < 1e-12)
      #expect(model.totalVariance.isFinite && model.totalVariance > 0)
    }
  }

  @Test("A generator without covariances is refused by name")
  func noCovariances() throws {
    let error = #expect(throws: RecursionError.self) {
      try models("negative", n: 20, generations: 1, generator: BootstrapGenerator())
    }
    #expect("\(try #require(error))".contains("Use --generator gaussian or gmm."))
  }

  @Test("A student has its share of the teacher's components, and the teacher comes back")
  func distilled() throws {
    let generator = try GaussianMixtureGenerator(components: 8)
    let models = try models(
      "distilled:student=0.25,at=1,back=3", n: 200, generations: 4, generator: generator)
    #expect(models.map(\.componentWeights.count) == [8, 2, 2, 8, 8])
  }

  @Test("Isolated models drift apart; crossed ones stay together")
  func crossed() throws {
    func distance(_ own: Double) throws -> Double {
      let chains = try (1...30).map { seed -> Double in
        let models = try models(
          "crossed:own=\(own)", n: 40, generations: 10, seed: UInt64(seed))
        let last = try #require(models.last as? JointModel)
        let means = last.models.map { $0.componentMeans[0, 0] }
        return (means[0] - means[1]) * (means[0] - means[1])
      }
      return chains.reduce(0, +) / 30
    }
    let (isolated, mixed) = (try distance(1), try distance(0.5))
    // Two means that each drifted by 1 - (1 - 1/20)^11 of the variance.
    #expect(isolated > 0.35 && isolated < 2)
    #expect(mixed < 0.3 * isolated)
  }

  @Test("filtered trains on what its detector leaves of real and synthetic samples")
  func filtered() throws {
    let strategy = try StrategyCatalogue.strategy(
      named: "filtered:detects=0.8,alarms=0.1,share=0.5")
    let sizes = strategy.sizes(2, budget: 1000)
    #expect((sizes.real, sizes.synthetic) == (450, 100))
    let law = GaussianLaw(dimension: 1, seed: 1)
    var pools = SamplePools(
      original: law.samples(0..<1000), fresh: .endless(law, from: 1 << 20), seed: 1)
    pools.append(law.samples(5000..<6000))
    let judge = SampleJudge(
      coordinates: .identity(nil), sampling: Sampling(), seed: 1, original: pools.original)
    let set = try pools.trainingSet(for: 1, strategy: strategy, judge: judge)
    #expect(abs(Double(set.realCount) - 450) < 4 * 6.7)
    #expect(abs(Double(set.syntheticCount) - 100) < 4 * 9)
  }
}
