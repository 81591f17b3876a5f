public import LinearAlgebra
public import Randomness
public import Samples

/// What a generator is fitted to: rows in *model coordinates*, in which Gaussian mathematics is done.
///
/// For pictures the rows are dequantised logit pixels in opponent colours (see `PixelCoordinates` in
/// the module Images); for vectors they are the vectors themselves. A generator never asks which.
public struct TrainingSet: Sendable {
  /// The training samples, of shape `(n, D)`, computed block by block where they are many.
  public let rows: RowSource

  /// The size of the pictures whose coordinates the rows are, pixel after pixel with the channels side
  /// by side; `nil` for plain vectors.
  public let shape: PictureShape?

  /// How much each row counts in the likelihood, one non-negative number per row, not all of them zero;
  /// `nil` where all rows count alike.
  ///
  /// Only ratios matter: every weight times the same factor is the same training set. A row of weight 0
  /// is as good as absent.
  public let weights: [Double]?

  /// The address of the random numbers of a fit that draws any; the families built in draw none.
  public var latents = Latents(seed: 0, purpose: "fit", generation: 0)

  /// Creates a training set.
  public init(rows: RowSource, shape: PictureShape? = nil, weights: [Double]? = nil) {
    precondition(
      weights == nil || weights?.count == rows.rowCount,
      "\(weights?.count ?? 0) weights of \(rows.rowCount) samples")
    self.rows = rows
    self.shape = shape
    self.weights = weights
  }

  /// Creates a training set of rows that are in memory.
  public init(rows: Matrix, shape: PictureShape? = nil, weights: [Double]? = nil) {
    self.init(rows: RowSource(rows), shape: shape, weights: weights)
  }
}

/// Where the random numbers behind drawn samples come from: with the same latents a model draws the
/// same samples, and models of different generations draw samples that can be compared one by one.
public struct Latents: Sendable {
  /// The seed of the run.
  public let seed: UInt64

  /// `draw` for training samples; `display` for pictures, which never enter a training set.
  public let purpose: Purpose

  /// The generation of the numbers; 0 in every generation where latents are shared.
  public let generation: Int

  /// Creates an address of latents.
  public init(seed: UInt64, purpose: Purpose, generation: Int) {
    self.seed = seed
    self.purpose = purpose
    self.generation = generation
  }

  /// The stream of one sample for one part of the generator, such as `component` or `noise`.
  func stream(_ part: String, sample: Int) -> RandomStream {
    RandomStream(
      seed: seed, purpose: purpose, part: part, generation: generation, sample: sample)
  }
}

/// How a model is sampled.
public struct Sampling: Equatable, Sendable {
  /// What the bias contracts.
  public enum BiasScope: String, CaseIterable, Sendable {
    /// The covariance of each component.
    case component
    /// The distance of a sample from the mean of the whole model.
    case global
  }

  /// The factor lambda on the sampling covariance, of which 1 draws from the model.
  ///
  /// - Note: Alemohammad et al. 2023, <https://arxiv.org/abs/2307.01850>.
  public var bias: Double

  /// The same factor for the detail patches of pictures above the thumbnail.
  public var detailBias: Double

  /// What ``bias`` contracts.
  public var biasScope: BiasScope

  /// The temperature of the mixture weights, which are raised to the power of `1 / temperature`.
  public var temperature = 1.0

  /// The standard deviations beyond which no latent number lies; `nil` for no limit.
  public var truncation: Double?

  /// Creates sampling settings; by default the model's own law.
  public init(bias: Double = 1, detailBias: Double = 1, biasScope: BiasScope = .component) {
    self.bias = bias
    self.detailBias = detailBias
    self.biasScope = biasScope
  }
}

/// Samples that a model drew.
public struct Draws: Sendable {
  /// The samples in model coordinates, of shape `(n, D)`.
  public let rows: Matrix

  /// The component each sample came from; for a bootstrap the training row.
  public let components: [Int]

  /// Creates draws.
  public init(rows: Matrix, components: [Int]) {
    self.rows = rows
    self.components = components
  }
}

/// A fitted generator: a value from which samples are drawn and, where it has a density, scored.
public protocol GenerativeModel: Sendable {
  /// The numbers in a sample, `D`.
  var dimension: Int { get }

  /// The mixture weight of each component, summing to 1.
  var componentWeights: [Double] { get }

  /// The mean of each component in model coordinates, of shape `(K, D)`.
  var componentMeans: Matrix { get }

  /// The component whose mean is nearest to each of these samples `(n, D)`.
  func nearestComponents(to samples: RowSource) -> [Int]

  /// The trace of the covariance of the model's own law (bias 1), in squared model coordinates; NaN
  /// where nobody knows it.
  var totalVariance: Double { get }

  /// Whether samples are drawn all at once, so that a part of them costs as much as the whole, and may
  /// not be the same as part of a larger one.
  var drawsAtOnce: Bool { get }

  /// Draws the samples with these numbers.
  ///
  /// A sample depends on the model, the latents and its number alone, never on the others drawn, unless
  /// the model ``drawsAtOnce``.
  ///
  /// - Throws: An error of whatever draws outside this process; the families built in throw none.
  func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) throws -> Draws

  /// The log-density (nats) of each row of shape `(n, D)` under the law that is *drawn*, bias included;
  /// `nil` if the model has no density.
  ///
  /// - Parameter noiseFloor: The variance of observation noise added in every direction to keep a
  ///   collapsed model finite, in squared model coordinates; 0 for the exact density.
  /// - Throws: An error of whatever scores outside this process; the families built in throw none.
  func logDensity(_ rows: Matrix, sampling: Sampling, noiseFloor: Double) throws -> [Double]?

  /// The parameters by name, for a safetensors file; all that is needed to draw again.
  var tensors: [Tensor] { get }

  /// The same model with its components in the order of `previous`, so that the same latents draw
  /// samples that can be compared across generations. Its law is unchanged.
  func matched(to previous: any GenerativeModel) -> any GenerativeModel
}

extension GenerativeModel {
  /// By the distances from all the means.
  public func nearestComponents(to samples: RowSource) -> [Int] {
    ClusterCentres(componentMeans).nearest(to: samples)
  }

  /// `false`: the families built in draw each sample by itself.
  public var drawsAtOnce: Bool { false }
}

/// A family of models and the settings by which it is fitted.
public protocol Generator: Sendable {
  /// The name on the command line.
  var name: String { get }

  /// Whether samples are copied rather than modelled, so that the rows it is given are best the stored
  /// numbers themselves.
  var copiesSamples: Bool { get }

  /// Whether every training sample is a component of the model, in its place.
  var keepsSamples: Bool { get }

  /// The training samples of positive weight that a fit needs at least.
  var leastSamples: Int { get }

  /// Whether its models have a density, as far as that is known before a fit.
  var hasDensity: Bool { get }

  /// Whether its models can be moved away from one another, see ``ExtrapolatingModel``.
  var extrapolates: Bool { get }

  /// Fits a model from scratch, or from the previous generation's where `previous` is given (a warm
  /// start; families that have none ignore it).
  ///
  /// - Throws: ``GeneratorError`` if the samples are too few, with what is needed.
  func fit(_ training: TrainingSet, previous: (any GenerativeModel)?) throws -> any GenerativeModel

  /// Returns the model of this family that was written as tensors: it draws the same samples as the one
  /// that was written.
  ///
  /// - Parameters:
  ///   - dimension: The numbers in a sample.
  ///   - shape: The size of pictures; `nil` for vectors.
  /// - Throws: ``GeneratorError/unusableModel(reason:)``, or an error of the family's own.
  func restore(
    _ tensors: [Tensor], dimension: Int, shape: PictureShape?
  ) throws -> any GenerativeModel

  /// The generator with everything that would grow with the training set (components, dimensions)
  /// fixed from generation 0's `n`, so that capacity is not mistaken for a strategy's merit.
  func resolved(sampleCount n: Int, dimension: Int) -> any Generator

  /// The generator with so many times the components that ``resolved(sampleCount:dimension:)`` wrote
  /// down, at least one; families without components stay as they are.
  func scaled(capacity: Double) -> any Generator

  /// Every setting that decides the fit, by its command-line name, for `run.json`.
  var settings: [(key: String, value: String)] { get }
}

extension Generator {
  /// `false`: all but the pure memoriser model their samples.
  public var copiesSamples: Bool { false }

  /// One sample.
  public var leastSamples: Int { 1 }

  /// `true`: all but the pure memoriser have one, and a user's command may.
  public var hasDensity: Bool { true }

  /// `false`: it takes covariances that are parameters.
  public var extrapolates: Bool { false }

  /// Those that copy samples keep them.
  public var keepsSamples: Bool { copiesSamples }

  /// The generator itself.
  public func scaled(capacity: Double) -> any Generator { self }

  /// The model that a family of the catalogue wrote.
  public func restore(
    _ tensors: [Tensor], dimension: Int, shape: PictureShape?
  ) throws -> any GenerativeModel {
    try GeneratorCatalogue.restore(name, from: tensors)
  }
}
