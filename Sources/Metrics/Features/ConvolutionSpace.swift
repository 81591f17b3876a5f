public import LinearAlgebra
public import Samples

/// The space `conv`: 448 features of a fixed random convolution network, standardised, in the leading
/// principal components (at most 64) of the feature part.
///
/// Pictures of any size are first resampled by areas to 32×32; grey ones are replicated to three
/// channels; levels become `v / 127.5 - 1`. The raw features are the same for everybody; the scaling
/// and the components, fitted to the feature part, are told by ``fingerprint``. A raw feature is
/// divided by its standard deviation, but by no less than 0.05 of the median deviation: else features
/// that hardly vary between real pictures decide every distance.
public struct ConvolutionSpace: FeatureSpace {
  /// `conv`.
  public let name = SpaceName.conv.rawValue

  /// A hash of scaling and principal components.
  public let fingerprint: String

  private let network: ConvolutionNetwork
  private let projection: FeatureProjection

  /// The number of principal components.
  public var dimension: Int { projection.dimension }

  /// Fits scaling and principal components to the feature part of the real pictures.
  ///
  /// - Throws: ``FeatureSpaceError`` for vectors, for fewer than two pictures and for pictures that are
  ///   all the same.
  public init(fittedTo samples: SampleSet) throws {
    guard let shape = samples.shape else { throw FeatureSpaceError.notPictures(space: name) }
    network = try ConvolutionNetwork.standard.get()
    projection = try FeatureProjection(
      fittedTo: Self.rawFeatures(of: samples, shape: shape, network: network),
      relativeFloor: 0.05, space: name)
    var fingerprint = Fingerprint()
    fingerprint.combine(name)
    projection.combine(into: &fingerprint)
    self.fingerprint = fingerprint.text
  }

  /// Returns the features of pictures of any size, of shape `(n, dimension)`.
  public func features(of samples: SampleSet) -> Matrix {
    guard let shape = samples.shape else {
      preconditionFailure("the space \(name) was given vectors")
    }
    return projection.applied(to: Self.rawFeatures(of: samples, shape: shape, network: network))
  }

  /// Returns the 448 features of the network before scaling, of shape `(n, 448)`.
  ///
  /// - Throws: ``FeatureSpaceError`` for vectors.
  public static func rawFeatures(of samples: SampleSet) throws -> Matrix {
    guard let shape = samples.shape else {
      throw FeatureSpaceError.notPictures(space: SpaceName.conv.rawValue)
    }
    return rawFeatures(
      of: samples, shape: shape, network: try ConvolutionNetwork.standard.get())
  }

  private static func rawFeatures(
    of samples: SampleSet, shape: PictureShape, network: ConvolutionNetwork
  ) -> Matrix {
    let side = ConvolutionNetwork.side
    let count = ConvolutionNetwork.featureCount
    let resample = AreaResample(from: shape, width: side, height: side)
    return Matrix(rowCount: samples.count, columnCount: count, tileRows: 8) { rows, out in
      let values = samples.values(rows)
      for position in 0..<rows.count {
        let picture = resample.resampled(values, from: position * shape.count)
        let raw = network.features(of: colours(picture, channels: shape.channels))
        for (index, value) in raw.enumerated() { out[position * count + index] = Double(value) }
      }
    }
  }

  /// The three channels that the network sees, -1 to 1.
  private static func colours(_ picture: [Double], channels: Int) -> [Float] {
    let repeats = channels == 1 ? 3 : 1
    var colours: [Float] = []
    colours.reserveCapacity(picture.count * repeats)
    for level in picture {
      let value = Float(level / 127.5 - 1)
      for _ in 0..<repeats { colours.append(value) }
    }
    return colours
  }
}
