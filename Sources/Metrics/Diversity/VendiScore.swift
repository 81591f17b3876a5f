import Foundation
public import LinearAlgebra

/// A similarity between samples under which a set's diversity is counted.
public enum VendiKernel: Equatable, Sendable {
  /// The cosine of the angle between two samples, as published. It is blind to a shrinking spread, and
  /// changes when the samples are translated. A sample of length 0 is similar to nothing, itself included.
  case cosine

  /// `exp(-‖x - y‖² / 2σ²)`, with ``medianDistance(of:)`` of the real feature part as `σ`.
  case rbf(sigma: Double)
}

/// Returns the Vendi score of a set: the exponential of the entropy of the eigenvalues of `K / n`.
///
/// It is an effective number of different samples: 1 for copies of one sample, `m` for `m` samples that
/// are similar only to themselves.
///
/// Eigenvalues below 1e-14 are dropped. The cosine kernel takes the smaller of the problems of order
/// `n` and `d`; the Gaussian kernel has only that of order `n`, which is cubic in it and stores `n²`
/// numbers: take a subset of a large set.
///
/// - Parameters:
///   - kernel: The similarity.
///   - samples: One sample a row, `(n, d)`, `n >= 2`.
///   - role: The name of the set in error messages.
///   - withStandardError: Whether to compute the error bar, of first order: the deviation over the
///     samples of the influence function `-φᵀ ln(ρ) φ`, over `√n`. It needs eigenvectors, which cost
///     several times more than eigenvalues: of more than 256 samples, the deviation is that among 256
///     of them, evenly spread.
/// - Throws: ``MetricsError`` if there are too few samples, an entry is not finite, or the bandwidth is
///   not positive.
/// - Note: Friedman and Dieng 2023, <https://arxiv.org/abs/2210.02410>.
public func vendiScore(
  _ kernel: VendiKernel, of samples: Matrix, as role: SampleRole = .generated,
  withStandardError: Bool = true
) throws(MetricsError) -> Estimate {
  try samples.requireSamples(role)
  let n = Double(samples.rowCount)
  switch kernel {
  case .rbf(let sigma):
    try requireBandwidth(sigma)
    return try vendiScore(
      ofSimilarities: samples.gaussianSimilarities(sigma: sigma), n,
      withStandardError: withStandardError)
  case .cosine:
    let unit = samples.normalizingRows()
    guard samples.columnCount < samples.rowCount else {
      return try vendiScore(
        ofSimilarities: unit.outerGram(), n, withStandardError: withStandardError)
    }
    return try vendiScore(ofUnitRows: unit, n, withStandardError: withStandardError)
  }
}

/// The most samples among which the deviation of the influence function is taken.
private let largestInfluenceSet = 256

/// From the matrix `K` of order `n`.
private func vendiScore(
  ofSimilarities similarities: Matrix, _ n: Double, withStandardError: Bool
) throws(MetricsError) -> Estimate {
  let order = similarities.rowCount
  guard withStandardError else { return try score(similarities, scale: n) }
  guard order <= largestInfluenceSet else {
    let score = try score(similarities, scale: n)
    let chosen = (0..<largestInfluenceSet).map { $0 * order / largestInfluenceSet }
    let deviation = try vendiScore(
      ofSimilarities: similarities.submatrix(of: chosen), Double(chosen.count),
      withStandardError: true)
    // Relative to the score, the error goes as one over the root of the number.
    let share = (Double(chosen.count) / n).squareRoot() / deviation.value
    return Estimate(
      value: score.value,
      standardError: deviation.standardError.map { $0 * share * score.value })
  }
  let eigen = try MetricsError.wrapping { () throws(LinearAlgebraError) in
    try similarities.symmetricEigen()
  }
  let values = eigen.values.map { $0 / n }
  // -φᵀ ln(ρ) φ = -n Σ λ ln(λ) u², with u the sample's entry of the eigenvector of K.
  let weights = values.map { $0 > negligible ? -n * $0 * log($0) : 0 }
  return estimate(values, eigen.vectors.squared().transposedTimes(column(weights)).elements)
}

/// The score without an error, from the eigenvalues of a symmetric matrix over `scale`.
private func score(_ matrix: Matrix, scale: Double) throws(MetricsError) -> Estimate {
  let values = try MetricsError.wrapping { () throws(LinearAlgebraError) in
    try matrix.symmetricEigenvalues()
  }
  return Estimate(value: exp(entropy(values.map { $0 / scale })), standardError: nil)
}

/// From the matrix `Σ φ φᵀ` of order `d`.
private func vendiScore(
  ofUnitRows unit: Matrix, _ n: Double, withStandardError: Bool
) throws(MetricsError) -> Estimate {
  let gram = unit.gram()
  guard withStandardError else { return try score(gram, scale: n) }
  let eigen = try MetricsError.wrapping { () throws(LinearAlgebraError) in
    try gram.symmetricEigen()
  }
  let values = eigen.values.map { $0 / n }
  let weights = values.map { $0 > negligible ? -log($0) : 0 }
  return estimate(
    values, unit.times(transposeOf: eigen.vectors).squared().times(column(weights)).elements)
}

/// Eigenvalues of `K / n`, which sum to 1, are rounding below this.
private let negligible = 1e-14

private func entropy(_ values: [Double]) -> Double {
  values.reduce(0) { $0 - ($1 > negligible ? $1 * log($1) : 0) }
}

private func estimate(_ values: [Double], _ influence: [Double]) -> Estimate {
  let score = exp(entropy(values))
  return Estimate(value: score, standardError: standardErrorOfMean(influence).map { $0 * score })
}

private func column(_ values: [Double]) -> Matrix {
  Matrix(rowCount: values.count, columnCount: 1, elements: values)
}

extension Matrix {
  /// The entries in these rows and columns.
  fileprivate func submatrix(of indices: [Int]) -> Matrix {
    Matrix(
      rowCount: indices.count, columnCount: indices.count,
      elements: indices.flatMap { row in indices.map { self[row, $0] } })
  }

  /// `exp(-‖x - y‖² / 2σ²)` between all rows, exactly symmetric, 1 on the diagonal.
  func gaussianSimilarities(sigma: Double) -> Matrix {
    let evaluation = PairEvaluation([.gaussian(sigma: sigma)], within: self)
    let n = rowCount
    let size = PairDistances.tileSize
    var similarities = Matrix(rowCount: n, columnCount: n, tileRows: size) { rows, out in
      var tiles = PairTiles(of: evaluation)
      // The lower triangle is enough.
      for columns in Parallelism.blocks(of: rows.upperBound, size: size) {
        evaluation.evaluate(&tiles, rows: rows, columns: columns) { _, values in
          for position in 0..<rows.count {
            for index in 0..<columns.count {
              out[position * n + columns.lowerBound + index] =
                values[position * columns.count + index]
            }
          }
        }
      }
    }
    for row in 0..<n { similarities[row, row] = 1 }
    return similarities.mirroringLowerTriangle()
  }

  /// Every row over its length; rows of length 0 stay.
  func normalizingRows() -> Matrix {
    let d = columnCount
    return Matrix(rowCount: rowCount, columnCount: d, tileRows: 256) { rows, out in
      for (position, row) in rows.enumerated() {
        // Scaled by the largest entry first, whose square might vanish.
        var largest = 0.0
        for index in row * d..<(row + 1) * d { largest = max(largest, abs(elements[index])) }
        guard largest > 0 else { continue }
        var sum = 0.0
        for column in 0..<d {
          let value = elements[row * d + column] / largest
          out[position * d + column] = value
          sum += value * value
        }
        let scale = 1 / sum.squareRoot()
        for column in 0..<d { out[position * d + column] *= scale }
      }
    }
  }
}
