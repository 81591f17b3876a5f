import LinearAlgebra
import Samples

extension DetailLevel {
  /// Fits a level to blocks of training pictures.
  ///
  /// - Parameter level: The number of the level, 0 for the finest.
  static func fit(
    _ training: TrainingBlocks, level: Int
  ) throws(LinearAlgebraError) -> DetailLevel {
    let settings = training.settings
    let (target, coordinates) = try principalDetails(
      training.targets, weights: training.weights, count: settings.targetRank)
    let reduction = try ContextReduction(
      contexts: training.contexts, targets: coordinates, weights: training.weights,
      dimensions: settings.context)
    let z = reduction(training.contexts)
    let deviations = target.eigenvalues.map { $0.squareRoot() }
    let joint = z.appendingColumns(of: coordinates.scalingColumns(deviations.map { 1 / $0 }))
    // Clusters are sought at natural scales: whitened, sixty directions of noise would outvote what
    // the eye sees. EM itself does not depend on the scales, and its floor is relative to them.
    let natural = joint.scalingColumns(reduction.deviations + deviations)
    let labels = KMeans.labels(
      of: natural, weights: training.weights, count: settings.components,
      steps: settings.lloydSteps)
    let mixture = try ExpectationMaximization(
      steps: settings.steps, tolerance: -.infinity, floor: relativeFloor,
      shrinkage: settings.shrinkage, precision: .single
    ).fit(joint, weights: training.weights, labels: labels, count: settings.components).mixture
    return try DetailLevel(
      mixture, contextCount: z.columnCount, level: level, grid: training.grid,
      reduction: reduction,
      target: target)
  }

  /// The smallest conditional variance, relative to the variance of each coordinate.
  private static let relativeFloor = 1e-9

  /// The smallest variance outside the principal axes, in squared model coordinates, for details that
  /// are constant: it keeps their density finite.
  private static let absoluteFloor = 1e-12

  /// The principal components of the details, with a positive variance outside them, and the
  /// coordinates of the details.
  private static func principalDetails(
    _ details: Matrix, weights: [Double]?, count: Int
  ) throws(LinearAlgebraError) -> (PrincipalComponents, coordinates: Matrix) {
    let (fitted, coordinates) = try PrincipalComponents.fit(
      details, dimensions: count, weights: weights)
    let meanVariance = fitted.totalVariance / Double(fitted.dimension)
    let target = PrincipalComponents(
      mean: fitted.mean, components: fitted.components, eigenvalues: fitted.eigenvalues,
      residualVariance: max(
        fitted.residualVariance, relativeFloor * meanVariance, absoluteFloor))
    return (target, coordinates)
  }

  /// Turns a joint mixture of `(z, t)`, with `t` in units of its standard deviations, into the law of
  /// `t` given `z`: `G = Czz⁻¹ Czt` and the Schur complement `Ctt - Ctz Czz⁻¹ Czt` for each component.
  private init(
    _ joint: FullCovarianceMixture, contextCount: Int, level: Int, grid: DetailGrid,
    reduction: ContextReduction, target: PrincipalComponents
  ) throws(LinearAlgebraError) {
    let context = 0..<contextCount
    let details = contextCount..<joint.dimension
    let deviations = target.eigenvalues.map { $0.squareRoot() }
    var (intercepts, gains, covariances): ([[Double]], [Matrix], [Matrix]) = ([], [], [])
    for k in 0..<joint.count {
      let covariance = joint.covariances[k]
      let whitening = try covariance.block(rows: context, columns: context).cholesky()
        .lowerTriangularInverse()
      let whitened = whitening.times(covariance.block(rows: context, columns: details))
      let gain = whitening.transposedTimes(whitened)
      let conditional = try covariance.block(rows: details, columns: details)
        .adding(-1, times: whitened.gram()).flooringEigenvalues(Self.relativeFloor)
      let mean = joint.means.rows(k..<k + 1)
      let shift = mean.leadingColumns(contextCount).times(gain)
      intercepts.append(
        details.indices.map { index in
          let j = index - contextCount
          return (mean[0, index] - shift[0, j]) * deviations[j]
        })
      gains.append(gain.scalingColumns(deviations))
      covariances.append(
        conditional.scalingRows(deviations).scalingColumns(deviations).symmetrized())
    }
    try self.init(
      level: level, grid: grid, reduction: reduction, target: target,
      contexts: joint.leadingMarginal(contextCount), intercepts: intercepts, gains: gains,
      covariances: covariances)
  }
}

extension Matrix {
  /// The columns of `self` followed by those of `other`.
  func appendingColumns(of other: Matrix) -> Matrix {
    precondition(rowCount == other.rowCount, "\(rowCount) rows beside \(other.rowCount)")
    let (left, right) = (columnCount, other.columnCount)
    return Matrix(rowCount: rowCount, columnCount: left + right, tileRows: 256) { rows, out in
      for (position, row) in rows.enumerated() {
        let start = position * (left + right)
        for column in 0..<left { out[start + column] = elements[row * left + column] }
        for column in 0..<right {
          out[start + left + column] = other.elements[row * right + column]
        }
      }
    }
  }
}
