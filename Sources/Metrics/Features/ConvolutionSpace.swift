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
      fittedTo: Self.rawFeatures(
        of: FeatureProjection.fitted(of: samples), shape: shape, network: network),
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
    return Self.tiles.rows(of: samples.count, columnCount: dimension) {
      projection.applied(to: Self.rawFeatures(of: samples, $0, shape: shape, network: network))
    }
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
    tiles.rows(of: samples.count, columnCount: ConvolutionNetwork.featureCount) {
      rawFeatures(of: samples, $0, shape: shape, network: network)
    }
  }

  /// The pictures that are on their way at once on one thread: whole batches.
  private static let tiles = FeatureTiles(rowCount: 6 * ConvolutionNetwork.Evaluation.batchSize)

  /// The raw features of the pictures of one tile, followed by rows of zeros.
  private static func rawFeatures(
    of samples: SampleSet, _ rows: Range<Int>, shape: PictureShape, network: ConvolutionNetwork
  ) -> Matrix {
    let count = ConvolutionNetwork.featureCount
    var raw = Matrix(rowCount: tiles.rowCount, columnCount: count)
    var evaluation = ConvolutionNetwork.Evaluation(network)
    let size = ConvolutionNetwork.Evaluation.batchSize
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: size) {
      let batch = start..<min(start + size, rows.upperBound)
      let pictures = colours(of: samples, batch, shape: shape)
      evaluation.forEachPicture(of: pictures[...]) { picture, features in
        let first = (start - rows.lowerBound + picture) * count
        for (index, value) in features.enumerated() { raw.elements[first + index] = Double(value) }
      }
    }
    return raw
  }

  /// The pictures as the network sees them: 32×32, three channels, -1 to 1.
  private static func colours(
    of samples: SampleSet, _ rows: Range<Int>, shape: PictureShape
  ) -> [Float] {
    let side = ConvolutionNetwork.side
    let values = samples.values(rows)
    let repeats = shape.channels == 1 ? 3 : 1
    let isWorkingSize = shape.width == side && shape.height == side
    let resample = isWorkingSize ? nil : AreaResample(from: shape, width: side, height: side)
    var colours: [Float] = []
    colours.reserveCapacity(rows.count * side * side * 3)
    for position in 0..<rows.count {
      let first = position * shape.count
      if let resample {
        for level in resample.resampled(values, from: first) {
          let value = Float(level / 127.5 - 1)
          for _ in 0..<repeats { colours.append(value) }
        }
      } else {
        for index in first..<first + shape.count {
          let value = Float(Double(values[index]) / 127.5 - 1)
          for _ in 0..<repeats { colours.append(value) }
        }
      }
    }
    return colours
  }
}
