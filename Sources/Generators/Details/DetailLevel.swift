import LinearAlgebra
import Samples

/// One doubling of a picture's size: the details of blocks of cells, drawn in raster order from a
/// conditional Gaussian mixture given the block's context.
///
/// The details of a block are `μ + Vᵀ t + √r (I - VVᵀ) ε` with principal axes `V` and isotropic noise
/// outside them. A component is chosen with the probability that the context `z` gives it, and then
/// `t = a + zG + √λ C^½ ε`: the conditional law of a joint Gaussian mixture of `(z, t)`.
struct DetailLevel: Sendable {
  /// The number of the level, 0 for the finest: it names streams and tensors.
  let level: Int

  /// How pictures are cut into blocks.
  let grid: DetailGrid

  /// The map from a context to `z`.
  let reduction: ContextReduction

  /// The mean and the principal axes of the details of a block, in the details' units.
  let target: PrincipalComponents

  /// The mixture of contexts `z`, from which components are chosen.
  let contexts: FullCovarianceMixture

  /// For each component the intercept `a` of `t`.
  let intercepts: [[Double]]

  /// For each component the gain `G`, of shape `(q, r)`.
  let gains: [Matrix]

  /// For each component the conditional covariance `C` of `t`, of shape `(r, r)`.
  let covariances: [Matrix]

  /// The symmetric square roots of ``covariances``.
  let roots: [Matrix]

  /// The densities of contexts under ``contexts``.
  let contextDensities: GuardedDensities

  init(
    level: Int, grid: DetailGrid, reduction: ContextReduction, target: PrincipalComponents,
    contexts: FullCovarianceMixture, intercepts: [[Double]], gains: [Matrix],
    covariances: [Matrix]
  ) throws(LinearAlgebraError) {
    self.level = level
    self.grid = grid
    self.reduction = reduction
    self.target = target
    self.contexts = contexts
    self.intercepts = intercepts
    self.gains = gains
    self.covariances = covariances
    var roots: [Matrix] = []
    for covariance in covariances { roots.append(try covariance.symmetricSquareRoot()) }
    self.roots = roots
    contextDensities = try GuardedDensities(contexts)
  }

  /// The number of components, `K`.
  var count: Int { contexts.count }
}

extension DetailLevel: Equatable {
  /// Whether two levels are the same law of the same pictures.
  static func == (a: DetailLevel, b: DetailLevel) -> Bool {
    // The rest is computed from these.
    a.level == b.level && a.grid == b.grid && a.reduction == b.reduction && a.target == b.target
      && a.contexts == b.contexts && a.intercepts == b.intercepts && a.gains == b.gains
      && a.covariances == b.covariances
  }
}

extension DetailLevel {
  /// The parameters, named `detail.<level>.` and the rest.
  var tensors: [Tensor] {
    let (count, context, rank) = (count, contexts.dimension, target.count)
    return [
      tensor("block", [1], [Double(2 * grid.side)]),
      tensor("context_mean", [grid.contextCount], reduction.mean),
      tensor("context_map", [grid.contextCount, context], reduction.map.elements),
      tensor("context_deviations", [context], reduction.deviations),
      tensor("target_variances", [rank], target.eigenvalues),
      tensor("target_mean", [grid.targetCount], target.mean),
      tensor("target_axes", [rank, grid.targetCount], target.components.elements),
      tensor("residual_variance", [1], [target.residualVariance]),
      tensor("weights", [count], contexts.weights),
      tensor("context_means", [count, context], contexts.means.elements),
      tensor(
        "context_covariances", [count, context, context],
        contexts.covariances.flatMap(\.elements)),
      tensor("intercepts", [count, rank], intercepts.flatMap { $0 }),
      tensor("gains", [count, context, rank], gains.flatMap(\.elements)),
      tensor("covariances", [count, rank, rank], covariances.flatMap(\.elements)),
    ]
  }

  private func tensor(_ name: String, _ shape: [Int], _ values: [Double]) -> Tensor {
    Tensor(name: "detail.\(level).\(name)", shape: shape, values: .float64(values))
  }
}
