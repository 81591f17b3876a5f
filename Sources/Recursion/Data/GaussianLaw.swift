import Randomness
public import Samples

/// The endless law `gaussian:d=4`: independent standard normal features.
public struct GaussianLaw: SampleSource {
  /// The numbers in a sample.
  public let dimension: Int

  private let seed: UInt64

  /// Creates the law of standard normal vectors of a dimension.
  public init(dimension: Int, seed: UInt64) {
    self.dimension = dimension
    self.seed = seed
  }

  /// Vectors have no shape.
  public var shape: PictureShape? { nil }

  /// Returns the samples with these numbers.
  public func samples(_ range: Range<Int>) -> SampleSet {
    var values: [Float] = []
    values.reserveCapacity(range.count * dimension)
    for sample in range {
      var stream = RandomStream(seed: seed, purpose: "gaussian-law", sample: sample)
      for _ in 0..<dimension { values.append(Float(stream.normal())) }
    }
    return SampleSet(count: range.count, dimension: dimension, storage: .floats(values))
  }
}
