public import LinearAlgebra

/// The leading principal components of samples, and how much variance lies outside them.
///
/// With orthonormal rows `C` the law of a sample is read as `mean + Cᵀ z + noise`, the noise isotropic in
/// the complement of `C`: the covariance has the data's trace, whatever was kept (Tipping and Bishop
/// 1999, section 3.2).
public struct PrincipalComponents: Equatable, Sendable {
  /// The mean of the samples, of shape `(D)`.
  public let mean: [Double]

  /// The principal components, orthonormal rows of shape `(d, D)`, largest variance first.
  public let components: Matrix

  /// The variance (divided by `n`) along each component, of shape `(d)`, descending and positive.
  public let eigenvalues: [Double]

  /// The mean variance of each of the `D - d` remaining dimensions; 0 if nothing remains.
  public let residualVariance: Double

  /// Creates principal components from their parts.
  public init(
    mean: [Double], components: Matrix, eigenvalues: [Double], residualVariance: Double
  ) {
    precondition(
      components.columnCount == mean.count && components.rowCount == eigenvalues.count,
      "\(eigenvalues.count) variances and \(components.rowCount)×\(components.columnCount) "
        + "components of \(mean.count) numbers do not fit")
    self.mean = mean
    self.components = components
    self.eigenvalues = eigenvalues
    self.residualVariance = residualVariance
  }

  /// The numbers in a sample, `D`.
  public var dimension: Int { mean.count }

  /// The number of components, `d`.
  public var count: Int { eigenvalues.count }

  /// The trace of the covariance that the components and the residual variance stand for.
  public var totalVariance: Double {
    eigenvalues.reduce(0, +) + Double(dimension - count) * residualVariance
  }

  /// The coordinates of samples, `(rows - mean)·Cᵀ`, of shape `(n, d)`.
  public func project(_ rows: Matrix) -> Matrix {
    rows.subtractingFromRows(mean).times(transposeOf: components)
  }

  /// The samples at coordinates of shape `(n, d)`: `mean + coordinates·C`, of shape `(n, D)`.
  public func reconstruct(_ coordinates: Matrix) -> Matrix {
    coordinates.times(components).subtractingFromRows(mean.map(-))
  }
}
