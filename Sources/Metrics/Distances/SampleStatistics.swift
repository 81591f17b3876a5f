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
  /// Where ``isRegular`` does not hold it comes from the centred samples and not from ``covariance``, whose
  /// rounding errors would hide every direction with less than 1e-8 of the largest deviation: exactly
  /// those in which a collapsed set has none left.
  let factor: Matrix

  /// Whether no feature is nearly a linear function of the others: ``factor`` then is the Cholesky factor
  /// of ``covariance``, upper triangular, and has an inverse.
  let isRegular: Bool

  /// The least share of a feature's variance that those before it may leave unexplained in a regular
  /// covariance: its rounding errors are then below 1e-8 of every direction's variance.
  private static let leastUnexplainedShare = 1e-8

  /// The number of features, `d`.
  public var dimension: Int { mean.count }

  /// The largest rank that the covariance of so many samples can have: `min(count - 1, d)`.
  public var rankLimit: Int { min(count - 1, dimension) }

  /// Computes mean and covariance of the rows of a matrix.
  ///
  /// - Parameters:
  ///   - samples: One sample a row, `(n, d)`, `n >= 2`.
  ///   - role: The name of the set in error messages.
  /// - Throws: ``MetricsError`` if there are too few samples or an entry is not finite.
  public init(
    of samples: some DesignMatrix, as role: SampleRole = .real
  ) throws(MetricsError) {
    try samples.requireSamples(role)
    count = samples.rowCount
    mean = samples.stableColumnMeans()
    let scale = 1 / Double(count - 1)
    let d = samples.columnCount
    let centre = mean
    // Block by block: the set is not copied as a whole.
    let blocks = Self.blocks(of: samples)
    var covariance = Matrix(rowCount: d, columnCount: d)
    if d >= Self.wideDimension {
      // So large a product is cut up itself, and one is enough.
      for block in blocks {
        covariance.addGram(of: samples.rows(block, minus: centre))
      }
      covariance = covariance.mirroringLowerTriangle()
    } else {
      let parts = Parallelism.map(blocks.count) { index in
        samples.rows(blocks[index], minus: centre).gram()
      }
      for part in parts {
        for index in part.elements.indices { covariance.elements[index] += part.elements[index] }
      }
    }
    for index in covariance.elements.indices { covariance.elements[index] *= scale }
    self.covariance = covariance
    if count > d, let factor = Self.regularFactor(of: covariance) {
      self.factor = factor
      isRegular = true
    } else {
      factor = try Self.factor(of: samples, about: centre, scale: scale.squareRoot())
      isRegular = false
    }
  }

  /// The number of features from which on a block's product of its columns is work for all threads.
  private static let wideDimension = 512

  private static func blocks(of samples: some DesignMatrix) -> [Range<Int>] {
    Parallelism.blocks(of: samples.rowCount, size: max(2048, 2 * samples.columnCount))
  }

  /// The factor of a covariance from the samples, by QR decompositions.
  private static func factor(
    of samples: some DesignMatrix, about centre: [Double], scale: Double
  ) throws(MetricsError) -> Matrix {
    let d = samples.columnCount
    let isTall = samples.rowCount > d
    let blocks = blocks(of: samples)
    let parts = Parallelism.map(blocks.count) { index in
      let centred = samples.rows(blocks[index], minus: centre)
      let isTallBlock = isTall && centred.rowCount > d
      return Result { () throws(MetricsError) in
        try MetricsError.wrapping { () throws(LinearAlgebraError) in
          isTallBlock ? try centred.upperTriangularFactor() : centred
        }
      }
    }
    var factor = Matrix(rowCount: 0, columnCount: d)
    for part in parts { factor = factor.appendingRows(of: try part.get()) }
    // With fewer samples than features the centred samples themselves are the thinner factor; the
    // triangles of several blocks have one of their own.
    if factor.rowCount > d {
      let rows = factor
      factor = try MetricsError.wrapping { () throws(LinearAlgebraError) in
        try rows.upperTriangularFactor()
      }
    }
    for index in factor.elements.indices { factor.elements[index] *= scale }
    return factor
  }

  /// The Cholesky factor of a covariance; `nil` if it is singular or nearly so.
  private static func regularFactor(of covariance: Matrix) -> Matrix? {
    guard let factor = try? covariance.upperCholesky() else { return nil }
    for index in 0..<factor.rowCount {
      let pivot = factor[index, index]
      guard pivot * pivot > leastUnexplainedShare * covariance[index, index] else { return nil }
    }
    return factor
  }

  /// Takes moments that were computed elsewhere.
  ///
  /// The Fréchet distance from a singular covariance given in this way is right to about 1e-8 of its
  /// trace; from samples it is right to the last digits.
  ///
  /// - Throws: ``MetricsError`` if an eigenvalue of the covariance is below `-1e-10` of the trace, or
  ///   an entry is not finite.
  public init(mean: [Double], covariance: Matrix, count: Int) throws(MetricsError) {
    try self.init(
      mean: mean, covariance: covariance, count: count, roundedLike: covariance.trace)
  }

  /// The same of a covariance whose entries have the rounding errors of one with another trace.
  init(
    mean: [Double], covariance: Matrix, count: Int, roundedLike trace: Double
  ) throws(MetricsError) {
    precondition(
      covariance.rowCount == mean.count && covariance.columnCount == mean.count,
      "a mean of \(mean.count) and a \(covariance.rowCount)×\(covariance.columnCount) covariance")
    precondition(count >= 2, "a covariance of \(count) samples")
    self.mean = mean
    self.covariance = covariance
    self.count = count
    if let factor = Self.regularFactor(of: covariance) {
      self.factor = factor
      isRegular = true
    } else {
      factor = try Self.factor(of: covariance, roundedLike: trace)
      isRegular = false
    }
  }

  /// A factor of a covariance that may be singular.
  private static func factor(
    of covariance: Matrix, roundedLike trace: Double
  ) throws(MetricsError) -> Matrix {
    let eigen = try MetricsError.wrapping { () throws(LinearAlgebraError) in
      try covariance.symmetricEigen()
    }
    let smallest = eigen.values.last ?? 0
    guard smallest >= -1e-10 * abs(trace) else {
      throw .notPositiveSemidefinite(order: covariance.rowCount, smallestEigenvalue: smallest)
    }
    return eigen.vectors.scalingRows(eigen.values.map { max(0, $0).squareRoot() })
  }
}

extension DesignMatrix {
  /// The column means, computed twice, the second time of what is left, so that a common offset of any
  /// size costs them no digits.
  func stableColumnMeans() -> [Double] {
    let first = columnMeans()
    let blocks = Parallelism.blocks(of: rowCount, size: 2048)
    let corrections = Parallelism.map(blocks.count) { index in
      rows(blocks[index], minus: first).columnMeans()
        .map { $0 * Double(blocks[index].count) }
    }
    var mean = first
    for correction in corrections {
      for column in mean.indices { mean[column] += correction[column] / Double(rowCount) }
    }
    return mean
  }
}

extension Matrix {
  fileprivate func scalingRows(_ factors: [Double]) -> Matrix {
    var scaled = self
    for row in 0..<rowCount {
      for column in 0..<columnCount { scaled[row, column] *= factors[row] }
    }
    return scaled
  }
}
