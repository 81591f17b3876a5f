import LinearAlgebra

/// The standard errors of the Vendi scores of order 2 and infinity, over the sampling of the set.
///
/// To first order: `1 / Σ λ²` is one over the mean of `k(x, y)²` over all pairs, whose influence is twice
/// each sample's mean; the largest eigenvalue `λ` of `K / n` with the unit eigenvector `u` has the
/// influence `λ (n uᵢ² - 1)`. Where the largest eigenvalue is not alone, its error is a rough one.
struct VendiOrderErrors: Equatable, Sendable {
  /// Of order 2; `nil` for a single sample.
  let second: Double?

  /// Of order infinity.
  let infinity: Double?

  /// Computes both.
  ///
  /// - Throws: ``MetricsError`` if the decomposition fails.
  /// - Complexity: that of one eigenvector of the smaller side.
  init(_ kernel: VendiKernel, of samples: Matrix) throws(MetricsError) {
    switch kernel {
    case .rbf(let sigma):
      let similarities = samples.gaussianSimilarities(sigma: sigma)
      let n = samples.rowCount
      let leading = try Self.leading(similarities)
      self.init(
        meanSquares: (0..<n).map { row in
          similarities.row(row).reduce(0) { $0 + $1 * $1 } / Double(n)
        },
        leadingValue: leading.value / Double(n),
        // n λ u² with λ = κ / n.
        leadingShares: leading.vector.map { leading.value * $0 * $0 })
    case .cosine:
      let unit = samples.normalizingRows()
      let gram = unit.gram()
      let n = Double(unit.rowCount)
      let image = unit.times(gram)
      let leading = try Self.leading(gram)
      let scores = unit.times(
        Matrix(rowCount: unit.columnCount, columnCount: 1, elements: leading.vector))
      self.init(
        meanSquares: (0..<unit.rowCount).map { row in
          zip(unit.row(row), image.row(row)).reduce(0) { $0 + $1.0 * $1.1 } / n
        },
        leadingValue: leading.value / n, leadingShares: scores.elements.map { $0 * $0 })
    }
  }

  private init(meanSquares: [Double], leadingValue: Double, leadingShares: [Double]) {
    let mean = meanSquares.reduce(0, +) / Double(meanSquares.count)
    second =
      mean > 0 ? standardErrorOfMean(meanSquares).map { 2 * $0 / (mean * mean) } : nil
    infinity =
      leadingValue > 0
      ? standardErrorOfMean(leadingShares).map { $0 / (leadingValue * leadingValue) } : nil
  }

  private static func leading(
    _ matrix: Matrix
  ) throws(MetricsError) -> (value: Double, vector: [Double]) {
    let eigen = try MetricsError.wrapping { () throws(LinearAlgebraError) in
      try matrix.symmetricEigen(largest: 1)
    }
    return (eigen.values[0], Array(eigen.vectors.row(0)))
  }
}
