import LinearAlgebra
import Samples

/// Numbers that sum up one picture, such as moments of its colours.
protocol PictureStatistics: Sendable {
  /// How many numbers there are.
  var count: Int { get }

  /// The numbers of a picture from its levels, 0 to 255, as a `SampleSet` orders them.
  func values(of levels: ArraySlice<Float>) -> [Double]
}

/// Statistics of pictures, standardised, in the leading principal components of those of real ones.
struct ProjectedStatistics<Statistics: PictureStatistics>: Sendable {
  private let statistics: Statistics
  private let projection: FeatureProjection

  /// The number of principal components.
  var dimension: Int { projection.dimension }

  /// The pictures that are on their way at once on one thread.
  private static var tiles: FeatureTiles { FeatureTiles(rowCount: 36) }

  /// Standardises, with deviations of at least 0.05 of the median one, and projects.
  ///
  /// - Throws: ``FeatureSpaceError`` where no statistic varies.
  init(_ statistics: Statistics, fittedTo samples: SampleSet, space name: String) throws {
    self.statistics = statistics
    projection = try FeatureProjection(
      fittedTo: Self.raw(of: samples, statistics), relativeFloor: 0.05, space: name)
  }

  /// Takes the whole projection into a fingerprint.
  func combine(into fingerprint: inout Fingerprint) { projection.combine(into: &fingerprint) }

  /// Returns the statistics as they are, of shape `(n, count)`.
  static func raw(of samples: SampleSet, _ statistics: Statistics) -> Matrix {
    tiles.rows(of: samples.count, columnCount: statistics.count) {
      tile(of: samples, $0, statistics)
    }
  }

  /// Returns the features, of shape `(n, dimension)`.
  func features(of samples: SampleSet) -> Matrix {
    Self.tiles.rows(of: samples.count, columnCount: dimension) {
      projection.applied(to: Self.tile(of: samples, $0, statistics))
    }
  }

  /// The statistics of the pictures of one tile, followed by rows of zeros.
  private static func tile(
    of samples: SampleSet, _ rows: Range<Int>, _ statistics: Statistics
  ) -> Matrix {
    var tile = Matrix(rowCount: tiles.rowCount, columnCount: statistics.count)
    let levels = samples.values(rows)
    let size = samples.dimension
    for row in 0..<rows.count {
      let values = statistics.values(of: levels[row * size..<(row + 1) * size])
      for (column, value) in values.enumerated() { tile[row, column] = value }
    }
    return tile
  }
}
