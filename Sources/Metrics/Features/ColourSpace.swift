public import LinearAlgebra
public import Samples

/// The space `colour`: means, covariances and low-order moments of opponent colours, standardised, in
/// principal components.
///
/// It sees tints, contrast and saturation, and not at all what is where. Grey pictures have neither tint
/// nor saturation: four moments of their intensity are left.
public struct ColourSpace: FeatureSpace {
  /// `colour`.
  public let name = SpaceName.colour.rawValue

  /// A hash of scaling and principal components.
  public let fingerprint: String

  private let projected: ProjectedStatistics<ColourStatistics>

  /// The number of principal components, at most 15, of grey pictures at most 4.
  public var dimension: Int { projected.dimension }

  /// Fits scaling and principal components to the feature part of the real pictures.
  ///
  /// - Throws: ``FeatureSpaceError`` for vectors, for fewer than two pictures and for pictures that are
  ///   all the same.
  public init(fittedTo samples: SampleSet) throws {
    guard let shape = samples.shape else { throw FeatureSpaceError.notPictures(space: name) }
    projected = try ProjectedStatistics(
      ColourStatistics(shape: shape), fittedTo: FeatureProjection.fitted(of: samples), space: name)
    var fingerprint = Fingerprint()
    fingerprint.combine(name)
    projected.combine(into: &fingerprint)
    self.fingerprint = fingerprint.text
  }

  /// Returns the features of pictures, of shape `(n, dimension)`.
  public func features(of samples: SampleSet) -> Matrix { projected.features(of: samples) }

  /// Returns the moments before scaling, in levels, of shape `(n, 15)`, of grey pictures `(n, 4)`.
  ///
  /// - Throws: ``FeatureSpaceError`` for vectors.
  public static func rawFeatures(of samples: SampleSet) throws -> Matrix {
    guard let shape = samples.shape else {
      throw FeatureSpaceError.notPictures(space: SpaceName.colour.rawValue)
    }
    return ProjectedStatistics.raw(of: samples, ColourStatistics(shape: shape))
  }
}
