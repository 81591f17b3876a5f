public import Generators

/// How a loop feeds on itself: what each generation is trained on, how it is sampled, what is done to
/// a fitted model, and how many models there are.
public struct Recipe: Equatable, Sendable {
  /// What a generation is trained on.
  public var mixing: Mixing

  /// How a model is sampled.
  public var sampling: SamplingRule

  /// What is done to a model after its fit.
  public var step: ModelStep

  /// The models and their capacity.
  public var population: Population

  /// Creates a recipe; by default one model is sampled as it was fitted.
  public init(
    mixing: Mixing, sampling: SamplingRule = SamplingRule(), step: ModelStep = .identity,
    population: Population = Population()
  ) {
    self.mixing = mixing
    self.sampling = sampling
    self.step = step
    self.population = population
  }
}

/// How samples are drawn from a model.
public struct SamplingRule: Equatable, Sendable {
  /// The factor lambda on the covariance; `nil` leaves it to the option `--bias`.
  public var bias: Double?

  /// The temperature of mixture weights, which are raised to the power of 1 / temperature.
  public var temperature = 1.0

  /// The standard deviations beyond which no latent number lies; `nil` for no limit.
  public var deviations: Double?

  /// The share of the drawn samples that is kept: those likeliest under the model itself.
  public var likeliest = 1.0

  /// Creates a rule; by default the model's own law.
  public init(
    bias: Double? = nil, temperature: Double = 1, deviations: Double? = nil,
    likeliest: Double = 1
  ) {
    self.bias = bias
    self.temperature = temperature
    self.deviations = deviations
    self.likeliest = likeliest
  }

  /// The settings of a generator under this rule.
  func sampling(_ given: Sampling) -> Sampling {
    var sampling = given
    if let bias { sampling.bias = bias }
    sampling.temperature = temperature
    sampling.truncation = deviations
    return sampling
  }
}

/// What is done to a model after its fit and before it is sampled.
public enum ModelStep: Equatable, Sendable {
  /// Nothing.
  case identity

  /// The model is moved away from one that is fitted to its own samples, with this weight.
  ///
  /// - Note: Alemohammad et al. 2025 (Neon), <https://arxiv.org/abs/2510.03597>.
  case extrapolation(weight: Double, of: Extrapolated)
}

/// The models that feed on each other, and what they can hold.
public struct Population: Equatable, Sendable {
  /// The models; each is trained on a part of the samples.
  public var models = 1

  /// The share of its own samples on which each model goes on; the others' models get the rest.
  public var own = 0.5

  /// The components of a model by generation, as a multiple of those of generation 0's fit.
  public var capacity = Schedule(1)

  /// Creates a population; by default one model of constant capacity.
  public init(models: Int = 1, own: Double = 0.5, capacity: Schedule = Schedule(1)) {
    self.models = models
    self.own = own
    self.capacity = capacity
  }
}
