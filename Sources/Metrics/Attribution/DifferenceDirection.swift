import LinearAlgebra

/// A direction of feature space along which two sets differ.
public struct DifferenceDirection: Equatable, Sendable {
  /// What differs along it.
  public enum Kind: String, Sendable {
    /// The means: the direction from the real to the generated one.
    case mean
    /// The spreads, at right angles to the difference of the means.
    case spread
  }

  /// One set along the direction.
  public struct Side: Equatable, Sendable {
    /// The mean, measured from the real mean, in feature units.
    public let mean: Double

    /// The standard deviation.
    public let deviation: Double
  }

  /// What differs.
  public let kind: Kind

  /// The direction, of length 1, shape `(d)`.
  public let vector: [Double]

  /// The real set along it.
  public let real: Side

  /// The generated set along it.
  public let generated: Side

  /// The squared Fréchet distance of the two sets along it alone, `(m1-m2)^2 + (s1-s2)^2`.
  public var distance: Double {
    let (mean, deviation) = (
      real.mean - generated.mean, real.deviation - generated.deviation
    )
    return mean * mean + deviation * deviation
  }

  /// Returns the leading directions of difference, orthonormal, by their share of the distance.
  ///
  /// Those are the difference of the means and, at right angles to it, eigenvectors of the difference of
  /// the covariances: of all of them those that carry most, which need not be those whose variances differ
  /// most. Directions along which nothing differs are left out.
  ///
  /// - Throws: ``MetricsError`` if a decomposition fails.
  /// - Complexity: O(d³).
  public static func leading(
    _ count: Int, real: SampleStatistics, generated: SampleStatistics
  ) throws(MetricsError) -> [DifferenceDirection] {
    let d = real.dimension
    var shift = (0..<d).map { generated.mean[$0] - real.mean[$0] }
    let length = shift.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let scale = (real.covariance.trace + generated.covariance.trace).squareRoot()
    var directions: [DifferenceDirection] = []
    let hasShift = length > 1e-12 * scale && length > 0
    if hasShift {
      for index in shift.indices { shift[index] /= length }
      let along = Matrix(rows: [shift])
      directions.append(
        DifferenceDirection(
          kind: .mean, vector: shift,
          real: Side(mean: 0, deviation: real.deviations(along: along)[0]),
          generated: Side(mean: length, deviation: generated.deviations(along: along)[0])))
    }
    var difference = Matrix(rowCount: d, columnCount: d)
    for index in difference.elements.indices {
      difference.elements[index] =
        generated.covariance.elements[index] - real.covariance.elements[index]
    }
    if hasShift { difference = difference.projectedBeside(shift) }
    let eigen = try MetricsError.wrapping { () throws(LinearAlgebraError) in
      try difference.symmetricEigen()
    }
    let differing = eigen.values.indices.filter { abs(eigen.values[$0]) > 1e-12 * scale * scale }
    let vectors = eigen.vectors.gatheringRows(differing)
    let (ofReal, ofGenerated) = (
      real.deviations(along: vectors), generated.deviations(along: vectors)
    )
    directions += differing.indices.map { index in
      DifferenceDirection(
        kind: .spread, vector: Array(vectors.row(index)),
        real: Side(mean: 0, deviation: ofReal[index]),
        generated: Side(mean: 0, deviation: ofGenerated[index]))
    }
    let order = directions.indices.sorted { first, second in
      let (a, b) = (directions[first].distance, directions[second].distance)
      return a == b ? first < second : a > b
    }
    return order.prefix(count).map { directions[$0] }
  }
}

extension SampleStatistics {
  /// The standard deviations along unit vectors, one a row.
  fileprivate func deviations(along vectors: Matrix) -> [Double] {
    let images = vectors.times(covariance)
    return (0..<vectors.rowCount).map { row in
      let variance = vectors.row(row).indices.reduce(0.0) { sum, index in
        sum + vectors.elements[index] * images.elements[index]
      }
      return max(0, variance).squareRoot()
    }
  }
}

extension Matrix {
  /// `(I - u uᵀ) A (I - u uᵀ)` for a symmetric matrix and a unit vector.
  fileprivate func projectedBeside(_ unit: [Double]) -> Matrix {
    let image = (0..<rowCount).map { row in
      (0..<columnCount).reduce(0.0) { $0 + self[row, $1] * unit[$1] }
    }
    let along = zip(unit, image).reduce(0) { $0 + $1.0 * $1.1 }
    var result = self
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        result[row, column] +=
          unit[row] * unit[column] * along - unit[row] * image[column] - image[row] * unit[column]
      }
    }
    return result
  }
}
