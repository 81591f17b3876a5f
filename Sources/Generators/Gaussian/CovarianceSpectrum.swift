import LinearAlgebra

/// The mean of samples and the principal axes of their covariance (divided by `n`), in the span of
/// the samples.
///
/// `n` samples span at most `n - 1` dimensions about their mean. The eigenproblem is of the smaller
/// side, `min(n, D)`; the directions that no sample has stay out for ever: nothing is added to the
/// spectrum.
struct CovarianceSpectrum: Equatable, Sendable {
  /// The mean, shape `(D)`.
  let mean: [Double]

  /// Orthonormal principal axes, one a row, of shape `(r, D)`.
  let axes: Matrix

  /// The variance along each axis, positive and descending, shape `(r)`.
  let variances: [Double]

  /// The mean variance of the dimensions outside the axes; 0 if the axes hold all of it.
  let residualVariance: Double

  /// The numbers in a sample, `D`.
  var dimension: Int { mean.count }

  /// The number of axes, `r`.
  var rank: Int { variances.count }

  /// Creates a spectrum from its parts.
  init(mean: [Double], axes: Matrix, variances: [Double], residualVariance: Double) {
    precondition(
      axes.columnCount == mean.count && axes.rowCount == variances.count,
      "\(axes.rowCount)×\(axes.columnCount) axes, \(mean.count) means, \(variances.count) variances"
    )
    self.mean = mean
    self.axes = axes
    self.variances = variances
    self.residualVariance = residualVariance
  }

  /// Computes the spectrum of samples `(n, D)`, all of it or the `largest` axes.
  ///
  /// An eigenvalue below the rounding error of the largest is none.
  init(of samples: Matrix, largest: Int? = nil) throws(LinearAlgebraError) {
    let (n, dimension) = (samples.rowCount, samples.columnCount)
    let mean = samples.columnMeans()
    let centred = samples.subtractingFromRows(mean)
    let scale = 1 / Double(max(n, 1))
    let limit = min(max(n - 1, 0), dimension)
    let wanted = min(largest ?? limit, limit)
    // More axes than wanted are computed only where all are: `kept < limit` leaves a residual.
    let inSampleSpace = n < dimension
    let gram = inSampleSpace ? centred.outerGram() : centred.gram()
    let eigen = try gram.symmetricEigen(largest: wanted)
    let tolerance = (eigen.values.first ?? 0) * Double(gram.rowCount) * 0x1p-52
    let rank = eigen.values.count { $0 > tolerance && $0 > 0 }
    let vectors = eigen.vectors.rows(0..<rank)
    let values = eigen.values.prefix(rank)
    let axes =
      inSampleSpace
      ? vectors.times(centred).scalingRows(values.map { 1 / $0.squareRoot() }) : vectors
    let outside = dimension - rank
    let discarded = gram.trace - values.reduce(0, +)
    self.init(
      mean: mean, axes: axes, variances: values.map { $0 * scale },
      residualVariance: rank == wanted && wanted < limit && outside > 0
        ? max(discarded, 0) * scale / Double(outside) : 0)
  }

  /// The coordinates of samples `(n, D)` along the axes, of shape `(n, r)`, in the samples' units.
  func coordinates(of samples: Matrix) -> Matrix {
    samples.subtractingFromRows(mean).times(transposeOf: axes)
  }

  /// The samples with these coordinates `(n, r)` that lie in the span.
  func samples(at coordinates: Matrix) -> Matrix {
    coordinates.times(axes).subtractingFromRows(mean.map { -$0 })
  }
}
