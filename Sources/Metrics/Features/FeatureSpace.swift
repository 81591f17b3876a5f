public import LinearAlgebra
public import Samples

/// A map from samples to features, frozen before anything is measured, so that every generation of
/// every run on the same data is seen through the same eyes.
public protocol FeatureSpace: Sendable {
  /// The name on the command line and beside every number, such as `conv`.
  var name: String { get }

  /// The number of features of a sample.
  var dimension: Int { get }

  /// A hash of everything that was fitted (scaling, principal components): two numbers can be compared
  /// if their spaces have the same name and the same fingerprint.
  var fingerprint: String { get }

  /// Returns the features of samples, of shape `(n, dimension)`.
  ///
  /// The features of a sample do not depend on the samples beside it.
  func features(of samples: SampleSet) -> Matrix
}

extension FeatureSpace {
  /// The samples whose features are computed at once: whole tiles of every space.
  private var blockSamples: Int { 9216 }

  /// Returns the features of samples, of shape `(n, dimension)`, in memory where they are few, else in
  /// a temporary file.
  func keptFeatures(of samples: SampleSet) -> RowSource {
    guard samples.count > blockSamples else { return RowSource(features(of: samples)) }
    var writer = RowWriter(
      expecting: samples.count, columnCount: dimension, leastFileBytes: keptFeatureBytes)
    for block in Parallelism.blocks(of: samples.count, size: blockSamples) {
      writer.append(features(of: samples.selecting(Array(block))))
    }
    return writer.finish()
  }
}

/// The bytes of features from which on they are kept in a file: there are several sets at a time.
let keptFeatureBytes = 1 << 23

/// The feature spaces that can be fitted by name.
public enum SpaceName: String, CaseIterable, Codable, Sendable {
  /// Picture levels at working size, in principal components.
  case pixels
  /// Responses of a fixed random convolution network, in principal components.
  case conv
  /// Responses to filters fitted to patches of 8×8 pixels, in principal components.
  case patches
  /// Moments of opponent colours, in principal components.
  case colour
  /// The rows themselves.
  case vector

  /// One line that says what it is.
  public var summary: String {
    switch self {
    case .pixels: "picture levels at working size, in at most 64 principal components"
    case .conv: "a fixed random convolution network, in at most 64 principal components"
    case .patches:
      "responses to 32 filters of 8x8 pixels fitted to real patches: texture and blur, not layout"
    case .colour: "moments of opponent colours: tint, contrast and saturation, not layout"
    case .vector: "the rows themselves"
    }
  }

  /// The spaces to measure in unless told otherwise: two for pictures, the rows themselves for vectors.
  public static func defaults(for shape: PictureShape?) -> [SpaceName] {
    shape == nil ? [.vector] : [.pixels, .conv]
  }

  /// The space whose numbers lead: `conv` where it is among them, else the first.
  public static func leading(among names: [SpaceName]) -> SpaceName? {
    names.contains(.conv) ? .conv : names.first
  }

  /// Returns the space fitted to the feature part of the real samples, with its bandwidth.
  ///
  /// - Throws: ``FeatureSpaceError`` or ``MetricsError`` if the samples cannot fix the space.
  public func fitted(to samples: SampleSet) throws -> FittedSpace {
    try FittedSpace(space: unscaled(fittedTo: samples), fittedTo: samples)
  }

  /// The same without a bandwidth.
  func unscaled(fittedTo samples: SampleSet) throws -> any FeatureSpace {
    switch self {
    case .pixels: try PixelSpace(fittedTo: samples)
    case .conv: try ConvolutionSpace(fittedTo: samples)
    case .patches: try PatchSpace(fittedTo: samples)
    case .colour: try ColourSpace(fittedTo: samples)
    case .vector: VectorSpace(dimension: samples.dimension)
    }
  }
}

/// A feature space with the length scale that belongs to it.
public struct FittedSpace: Sendable {
  /// The map from samples to features.
  public let space: any FeatureSpace

  /// The bandwidth of Gaussian kernels: the median distance within the feature part; `nil` where more
  /// than half of those distances are 0.
  public let bandwidth: Double?

  init(space: any FeatureSpace, fittedTo samples: SampleSet) throws(MetricsError) {
    self.space = space
    let median = try medianDistance(of: space.features(of: samples))
    bandwidth = median > 0 ? median : nil
  }
}

/// Samples from which a feature space cannot be fitted.
public enum FeatureSpaceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A space of pictures was asked for vectors.
  case notPictures(space: String)

  /// The feature part holds fewer than two samples.
  case tooFewSamples(space: String, found: Int)

  /// All samples of the feature part are the same in this space.
  case noVariation(space: String, count: Int)

  /// A value of a sample is NaN or infinite; sample and position count from 0.
  case notFinite(space: String, sample: Int, position: Int)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .notPictures(let space):
      "The feature space \(space) sees pictures, and these samples are vectors. Use vector."
    case .tooFewSamples(let space, let found):
      "The feature space \(space) is fitted to at least 2 samples; found \(found). Add samples."
    case .noVariation(let space, let count):
      """
      The \(count) samples of the feature part are all the same in the space \(space), so nothing \
      can be measured there. Add samples that differ.
      """
    case .notFinite(let space, let sample, let position):
      """
      Sample \(sample) of the feature part holds a value at position \(position) that is not a \
      finite number, so the space \(space) cannot be fitted. Remove or replace it.
      """
    }
  }
}
