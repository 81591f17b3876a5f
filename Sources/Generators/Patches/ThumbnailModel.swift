import Foundation
import LinearAlgebra

/// The law of whole pictures up to the patch size, and of plain vectors: principal components with a
/// mixture of probabilistic PCA in them and isotropic noise outside.
///
///     x = mean + Cᵀ (scales ∘ w) + √r (I - CᵀC) ε,    w ~ Σₖ πₖ N(mₖ, FₖᵀFₖ + sₖ I)
///
/// With scales `lⱼ^(γ/2)` of the spectrum `l` the residual noise of a component has the spectrum of
/// the pictures themselves, to the power γ: soft texture instead of salt and pepper.
struct ThumbnailModel: Equatable, Sendable {
  /// The principal components, their residual variance positive wherever dimensions remain.
  let principal: PrincipalComponents

  /// The shaped residual: `max(lⱼ, 1e-8 l₁)^(γ/2)`, of shape `(d)`.
  let scales: [Double]

  /// The mixture of the scaled coordinates `w`.
  let mixture: PPCAMixture

  /// The numbers in a sample, `D`.
  var dimension: Int { principal.dimension }

  /// The dimensions outside the principal components.
  var outsideCount: Int { dimension - principal.count }

  /// The means of the components in model coordinates, of shape `(K, D)`.
  var componentMeans: Matrix {
    principal.reconstruct(mixture.means.scalingColumns(scales))
  }

  /// The trace of the covariance of the law.
  var totalVariance: Double {
    mixture.totalVariance(coordinateFactors: scales.map { $0 * $0 })
      + Double(outsideCount) * principal.residualVariance
  }
}

extension ThumbnailModel {
  /// The smallest variance outside the principal components, as a share of the mean variance of a
  /// coordinate: with as many components as the samples span nothing else is left there.
  private static let residualFloor = 1e-6

  /// The smallest variance at all, for samples that are all the same, in squared model coordinates.
  private static let absoluteFloor = 1e-20

  /// The smallest eigenvalue that shapes the residual, as a share of the largest.
  private static let spectrumFloor = 1e-8

  /// Fits samples of shape `(n, D)`.
  ///
  /// - Parameters:
  ///   - weights: How often each sample counts, summing to their effective number; `nil` for once each.
  ///   - residualExponent: The exponent γ of the spectrum in the scales.
  ///   - previous: Where EM starts; `nil` for a cold start.
  static func fit(
    _ rows: RowSource, weights: [Double]? = nil, dimensions: Int, residualExponent: Double,
    settings: PPCAMixture.Settings, previous: ThumbnailModel? = nil
  ) throws(LinearAlgebraError) -> (model: ThumbnailModel, logLikelihoods: [Double]) {
    // Of many samples the coordinates are taken block by block, once their scales are known.
    let isTall = rows.rowCount > rows.columnCount
    let (model, coordinates) =
      isTall
      ? (try PrincipalComponents.model(rows, dimensions: dimensions, weights: weights), nil)
      : try PrincipalComponents.fit(rows, dimensions: dimensions, weights: weights)
        as (_, Matrix?)
    let principal = model.flooringResidual(
      at: max(
        residualFloor * model.totalVariance / Double(max(1, rows.columnCount)), absoluteFloor))
    let largest = principal.eigenvalues.first ?? 0
    let scales = principal.eigenvalues.map {
      pow(max($0, spectrumFloor * largest), residualExponent / 2)
    }
    let start = previous.flatMap { $0.mixture(in: principal, scales: scales, settings: settings) }
    let inverse = scales.map { 1 / $0 }
    let scaled: RowSource
    if let coordinates {
      scaled = RowSource(coordinates.scalingColumns(inverse))
    } else {
      var writer = RowWriter(expecting: rows.rowCount, columnCount: principal.count)
      for block in rows.blocks {
        writer.append(principal.project(rows.rows(block)).scalingColumns(inverse))
      }
      scaled = writer.finish()
    }
    let fit = try PPCAMixture.fit(scaled, weights: weights, settings: settings, start: start)
    return (
      ThumbnailModel(principal: principal, scales: scales, mixture: fit.mixture),
      fit.logLikelihoods
    )
  }

  /// This model's mixture in the scaled coordinates of other principal components, where a warm start
  /// begins; `nil` if it has another size or there are no coordinates.
  ///
  /// Means and factors are projected. The residual noise, which is not isotropic there, keeps its mean.
  private func mixture(
    in other: PrincipalComponents, scales otherScales: [Double], settings: PPCAMixture.Settings
  ) -> PPCAMixture? {
    guard mixture.count == settings.components, other.dimension == dimension,
      principal.count > 0, other.count > 0,
      mixture.rank == max(0, min(settings.rank, other.count - 1))
    else { return nil }
    let inverse = otherScales.map { 1 / $0 }
    let map = principal.components.times(transposeOf: other.components).scalingRows(scales)
      .scalingColumns(inverse)
    let noise =
      map.squaredRowNorms().reduce(0, +) / Double(min(principal.count, other.count))
    return PPCAMixture(
      weights: mixture.weights, means: other.project(componentMeans).scalingColumns(inverse),
      factors: mixture.factors.times(map),
      residualVariances: mixture.residualVariances.map { $0 * noise })
  }
}

extension PrincipalComponents {
  /// The same components with at least this residual variance, if any dimension remains outside.
  fileprivate func flooringResidual(at floor: Double) -> PrincipalComponents {
    PrincipalComponents(
      mean: mean, components: components, eigenvalues: eigenvalues,
      residualVariance: count < dimension ? max(residualVariance, floor) : 0)
  }
}
