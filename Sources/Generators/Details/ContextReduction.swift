import LinearAlgebra

/// The linear map from a block's context to the few numbers that its details depend on.
///
/// Two thirds of the directions are supervised: those of the whitened context that explain most of the
/// details (the left singular vectors of the regression of the details on it: reduced-rank
/// regression), mapped back. The rest are leading principal components, which keep the context's own
/// law informative for the choice of a component. The result is whitened.
///
/// - Note: Izenman, J. Multivariate Anal. 5 (1975) 248-264.
struct ContextReduction: Equatable, Sendable {
  /// The mean context.
  let mean: [Double]

  /// The map, of shape `(context numbers, q)`.
  let map: Matrix

  /// The image of the mean, of shape `(q)`.
  let meanImage: [Double]

  /// The standard deviations that whitening divided by: the scales at which contexts are clustered.
  let deviations: [Double]

  /// Fits the map from contexts `(N, c)` and the principal coordinates of their details `(N, r)`, each
  /// block counted by its weight, if there are any.
  init(
    contexts: Matrix, targets: Matrix, weights: [Double]? = nil, dimensions: Int
  ) throws(LinearAlgebraError) {
    let (principal, coordinates) = try PrincipalComponents.fit(
      contexts, dimensions: contexts.columnCount, weights: weights)
    let kept = min(dimensions, principal.count)
    let directions = try Self.directions(
      contexts: coordinates, variances: principal.eigenvalues,
      targets: weights.map { targets.scalingRows($0) } ?? targets, count: kept)
    // In the coordinates along the principal axes the covariance of the contexts is diagonal.
    let covariance = directions.transposedTimes(directions.scalingRows(principal.eigenvalues))
    let eigen = try covariance.symmetrized().symmetricEigen()
    let whitening = directions.times(transposeOf: eigen.vectors)
      .scalingColumns(eigen.values.map { 1 / $0.squareRoot() })
    self.init(
      mean: principal.mean, map: principal.components.transposedTimes(whitening),
      deviations: eigen.values.map { $0.squareRoot() })
  }

  init(mean: [Double], map: Matrix, deviations: [Double]) {
    self.mean = mean
    self.map = map
    self.deviations = deviations
    meanImage = Matrix(rowCount: 1, columnCount: mean.count, elements: mean).times(map).elements
  }

  /// The reduced contexts, of shape `(N, q)`, of (weighted) mean 0 and covariance 1 over the
  /// training blocks.
  func callAsFunction(_ contexts: Matrix) -> Matrix {
    contexts.times(map).subtractingFromRows(meanImage)
  }

  /// Orthonormal directions in the principal coordinates of the contexts, one a column.
  ///
  /// - Parameter targets: The details, of mean 0, each times its weight.
  private static func directions(
    contexts: Matrix, variances: [Double], targets: Matrix, count: Int
  ) throws(LinearAlgebraError) -> Matrix {
    guard count < variances.count else { return .identity(variances.count) }
    let scales = variances.map { 1 / $0.squareRoot() }
    let regression = contexts.scalingColumns(scales).transposedTimes(targets)
    let supervised = min((2 * count + 1) / 3, targets.columnCount)
    let vectors = try regression.outerGram().symmetricEigen(largest: supervised).vectors
    let mapped = vectors.scalingColumns(scales)
    let unit = mapped.scalingRows(mapped.squaredRowNorms().map { 1 / $0.squareRoot() })
    let leading = Matrix.identity(variances.count).rows(0..<count - supervised)
    return try unit.appendingRows(of: leading).transposed().orthonormalColumns()
  }
}
