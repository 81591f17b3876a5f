import LinearAlgebra
import Samples

/// Standardisation followed by principal components, fitted once to real features and then frozen.
struct FeatureProjection: Sendable {
  /// The most principal components that a space keeps.
  static let largestDimension = 64

  /// The most rows that the components are fitted to: beyond them the components hardly move.
  private static let largestRowCount = 2000

  /// Subtracted from each raw feature.
  let means: [Double]

  /// Principal directions times the scale of each raw feature, of shape `(raw, dimension)`.
  let directions: Matrix

  /// Fits the projection to raw features `(n, raw)` of real samples; see ``fitted(of:)``.
  ///
  /// The dimension is the smallest of 64, `n - 1`, the raw features and the rank of the data.
  ///
  /// - Parameters:
  ///   - relativeFloor: A raw feature is divided by its standard deviation, or by this share of the
  ///     median deviation where that is larger; features that never vary are dropped. `nil` keeps the
  ///     units of the raw features.
  ///   - name: The name of the space, for errors.
  /// - Throws: ``FeatureSpaceError`` where all rows are equal or no direction varies by more than
  ///   rounding; ``LinearAlgebraError``.
  init(fittedTo raw: Matrix, relativeFloor: Double?, space name: String) throws {
    guard raw.rowCount >= 2 else {
      throw FeatureSpaceError.tooFewSamples(space: name, found: raw.rowCount)
    }
    if let index = raw.elements.firstIndex(where: { !$0.isFinite }) {
      throw FeatureSpaceError.notFinite(
        space: name, sample: index / raw.columnCount, position: index % raw.columnCount)
    }
    let noVariation = FeatureSpaceError.noVariation(space: name, count: raw.rowCount)
    guard (1..<raw.rowCount).contains(where: { raw.row($0) != raw.row(0) }) else {
      throw noVariation
    }
    means = raw.columnMeans()
    let rounding = Self.rounding(of: means, rowCount: raw.rowCount)
    let centred = raw.subtractingFromRows(means)
    let scales = relativeFloor.map {
      Self.scales(of: centred, rounding: rounding, relativeFloor: $0)
    }
    let components = try Self.principalDirections(
      of: scales.map(centred.scalingColumns) ?? centred, atMost: Self.largestDimension,
      rounding: scales.map { zip(rounding, $0).map(*) } ?? rounding)
    guard components.rowCount > 0 else { throw noVariation }
    directions = (scales.map(components.scalingColumns) ?? components).transposed()
  }

  /// The number of features that come out.
  var dimension: Int { directions.columnCount }

  /// Returns the features of raw features `(n, raw)`, of shape `(n, dimension)`.
  func applied(to raw: Matrix) -> Matrix {
    raw.subtractingFromRows(means).times(directions)
  }

  /// Takes the whole projection into a fingerprint.
  func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(means)
    fingerprint.combine(directions.elements)
  }

  /// The samples that a projection is fitted to: all, or some evenly among them.
  static func fitted(of samples: SampleSet) -> SampleSet {
    let count = min(samples.count, largestRowCount)
    guard count < samples.count else { return samples }
    return samples.selecting((0..<count).map { $0 * samples.count / count })
  }

  /// The most by which rounding sets the mean of equal numbers apart from them, for each column.
  static func rounding(of means: [Double], rowCount: Int) -> [Double] {
    means.map { Double(rowCount) * .ulpOfOne * abs($0) }
  }

  /// One over the floored standard deviation; 0 for what never varies, beyond rounding.
  private static func scales(
    of centred: Matrix, rounding: [Double], relativeFloor: Double
  ) -> [Double] {
    let squares = centred.transposed().squaredRowNorms()
    let deviations = squares.map { ($0 / Double(centred.rowCount - 1)).squareRoot() }
    let largest = deviations.max() ?? 0
    let varies = zip(deviations, rounding).map { $0 > max(1e-6 * largest, $1) }
    let alive = zip(deviations, varies).filter(\.1).map(\.0).sorted()
    guard !alive.isEmpty else { return deviations.map { _ in 0 } }
    let median = (alive[(alive.count - 1) / 2] + alive[alive.count / 2]) / 2
    return zip(deviations, varies).map { deviation, varies in
      varies ? 1 / max(deviation, relativeFloor * median) : 0
    }
  }

  /// The leading principal directions of centred rows, one a row, from the smaller Gram matrix.
  ///
  /// - Parameters:
  ///   - largestCount: The most directions; there are none in which rows differ by rounding alone.
  ///   - rounding: By how much each column may be off centre.
  static func principalDirections(
    of centred: Matrix, atMost largestCount: Int, rounding: [Double]
  ) throws -> Matrix {
    let (n, d) = (centred.rowCount, centred.columnCount)
    let count = min(largestCount, n - 1, d)
    let eigen =
      n <= d
      ? try centred.outerGram().symmetricEigen(largest: count)
      : try centred.gram().symmetricEigen(largest: count)
    // Directions in which only rounding varies have no definite place in space.
    let largest = eigen.values.first ?? 0
    let offCentre = rounding.reduce(0) { $0 + $1 * $1 } * Double(n)
    let rank = eigen.values.prefix { $0 > max(1e-10 * largest, offCentre) }.count
    let leading = eigen.vectors.rows(0..<rank)
    guard n <= d else { return leading }
    // From eigenvectors u of X Xᵀ, those of Xᵀ X are Xᵀ u / |Xᵀ u|.
    let directions = centred.transposedTimes(leading.transposed()).transposed()
    let norms = directions.squaredRowNorms().map { 1 / $0.squareRoot() }
    return directions.transposed().scalingColumns(norms).transposed()
  }
}
