import Storage

/// Samples that arrive in batches: in memory while they are few, else in a temporary file.
public struct SampleWriter {
  private let dimension: Int

  /// The whole levels, or ``floats``: one of the two.
  private var bytes: SpillWriter<UInt8>?
  private var floats: SpillWriter<Float>?

  /// Prepares for about `expected` samples, all stored as bytes or all as floats.
  public init(expecting expected: Int, dimension: Int, isBytes: Bool) {
    self.dimension = dimension
    if isBytes {
      bytes = SpillWriter(expecting: expected * dimension)
    } else {
      floats = SpillWriter(expecting: expected * dimension)
    }
  }

  /// Puts samples after those before; they must be of the kind that was prepared for.
  public mutating func append(_ storage: SampleSet.Storage) {
    switch storage {
    case .bytes(let values):
      precondition(bytes != nil, "bytes among floats")
      bytes?.append(values)
    case .floats(let values):
      precondition(floats != nil, "floats among bytes")
      floats?.append(values)
    }
  }

  /// The samples put together.
  public consuming func finish(shape: PictureShape?) -> SampleSet {
    SampleSet(
      dimension: dimension, shape: shape, parts: [finish()], labels: nil, classNames: [])
  }

  consuming func finish() -> SamplePart {
    let values: StoredValues
    let count: Int
    if let bytes {
      let written = bytes.finish()
      (values, count) = (.bytes(written), written.count)
    } else {
      let written = floats?.finish() ?? SpilledArray([])
      (values, count) = (.floats(written), written.count)
    }
    return SamplePart(values: values, count: count / max(1, dimension))
  }
}
