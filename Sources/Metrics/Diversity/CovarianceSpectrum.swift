import Foundation
public import LinearAlgebra

/// How widely, and in how many directions, the samples of one set spread.
public struct CovarianceSpectrum: Equatable, Sendable {
  /// The eigenvalues of the covariance (divided by `n - 1`), descending, at least 0: `min(n, d)` of
  /// them, the others being 0.
  public let eigenvalues: [Double]

  /// The trace of the covariance, `Σ λ`, in squared feature units.
  public let totalVariance: Estimate

  /// `exp(-Σ p ln p)` with `p = λ / Σ λ`: the number of equally strong directions with the same
  /// entropy (Roy and Vetterli, EUSIPCO 2007); `nil` where all samples are the same.
  public let effectiveRank: Estimate?

  /// `(Σ λ)² / Σ λ²`; `nil` where all samples are the same.
  public let participationRatio: Estimate?

  /// Computes the spectrum of the rows of a matrix.
  ///
  /// Standard errors are of first order: the deviation over the samples of the statistic's influence
  /// function, over `√n`. A sample with the scores `z` on the eigenvectors moves each eigenvalue `λ` by
  /// `z² - λ`.
  ///
  /// - Parameters:
  ///   - samples: One sample a row, `(n, d)`, `n >= 2`.
  ///   - role: The name of the set in error messages.
  /// - Throws: ``MetricsError`` if there are too few samples or an entry is not finite.
  public init(of samples: Matrix, as role: SampleRole = .generated) throws(MetricsError) {
    try samples.requireSamples(role)
    let centred = samples.centred().rows
    let (eigenvalues, squaredScores) = try Self.decompose(centred)
    self.eigenvalues = eigenvalues
    // Of the entries, not of the eigenvalues: exact where these carry the errors of a decomposition.
    let degrees = Double(samples.rowCount - 1)
    let norms = centred.squaredRowNorms()
    let total = norms.reduce(0, +) / degrees
    totalVariance = Estimate(value: total, standardError: standardErrorOfMean(norms))
    guard total > 0 else {
      effectiveRank = nil
      participationRatio = nil
      return
    }
    let shares = eigenvalues.map { $0 / total }
    let entropy = -shares.reduce(0) { $0 + ($1 > 0 ? $1 * log($1) : 0) }
    let rank = exp(entropy)
    let concentration = shares.reduce(0) { $0 + $1 * $1 }
    effectiveRank = Estimate(
      value: rank,
      standardError: squaredScores.standardErrorOfWeightedRows(
        shares.map { $0 > 0 ? -rank * (log($0) + entropy) / total : 0 }))
    participationRatio = Estimate(
      value: 1 / concentration,
      standardError: squaredScores.standardErrorOfWeightedRows(
        shares.map { 2 * (1 - $0 / concentration) / (concentration * total) }))
  }

  /// The eigenvalues of the covariance and the squared scores `(n, r)` of the samples on their
  /// eigenvectors, from the smaller of covariance and Gram matrix.
  private static func decompose(
    _ centred: Matrix
  ) throws(MetricsError) -> (eigenvalues: [Double], squaredScores: Matrix) {
    let (n, d) = (centred.rowCount, centred.columnCount)
    let degrees = Double(n - 1)
    let isWide = n <= d
    let eigen = try MetricsError.wrapping { () throws(LinearAlgebraError) in
      try (isWide ? centred.outerGram() : centred.gram()).symmetricEigen()
    }
    let values = eigen.values.map { max(0, $0) / degrees }
    // An eigenvector of the Gram matrix with eigenvalue l holds the scores over √l.
    var scores =
      isWide
      ? eigen.vectors.transposed().scalingColumns(
        eigen.values.map { max(0, $0).squareRoot() })
      : centred.times(transposeOf: eigen.vectors)
    for index in scores.elements.indices { scores.elements[index] *= scores.elements[index] }
    return (values, scores)
  }
}

extension Matrix {
  /// The standard error of the mean, over rows, of the rows' products with a vector.
  fileprivate func standardErrorOfWeightedRows(_ weights: [Double]) -> Double? {
    let products = times(Matrix(rowCount: weights.count, columnCount: 1, elements: weights))
    return standardErrorOfMean(products.elements)
  }
}
