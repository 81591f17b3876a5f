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

  /// `Σ ln λ / d`, the logarithm of the geometric mean of the variances along the axes; `nil` where an
  /// eigenvalue is 0 to machine precision.
  public let meanLogEigenvalue: Estimate?

  /// The number of eigenvalues that are not 0 to machine precision.
  let rank: Int

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
  public init(
    of samples: some DesignMatrix, as role: SampleRole = .generated
  ) throws(MetricsError) {
    try samples.requireSamples(role)
    let mean = samples.stableColumnMeans()
    let (eigenvalues, scores) = try Self.decompose(samples, about: mean)
    self.eigenvalues = eigenvalues
    // Of the entries, not of the eigenvalues: exact where these carry the errors of a decomposition.
    let degrees = Double(samples.rowCount - 1)
    let norms = samples.squaredRowNorms(about: mean)
    let total = norms.reduce(0, +) / degrees
    totalVariance = Estimate(value: total, standardError: standardErrorOfMean(norms))
    let dimension = samples.columnCount
    let smallest = (eigenvalues.first ?? 0) * Double(dimension) * .ulpOfOne
    rank = eigenvalues.count { $0 > smallest }
    guard total > 0 else {
      effectiveRank = nil
      participationRatio = nil
      meanLogEigenvalue = nil
      return
    }
    meanLogEigenvalue =
      rank < dimension
      ? nil
      : Estimate(
        value: eigenvalues.reduce(0) { $0 + log($1) } / Double(dimension),
        standardError: scores.standardErrorOfWeightedSquares(
          eigenvalues.map { 1 / ($0 * Double(dimension)) }))
    let shares = eigenvalues.map { $0 / total }
    let entropy = -shares.reduce(0) { $0 + ($1 > 0 ? $1 * log($1) : 0) }
    let rank = exp(entropy)
    let concentration = shares.reduce(0) { $0 + $1 * $1 }
    effectiveRank = Estimate(
      value: rank,
      standardError: scores.standardErrorOfWeightedSquares(
        shares.map { $0 > 0 ? -rank * (log($0) + entropy) / total : 0 }))
    participationRatio = Estimate(
      value: 1 / concentration,
      standardError: scores.standardErrorOfWeightedSquares(
        shares.map { 2 * (1 - $0 / concentration) / (concentration * total) }))
  }

  /// The eigenvalues of the covariance and the scores of the samples on their eigenvectors, from the
  /// smaller of covariance and Gram matrix.
  private static func decompose(
    _ samples: some DesignMatrix, about mean: [Double]
  ) throws(MetricsError) -> (eigenvalues: [Double], scores: Scores) {
    let degrees = Double(samples.rowCount - 1)
    guard samples.rowCount > samples.columnCount else {
      let centred = samples.rows(0..<samples.rowCount, minus: mean)
      let eigen = try MetricsError.wrapping { () throws(LinearAlgebraError) in
        try centred.outerGram().symmetricEigen()
      }
      // An eigenvector of the Gram matrix with eigenvalue l holds the scores over √l.
      let roots = eigen.values.map { max(0, $0).squareRoot() }
      return (
        eigen.values.map { max(0, $0) / degrees },
        .known(eigen.vectors.transposed().scalingColumns(roots))
      )
    }
    var moments = StreamingMoments(dimension: samples.columnCount)
    for block in Scores.blocks(samples) {
      moments.append(samples.rows(block, minus: mean))
    }
    let covariance = moments.covariance(ddof: 1)
    let eigen = try MetricsError.wrapping { () throws(LinearAlgebraError) in
      try covariance.symmetricEigen()
    }
    return (
      eigen.values.map { max(0, $0) },
      .projections(of: samples, mean: mean, vectors: eigen.vectors)
    )
  }
}

/// The scores of samples on eigenvectors, `(n, r)`.
private enum Scores: Sendable {
  case known(Matrix)
  /// Computed block by block: of many samples no copy is kept.
  case projections(of: any DesignMatrix, mean: [Double], vectors: Matrix)

  static func blocks(_ samples: any DesignMatrix) -> [Range<Int>] {
    Parallelism.blocks(of: samples.rowCount, size: 2048)
  }

  /// The standard error of the mean, over samples, of the weighted sums of their squared scores.
  func standardErrorOfWeightedSquares(_ weights: [Double]) -> Double? {
    let column = Matrix(rowCount: weights.count, columnCount: 1, elements: weights)
    switch self {
    case .known(let scores): return standardErrorOfMean(scores.squared().times(column).elements)
    case .projections(let samples, let mean, let vectors):
      let blocks = Self.blocks(samples)
      return standardErrorOfMean(
        Parallelism.map(blocks.count) { index in
          samples.rows(blocks[index], minus: mean).times(transposeOf: vectors)
            .squared().times(column).elements
        }.flatMap { $0 })
    }
  }
}

extension Matrix {
  /// Every entry squared.
  func squared() -> Matrix {
    var squares = self
    for index in squares.elements.indices { squares.elements[index] *= squares.elements[index] }
    return squares
  }
}
