import Generators
import LinearAlgebra

/// Mean and covariance of a fitted model.
struct Moments: Sendable {
  /// The mean, of shape `(d)`.
  let mean: [Double]

  /// The covariance, of shape `(d, d)`.
  let covariance: Matrix

  /// The moments of a model's own law.
  init(of model: any GenerativeModel) {
    switch model {
    case let model as GaussianModel: self.init(mean: model.mean, covariance: model.covariance)
    case let model as GaussianMixtureModel:
      self.init(mean: model.mean, covariance: model.covariance)
    case let model as AlteredModel where model.dimension > 1:
      let base = Moments(of: model.base)
      var covariance = base.covariance
      for index in 0..<model.dimension { covariance[index, index] += model.addedVariance }
      self.init(mean: base.mean, covariance: covariance)
    default: self.init(oneDimensional: model)
    }
  }

  private init(mean: [Double], covariance: Matrix) {
    self.mean = mean
    self.covariance = covariance
  }

  /// From what every model tells of itself, which is all there is to know in one dimension.
  private init(oneDimensional model: any GenerativeModel) {
    precondition(model.dimension == 1, "the covariance of \(type(of: model)) is not known")
    let mean = zip(model.componentWeights, model.componentMeans.elements).reduce(0) {
      $0 + $1.0 * $1.1
    }
    self.init(
      mean: [mean],
      covariance: Matrix(rowCount: 1, columnCount: 1, elements: [model.totalVariance]))
  }

  /// The variance in one dimension, the trace of the covariance in more.
  var variance: Double { covariance.trace }

  /// The squared distance of the mean from the origin.
  var squaredMean: Double { mean.reduce(0) { $0 + $1 * $1 } }

  /// The squared Fréchet distance to the Gaussian of mean 0 with these variances along the axes.
  func frechetDistance(toSpectrum spectrum: [Double]) throws -> Double {
    let deviations = spectrum.map { $0.squareRoot() }
    let product = covariance.scalingRows(deviations).scalingColumns(deviations)
    let cross = try product.symmetricEigenvalues().reduce(0) { $0 + max(0, $1).squareRoot() }
    return squaredMean + variance + spectrum.reduce(0, +) - 2 * cross
  }
}
