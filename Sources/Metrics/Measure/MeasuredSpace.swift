public import LinearAlgebra
public import Samples

/// A space of pictures, frozen on some real ones, through which sets of pictures are measured.
public struct MeasuredSpace: Sendable {
  /// What a set of pictures is seen through.
  private enum Eye: Sendable {
    case features(any FeatureSpace)
    case spectrum(RadialSpectrum)
  }

  /// The name beside every number.
  public let name: String

  /// The hash of what was fitted.
  public let fingerprint: String

  private let eye: Eye

  /// Fits a feature space to real pictures.
  ///
  /// - Throws: ``FeatureSpaceError`` if they cannot fix it.
  public init(_ name: SpaceName, fittedTo samples: SampleSet) throws {
    let space = try name.unscaled(fittedTo: samples)
    self.name = name.rawValue
    fingerprint = space.fingerprint
    eye = .features(space)
  }

  /// The radial spectra of pictures of one size.
  public init(spectrumOf shape: PictureShape) {
    name = Self.spectrumName
    var hash = Fingerprint()
    hash.combine("\(Self.spectrumName) \(shape.width)x\(shape.height)x\(shape.channels)")
    fingerprint = hash.text
    eye = .spectrum(RadialSpectrum(shape: shape))
  }

  /// The name of the space of radial spectra.
  public static let spectrumName = "spectrum"

  /// Whether the rows are spectra.
  public var isSpectrum: Bool {
    if case .spectrum = eye { true } else { false }
  }

  /// The pictures that features stand for; `nil` where features do not tell.
  public func pictures(of features: Matrix, shape: PictureShape) -> SampleSet? {
    guard case .features(let space) = eye, let pixels = space as? PixelSpace else { return nil }
    return pixels.pictures(of: features, shape: shape)
  }

  /// The features of pictures, one a row.
  public func features(of samples: SampleSet) -> RowSource {
    switch eye {
    case .features(let space): space.keptFeatures(of: samples)
    case .spectrum(let spectrum): RowSource(spectrum.spectra(of: samples))
    }
  }
}
