public import LinearAlgebra
public import Samples

/// The space `pixels`: picture levels at working size, `v / 127.5 - 1`, in the leading principal
/// components (at most 64) of the feature part.
public struct PixelSpace: FeatureSpace {
  /// `pixels`.
  public let name = SpaceName.pixels.rawValue

  /// A hash of mean and principal components.
  public let fingerprint: String

  private let projection: FeatureProjection

  /// The number of principal components.
  public var dimension: Int { projection.dimension }

  /// Fits the principal components to the feature part of the real pictures.
  ///
  /// - Throws: ``FeatureSpaceError`` for vectors, for fewer than two pictures and for pictures that are
  ///   all the same.
  public init(fittedTo samples: SampleSet) throws {
    guard samples.shape != nil else { throw FeatureSpaceError.notPictures(space: name) }
    let chosen = FeatureProjection.fitted(of: samples)
    projection = try FeatureProjection(
      fittedTo: Self.levels(
        of: chosen, 0..<chosen.count, rowCount: chosen.count, minus: nil),
      relativeFloor: nil, space: name)
    var fingerprint = Fingerprint()
    fingerprint.combine(name)
    projection.combine(into: &fingerprint)
    self.fingerprint = fingerprint.text
  }

  /// Returns the features of pictures of the size that the space was fitted to, shape `(n, dimension)`.
  public func features(of samples: SampleSet) -> Matrix {
    Self.tiles.rows(of: samples.count, columnCount: dimension) {
      Self.levels(of: samples, $0, rowCount: Self.tiles.rowCount, minus: projection.means)
        .times(projection.directions)
    }
  }

  /// Returns the pictures that features stand for, without what the principal components leave out.
  ///
  /// Levels from 0 to 255 are not rounded, and some may lie beyond.
  ///
  /// - Parameter shape: The size of the pictures that the space was fitted to.
  public func pictures(of features: Matrix, shape: PictureShape) -> SampleSet {
    let levels = features.times(transposeOf: projection.directions)
    let width = shape.count
    return SampleSet(
      count: levels.rowCount, dimension: width, shape: shape,
      storage: .floats(
        levels.elements.indices.map { index in
          Float((levels.elements[index] + projection.means[index % width] + 1) * 127.5)
        }))
  }

  /// The pictures that are on their way at once on one thread.
  private static let tiles = FeatureTiles(rowCount: 64)

  /// The levels, -1 to 1, minus a mean, followed by rows of zeros.
  private static func levels(
    of samples: SampleSet, _ range: Range<Int>, rowCount: Int, minus means: [Double]?
  ) -> Matrix {
    let d = samples.dimension
    let means = means ?? Array(repeating: 0, count: d)
    return Matrix(rowCount: rowCount, columnCount: d, tileRows: tiles.rowCount) { rows, out in
      let first = range.lowerBound + rows.lowerBound
      let values = samples.values(first..<min(first + rows.count, range.upperBound))
      for row in 0..<values.count / d {
        for column in 0..<d {
          out[row * d + column] = Double(values[row * d + column]) / 127.5 - 1 - means[column]
        }
      }
    }
  }
}
