public import LinearAlgebra

/// The first two moments of a set of samples, with a factor of the covariance.
public struct SampleStatistics: Equatable, Sendable {
  /// The number of samples, at least 2.
  public let count: Int

  /// The sample mean, shape `(d)`.
  public let mean: [Double]

  /// The covariance, divided by `count - 1`, shape `(d, d)`.
  public let covariance: Matrix

  /// `F` of shape `(r, d)`, `r = min(count, d)`, with `Fᵀ · F = covariance`.
  ///
  /// It comes from the centred samples and not from ``covariance``, whose rounding errors would hide
  /// every direction with less than 1e-8 of the largest deviation: exactly those in which a collapsed
  /// set has none left.
  let factor: Matrix

  /// The number of features, `d`.
  public var dimension: Int { mean.count }

  /// The largest rank that the covariance of so many samples can have: `min(count - 1, d)`.
  public var rankLimit: Int { min(count - 1, dimension) }

  /// Creates statistics from their parts.
  init(count: Int, mean: [Double], covariance: Matrix, factor: Matrix) {
    self.count = count
    self.mean = mean
    self.covariance = covariance
    self.factor = factor
  }

  /// Computes mean and covariance of the rows of a matrix.
  ///
  /// - Parameters:
  ///   - samples: One sample a row, `(n, d)`, `n >= 2`.
  ///   - role: The name of the set in error messages.
  /// - Throws: ``MetricsError`` if there are too few samples or an entry is not finite.
  public init(of samples: Matrix, as role: SampleRole = .real) throws(MetricsError) {
    try samples.requireSamples(role)
    let (centre, centred) = samples.centred()
    count = samples.rowCount
    mean = centre
    let scale = 1 / Double(count - 1)
    var covariance = centred.gram()
    for index in covariance.elements.indices { covariance.elements[index] *= scale }
    self.covariance = covariance
    // With fewer samples than features the centred samples themselves are the thinner factor.
    var factor = centred
    if count > samples.columnCount {
      factor = try MetricsError.wrapping { () throws(LinearAlgebraError) in
        try centred.upperTriangularFactor()
      }
    }
    for index in factor.elements.indices { factor.elements[index] *= scale.squareRoot() }
    self.factor = factor
  }

  /// Takes moments that were computed elsewhere.
  ///
  /// The Fréchet distance from a singular covariance given in this way is right to about 1e-8 of its
  /// trace; from samples it is right to the last digits.
  ///
  /// - Throws: ``MetricsError`` if an eigenvalue of the covariance is below `-1e-10` of the trace, or
  ///   an entry is not finite.
  public init(mean: [Double], covariance: Matrix, count: Int) throws(MetricsError) {
    precondition(
      covariance.rowCount == mean.count && covariance.columnCount == mean.count,
      "a mean of \(mean.count) and a \(covariance.rowCount)×\(covariance.columnCount) covariance")
    precondition(count >= 2, "a covariance of \(count) samples")
    self.mean = mean
    self.covariance = covariance
    self.count = count
    factor = try Self.factor(of: covariance)
  }

  private static func factor(of covariance: Matrix) throws(MetricsError) -> Matrix {
    // Well away from singularity the Cholesky factor has all digits, at a fraction of the cost.
    if let lower = try? covariance.cholesky() {
      let pivots = (0..<lower.rowCount).map { lower[$0, $0] }
      if let smallest = pivots.min(), let largest = pivots.max(), smallest > 1e-5 * largest {
        return lower.transposed()
      }
    }
    let eigen = try MetricsError.wrapping { () throws(LinearAlgebraError) in
      try covariance.symmetricEigen()
    }
    let smallest = eigen.values.last ?? 0
    guard smallest >= -1e-10 * abs(covariance.trace) else {
      throw .notPositiveSemidefinite(order: covariance.rowCount, smallestEigenvalue: smallest)
    }
    return eigen.vectors.scalingRows(eigen.values.map { max(0, $0).squareRoot() })
  }
}

extension Matrix {
  /// The column means and the rows minus them.
  ///
  /// The mean is computed twice, the second time of what is left, so that a common offset of any size
  /// costs it no digits.
  func centred() -> (mean: [Double], rows: Matrix) {
    let first = columnMeans()
    let correction = subtractingFromRows(first).columnMeans()
    let mean = zip(first, correction).map { $0 + $1 }
    return (mean, subtractingFromRows(mean))
  }

  fileprivate func scalingRows(_ factors: [Double]) -> Matrix {
    var scaled = self
    for row in 0..<rowCount {
      for column in 0..<columnCount { scaled[row, column] *= factors[row] }
    }
    return scaled
  }
}
