public import LinearAlgebra
public import Samples

/// The space `patches`: how strongly a picture answers to filters of 8×8 pixels.
///
/// The filters are the leading principal components (at most 32) of the patches of real pictures; mean
/// and root mean square responses are standardised, in principal components. It sees edges, texture and
/// blur, and not what is where.
public struct PatchSpace: FeatureSpace {
  /// `patches`.
  public let name = SpaceName.patches.rawValue

  /// A hash of filters, scaling and principal components.
  public let fingerprint: String

  private let projected: ProjectedStatistics<PatchFilterBank>

  /// The number of principal components, at most 64.
  public var dimension: Int { projected.dimension }

  /// Fits filters, scaling and principal components to the feature part of the real pictures.
  ///
  /// - Throws: ``FeatureSpaceError`` for vectors, for fewer than two pictures and for pictures that are
  ///   all the same.
  public init(fittedTo samples: SampleSet) throws {
    guard let shape = samples.shape else { throw FeatureSpaceError.notPictures(space: name) }
    let chosen = FeatureProjection.fitted(of: samples)
    guard chosen.count >= 2 else {
      throw FeatureSpaceError.tooFewSamples(space: name, found: chosen.count)
    }
    let bank = try PatchFilterBank(fittedTo: chosen, shape: shape, space: name)
    projected = try ProjectedStatistics(bank, fittedTo: chosen, space: name)
    var fingerprint = Fingerprint()
    fingerprint.combine(name)
    bank.combine(into: &fingerprint)
    projected.combine(into: &fingerprint)
    self.fingerprint = fingerprint.text
  }

  /// Returns the features of pictures of the size that the space was fitted to, `(n, dimension)`.
  public func features(of samples: SampleSet) -> Matrix { projected.features(of: samples) }
}
