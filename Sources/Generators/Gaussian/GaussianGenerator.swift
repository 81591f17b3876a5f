import LinearAlgebra

/// One Gaussian with a full covariance: `gaussian` on the command line.
///
/// The only generator of which everything is known in a self-consuming loop. On pictures it draws
/// grey ghosts: the mean with the right correlations and no modes.
public struct GaussianGenerator: Generator {
  /// What the covariance estimate divides by.
  public let estimator: CovarianceEstimator

  /// Creates the generator.
  public init(estimator: CovarianceEstimator = .mle) {
    self.estimator = estimator
  }

  /// The name on the command line.
  public var name: String { "gaussian" }

  /// Two, the least that have a spread.
  public var leastSamples: Int { 2 }

  /// Its mean and covariance can be moved.
  public var extrapolates: Bool { true }

  /// Fits the mean and the covariance of at least 2 samples of positive weight; `previous` is ignored.
  ///
  /// - Throws: ``GeneratorError``.
  public func fit(
    _ training: TrainingSet, previous: (any GenerativeModel)? = nil
  ) throws -> any GenerativeModel {
    let training = try training.effective()
    try training.require(leastSamples, for: name)
    let principal = try GeneratorError.converting(name) { () throws(LinearAlgebraError) in
      try PrincipalComponents.model(
        training.rows, dimensions: training.rows.columnCount, weights: training.weights)
    }
    let correction = estimator.correction(
      sampleCount: training.rows.rowCount, weights: training.weights)
    return GaussianModel(
      principal: PrincipalComponents(
        mean: principal.mean, components: principal.components,
        eigenvalues: principal.eigenvalues.map { $0 * correction }, residualVariance: 0))
  }

  /// The generator itself: a Gaussian has no capacity to choose.
  public func resolved(sampleCount n: Int, dimension: Int) -> any Generator { self }

  /// The estimator.
  public var settings: [(key: String, value: String)] { [("estimator", estimator.rawValue)] }
}

extension TrainingSet {
  /// Throws if there are fewer samples than a family needs.
  func require(_ needed: Int, for generator: String) throws(GeneratorError) {
    guard rows.rowCount >= needed else {
      throw .tooFewSamples(generator: generator, needed: needed, found: rows.rowCount)
    }
  }
}

extension GeneratorError {
  /// Runs linear algebra on training samples; its errors come out as ``notFinite(row:column:)`` or
  /// ``numerics(generator:_:)``.
  static func converting<Result>(
    _ generator: String, _ body: () throws(LinearAlgebraError) -> Result
  ) throws(GeneratorError) -> Result {
    do {
      return try body()
    } catch .notFinite(let row, let column) {
      throw .notFinite(row: row, column: column)
    } catch {
      throw .numerics(generator: generator, error)
    }
  }
}
