import LinearAlgebra

/// A Gaussian mixture with full covariances, fitted by expectation maximisation: `gmm` on the command
/// line.
///
/// For vectors and theory: the mixture's mean and total covariance are the samples' own, so that every
/// law of a self-consuming loop that knows only those holds for any number of components. A full
/// covariance of D dimensions needs several times D samples for every component, so samples of more
/// than 64 numbers, pictures above all, are modelled in their leading principal components, and the
/// variance outside them as isotropic noise, drawn as well as scored. For pictures that look like
/// pictures use `patches`.
public struct GaussianMixtureGenerator: Generator {
  /// The smallest eigenvalue of a component's covariance, relative to the pooled covariance.
  private static let floor = 1e-9

  /// The number of components; `nil` for `n / (5 (d + 1))`, from 1 to 10.
  public let components: Int?

  /// The principal components kept; `nil` for all, at most 64.
  public let dimensions: Int?

  /// The largest number of EM steps.
  public let steps: Int

  /// Whether a fit begins with the samples or with the previous generation's mixture.
  public let start: Start

  /// Creates the generator.
  ///
  /// - Throws: ``GeneratorError/invalidSetting(name:value:allowed:)``.
  public init(
    components: Int? = nil, dimensions: Int? = nil, steps: Int? = nil, start: Start = .cold
  ) throws(GeneratorError) {
    for (name, value, least) in [
      ("components", components, 1), ("dimensions", dimensions, 1), ("steps", steps, 0),
    ] {
      if let value, value < least {
        throw .invalidSetting(name: name, value: "\(value)", allowed: "\(least) or more")
      }
    }
    self.init(
      checkedComponents: components, dimensions: dimensions, steps: steps ?? 100, start: start)
  }

  private init(checkedComponents components: Int?, dimensions: Int?, steps: Int, start: Start) {
    self.components = components
    self.dimensions = dimensions
    self.steps = steps
    self.start = start
  }

  /// The name on the command line.
  public var name: String { "gmm" }

  /// Two, and one for each component, where their number is given.
  public var leastSamples: Int { max(2, components ?? 1) }

  /// Its weights, means and covariances can be moved.
  public var extrapolates: Bool { true }

  /// Fits at least 2 samples of positive weight, and at least as many as there are components.
  ///
  /// - Throws: ``GeneratorError``.
  public func fit(
    _ training: TrainingSet, previous: (any GenerativeModel)? = nil
  ) throws -> any GenerativeModel {
    let training = try training.effective()
    let (rows, weights) = (training.rows, training.weights)
    let (components, dimensions) = capacity(
      sampleCount: rows.rowCount, dimension: rows.columnCount)
    try training.require(max(2, components), for: name)
    return try GeneratorError.converting(name) { () throws(LinearAlgebraError) in
      let (fitted, coordinates) = try PrincipalComponents.fit(
        rows, dimensions: dimensions, weights: weights)
      // With all dimensions asked for, what is missing is what no sample has: no noise goes there.
      let principal = PrincipalComponents(
        mean: fitted.mean, components: fitted.components, eigenvalues: fitted.eigenvalues,
        residualVariance: dimensions < rows.columnCount ? fitted.residualVariance : 0)
      let deviations = principal.eigenvalues.map { $0.squareRoot() }
      let whitened = coordinates.scalingColumns(deviations.map { 1 / $0 })
      // In whitened coordinates the pooled covariance is the identity, so the floor is relative to it.
      let maximization = ExpectationMaximization(
        steps: steps, tolerance: 1e-6, floor: Self.floor)
      let fit: ExpectationMaximization.Fit
      if start == .warm, let model = previous as? GaussianMixtureModel,
        model.componentWeights.count == components, model.dimension == rows.columnCount
      {
        fit = try maximization.fit(
          whitened, weights: weights,
          from: model.whitenedMixture(in: principal, floor: Self.floor))
      } else {
        let labels = KMeans.labels(
          of: coordinates, weights: weights, count: components, steps: 6)
        fit = try maximization.fit(
          whitened, weights: weights, labels: labels, count: components)
      }
      return try GaussianMixtureModel(
        principal: principal, mixture: fit.mixture, logLikelihoods: fit.logLikelihoods)
    }
  }

  /// The generator with the components and dimensions for generation 0's `n` written down.
  public func resolved(sampleCount n: Int, dimension: Int) -> any Generator {
    let (components, dimensions) = capacity(sampleCount: n, dimension: dimension)
    return GaussianMixtureGenerator(
      checkedComponents: components, dimensions: dimensions, steps: steps, start: start)
  }

  /// The generator with so many times the components.
  public func scaled(capacity: Double) -> any Generator {
    GaussianMixtureGenerator(
      checkedComponents: components.map { $0.scaled(capacity: capacity) }, dimensions: dimensions,
      steps: steps, start: start)
  }

  private func capacity(sampleCount n: Int, dimension: Int) -> (components: Int, dimensions: Int) {
    let dimensions = min(dimensions ?? 64, dimension)
    let components = self.components ?? max(1, min(10, n / (5 * (dimensions + 1))))
    return (components, dimensions)
  }

  /// Components, dimensions, steps and start.
  public var settings: [(key: String, value: String)] {
    [
      ("components", components.map { "\($0)" } ?? "auto"),
      ("dimensions", dimensions.map { "\($0)" } ?? "auto"),
      ("steps", "\(steps)"), ("start", start.rawValue),
    ]
  }
}
