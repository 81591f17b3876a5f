package import Generators
package import Samples

/// One self-consuming loop held in memory: the same steps and pools as those of a recorded run, without
/// measurements, pictures or files.
///
/// Many chains of different seeds are how the loop is compared with theory. Chains are independent of
/// one another, so that they can run side by side.
package struct Chain: Sendable {
  /// What one generation left behind.
  package struct Generation: Sendable {
    /// The number of the generation, from 0 on; theory's `t`, which counts fits, is one more.
    package let number: Int

    /// What the model was fitted to, in model coordinates but before they are in double precision.
    package let training: SampleSet

    /// The fitted model.
    package let model: any GenerativeModel

    /// What the next generation sees of the samples that it drew.
    package let carried: SampleSet
  }

  private let engine: Engine
  private let pools: SamplePools

  /// Creates a loop on vectors.
  ///
  /// - Parameters:
  ///   - generator: What is fitted.
  ///   - strategy: The strategy as on the command line, `NAME` or `NAME:key=value,…`.
  ///   - original: The real training set of generation 0, whose size is that of every other
  ///     generation's draw.
  ///   - fresh: Where new real samples come from.
  ///   - sampling: How models are sampled.
  ///   - carry: What samples go through between generations.
  ///   - seed: The seed of all that is drawn.
  /// - Throws: ``RecursionError`` for a strategy that there is not.
  package init(
    generator: any Generator, strategy: String, original: SampleSet, fresh: FreshSupply,
    sampling: Sampling = Sampling(), carry: Carry = .float, seed: UInt64
  ) throws {
    let strategy = try StrategyCatalogue.strategy(named: strategy)
    engine = Engine(
      generator: generator, coordinates: .identity(nil), carry: carry,
      sampling: strategy.recipe.sampling.sampling(sampling), strategy: strategy, seed: seed,
      sampleCount: original.count, warmStart: false)
    pools = SamplePools(original: original, fresh: fresh, seed: seed)
  }

  /// Runs the loop for so many fits, or until `observe` returns `false`.
  ///
  /// - Throws: `GeneratorError` if a fit fails, and what `observe` throws.
  package func run(fits: Int, observe: (Generation) throws -> Bool) throws {
    var pools = pools
    var model: (any GenerativeModel)?
    var first: (any GenerativeModel)?
    for generation in 0..<fits {
      let step = try engine.step(generation, pools: pools, previous: model, first: first)
      model = step.model
      first = first ?? step.model
      let goesOn = try observe(
        Generation(
          number: generation, training: step.training.samples, model: step.model,
          carried: step.carried))
      guard goesOn else { return }
      pools.append(step.carried, ancestry: nil, homes: step.homes)
      pools.keepOnlyPools(of: generation + 1, strategy: engine.strategy)
    }
  }
}
