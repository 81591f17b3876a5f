import Foundation
public import LinearAlgebra
public import Samples

/// A fitted Gaussian mixture with full covariances in the span of the samples, or in their leading
/// principal components with isotropic noise outside.
///
/// With the principal axes `V` and the standard deviations `s` along them, a sample is
/// `x = m + Vᵀ (s ∘ y) + √r (I - VᵀV) ε`, where `y` is drawn from a mixture in whitened coordinates.
public struct GaussianMixtureModel: GenerativeModel {
  let principal: PrincipalComponents

  /// The mixture in whitened coordinates: the samples' total covariance there is the identity.
  let mixture: FullCovarianceMixture

  /// The symmetric square roots of the component covariances along the principal axes, unwhitened.
  private let roots: [Matrix]

  /// The mean log-likelihood of the training samples in whitened coordinates before each M-step.
  let logLikelihoods: [Double]

  init(
    principal: PrincipalComponents, mixture: FullCovarianceMixture, logLikelihoods: [Double]
  ) throws(LinearAlgebraError) {
    let deviations = principal.eigenvalues.map { $0.squareRoot() }
    var roots: [Matrix] = []
    for covariance in mixture.covariances {
      roots.append(
        try covariance.scalingRows(deviations).scalingColumns(deviations).symmetrized()
          .symmetricSquareRoot())
    }
    self.init(principal: principal, mixture: mixture, roots: roots, logLikelihoods: logLikelihoods)
  }

  private init(
    principal: PrincipalComponents, mixture: FullCovarianceMixture, roots: [Matrix],
    logLikelihoods: [Double]
  ) {
    self.principal = principal
    self.mixture = mixture
    self.roots = roots
    self.logLikelihoods = logLikelihoods
  }

  var deviations: [Double] { principal.eigenvalues.map { $0.squareRoot() } }

  /// The dimensions outside the principal axes.
  private var outside: Int { dimension - principal.count }

  /// The numbers in a sample, `D`.
  public var dimension: Int { principal.dimension }

  /// The mixture weights.
  public var componentWeights: [Double] { mixture.weights }

  /// The component means in model coordinates, of shape `(K, D)`.
  public var componentMeans: Matrix {
    principal.reconstruct(mixture.means.scalingColumns(deviations))
  }

  /// The trace of the total covariance: within and between components, and outside the axes.
  public var totalVariance: Double {
    let total = mixture.totalCovariance
    let inside = principal.eigenvalues.indices.reduce(0.0) {
      $0 + principal.eigenvalues[$1] * total[$1, $1]
    }
    return inside + principal.residualVariance * Double(outside)
  }

  /// The mean of the whole mixture, of shape `(D)`.
  public var mean: [Double] {
    let mean = Matrix(rowCount: 1, columnCount: principal.count, elements: mixture.mean)
    return principal.reconstruct(mean.scalingColumns(deviations)).elements
  }

  /// The covariance of the whole mixture, of shape `(D, D)`.
  public var covariance: Matrix {
    let axes = principal.components.scalingRows(deviations)
    let residual = Array(repeating: principal.residualVariance, count: dimension)
    let inside = axes.transposedTimes(mixture.totalCovariance.times(axes))
    return inside.adding(-principal.residualVariance, times: principal.components.gram())
      .addingToDiagonal(residual).symmetrized()
  }

  /// Draws the component by Gumbel-max, then `x = μ + √λ Σ^½ ε` with symmetric square roots.
  public func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) -> Draws {
    let law = sampledLaw(sampling)
    let logWeights = law.weights.map { log($0) }
    let means = law.means.scalingColumns(deviations)
    return Draws.tiled(samples, dimension: dimension, tileRows: 64) { tile in
      let components = latents.components(logWeights: logWeights, samples: tile)
      let noise = latents.normals(
        "noise", samples: tile, count: dimension, within: sampling.truncation)
      return Draws(
        rows: rows(of: components, means: means, noise: noise, bias: sampling.bias),
        components: components)
    }
  }

  /// The samples of these components with this noise `(n, D)`.
  private func rows(
    of components: [Int], means: Matrix, noise: Matrix, bias: Double
  ) -> Matrix {
    let along = noise.times(transposeOf: principal.components)
    let rank = principal.count
    let scale = bias.squareRoot()
    // The same noise serves along the axes and outside them: its parts there are independent.
    let level = (bias * principal.residualVariance).squareRoot()
    var coordinates = Matrix(rowCount: components.count, columnCount: rank)
    for k in 0..<mixture.count {
      let members = components.indices.filter { components[$0] == k }
      guard !members.isEmpty else { continue }
      let spread = along.gatheringRows(members).times(roots[k])
      for (position, row) in members.enumerated() {
        for j in 0..<rank {
          coordinates[row, j] = means[k, j] + scale * spread[position, j] - level * along[row, j]
        }
      }
    }
    let drawn = principal.reconstruct(coordinates)
    return level > 0 ? drawn.adding(level, times: noise) : drawn
  }

  /// The log-density of the law that is drawn, every covariance plus the noise floor; `nil` where
  /// that has none: a singular covariance without a noise floor, or truncated noise.
  public func logDensity(
    _ rows: Matrix, sampling: Sampling, noiseFloor: Double
  ) -> [Double]? {
    let residual = sampling.bias * principal.residualVariance + noiseFloor
    guard sampling.isNormal,
      noiseFloor > 0 || (sampling.bias > 0 && (outside == 0 || residual > 0))
    else { return nil }
    let added = noiseFloor > 0 ? principal.eigenvalues.map { noiseFloor / $0 } : nil
    guard let densities = try? ComponentDensities<Double>(sampledLaw(sampling), adding: added)
    else { return nil }
    let centred = rows.subtractingFromRows(principal.mean)
    let coordinates = centred.times(transposeOf: principal.components)
    let logJoint = densities(coordinates.scalingColumns(deviations.map { 1 / $0 }))
    var constant = -deviations.reduce(0) { $0 + log($1) }
    guard outside > 0 else {
      return (0..<rows.rowCount).map { constant + logSumExp(logJoint.row($0)) }
    }
    constant -= 0.5 * Double(outside) * log(2 * .pi * residual)
    let norms = zip(centred.squaredRowNorms(), coordinates.squaredRowNorms())
    return zip(0..<rows.rowCount, norms).map { row, norms in
      constant + logSumExp(logJoint.row(row)) - 0.5 * max(norms.0 - norms.1, 0) / residual
    }
  }

  /// The mixture in whitened coordinates as it is sampled.
  private func sampledLaw(_ sampling: Sampling) -> FullCovarianceMixture {
    let mixture = FullCovarianceMixture(
      weights: sampling.weights(mixture.weights), means: mixture.means,
      covariances: mixture.covariances)
    return switch sampling.biasScope {
    case .global: mixture.contracted(towards: mixture.mean, scale: sampling.bias)
    case .component:
      FullCovarianceMixture(
        weights: mixture.weights, means: mixture.means,
        covariances: mixture.covariances.map { $0.scaled(by: sampling.bias) })
    }
  }

  /// The same law with its components in the order of the previous model's.
  public func matched(to previous: any GenerativeModel) -> any GenerativeModel {
    guard let previous = previous as? GaussianMixtureModel, previous.dimension == dimension else {
      return self
    }
    let order = ComponentMatching.order(
      squaredDistances: ComponentMatching.squaredDistances(
        componentMeans, previous.componentMeans),
      weights: componentWeights, previousWeights: previous.componentWeights)
    return GaussianMixtureModel(
      principal: principal, mixture: mixture.reordered(order), roots: order.map { roots[$0] },
      logLikelihoods: logLikelihoods)
  }

  /// Everything in the formula above; `means` and `covariances` are those of `y`.
  public var tensors: [Tensor] {
    let (count, rank) = (mixture.count, principal.count)
    return [
      Tensor(name: "mean", shape: [dimension], values: .float64(principal.mean)),
      Tensor(
        name: "axes", shape: [rank, dimension], values: .float64(principal.components.elements)),
      Tensor(name: "variances", shape: [rank], values: .float64(principal.eigenvalues)),
      Tensor(
        name: "residual_variance", shape: [1], values: .float64([principal.residualVariance])),
      Tensor(name: "weights", shape: [count], values: .float64(mixture.weights)),
      Tensor(name: "means", shape: [count, rank], values: .float64(mixture.means.elements)),
      Tensor(
        name: "covariances", shape: [count, rank, rank],
        values: .float64(mixture.covariances.flatMap(\.elements))),
    ]
  }
}

extension GaussianMixtureModel {
  /// The mixture in the whitened coordinates of another principal, its covariances floored: where a
  /// warm start begins.
  func whitenedMixture(
    in other: PrincipalComponents, floor: Double
  ) throws(LinearAlgebraError) -> FullCovarianceMixture {
    let scales = other.eigenvalues.map { 1 / $0.squareRoot() }
    // The rows of `map` are the old whitened axes in the new whitened coordinates.
    let overlap = principal.components.times(transposeOf: other.components)
    let map = overlap.scalingRows(deviations).scalingColumns(scales)
    let outside = Matrix.identity(other.count).adding(-1, times: overlap.gram())
      .scalingRows(scales).scalingColumns(scales)
    var covariances: [Matrix] = []
    for covariance in mixture.covariances {
      covariances.append(
        try map.transposedTimes(covariance.times(map))
          .adding(principal.residualVariance, times: outside).symmetrized()
          .flooringEigenvalues(floor))
    }
    return FullCovarianceMixture(
      weights: mixture.weights,
      means: other.project(componentMeans).scalingColumns(scales), covariances: covariances)
  }
}
