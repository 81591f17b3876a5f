import Generators
import LinearAlgebra
import Recursion
import Samples

/// A self-consuming loop that is run many times over: everything but its seed.
struct LoopSetting: Hashable, Sendable {
  /// What is fitted.
  enum Family: Hashable, Sendable {
    /// One Gaussian.
    case gaussian(CovarianceEstimator)
    /// A mixture of so many components, fitted by so many steps, of all or some principal components.
    case mixture(components: Int, steps: Int? = nil, dimensions: Int? = nil)
    /// Training samples drawn again.
    case bootstrap
    /// The same with normal noise of this standard deviation.
    case kernels(bandwidth: Double)
  }

  /// What is fitted.
  var family = Family.gaussian(.mle)

  /// What is done to the generator on purpose.
  var effect: Effect?

  /// The strategy as on the command line.
  var strategy = "replace"

  /// The law of the real samples.
  var law = RealLaw.gaussian(spectrum: [1])

  /// The law of the first training set where it is another one.
  var firstLaw: RealLaw?

  /// The factor on the sampling covariance.
  var bias = 1.0

  /// What samples go through between generations.
  var carry = "float"

  /// The samples of the first training set and of every draw.
  var n = 50

  /// The fits of a chain, theory's last `t`; generation 0 is the first.
  var fits = 20

  /// Whether a chain ends when all training samples have become one.
  var stopsWhenFixed = false

  /// The chains, to be multiplied by the effort: more where they are cheap or noisy.
  var chains = 4000

  /// Everything that tells this setting from others, in words: the purpose of its random numbers.
  var description: String { "validate \(self)" }
}

extension LoopSetting {
  /// Makes the generator.
  ///
  /// - Throws: `GeneratorError` for a setting out of range.
  func generator() throws -> any Generator {
    let base: any Generator =
      switch family {
      case .gaussian(let estimator): GaussianGenerator(estimator: estimator)
      case .mixture(let components, let steps, let dimensions):
        try GaussianMixtureGenerator(
          components: components, dimensions: dimensions, steps: steps)
      case .bootstrap: BootstrapGenerator()
      case .kernels(let bandwidth): try KernelDensityGenerator(bandwidth: bandwidth)
      }
    guard let effect else { return base }
    return AlteredGenerator(base: base, effect: effect)
  }

  /// Makes one chain: this is the only place that knows how a strategy is spelt.
  func chain(seed: UInt64, generator: any Generator) throws -> Chain {
    let source = law.source(seed: seed)
    let original = (firstLaw ?? law).source(seed: seed).samples(0..<n)
    guard let carry = Carry(carry) else { preconditionFailure("there is no carry \(carry)") }
    return try Chain(
      generator: generator, strategy: strategy, original: original,
      fresh: .endless(source, from: n), sampling: Sampling(bias: bias), carry: carry, seed: seed)
  }
}
