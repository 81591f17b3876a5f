/// The size of the pictures of a sample set.
public struct PictureShape: Hashable, Sendable {
  /// The number of pixels in a row.
  public let width: Int

  /// The number of rows of pixels.
  public let height: Int

  /// 3 for RGB, 1 for grey.
  public let channels: Int

  /// Creates a shape.
  public init(width: Int, height: Int, channels: Int) {
    self.width = width
    self.height = height
    self.channels = channels
  }

  /// The numbers in one picture.
  public var count: Int { width * height * channels }
}

/// Samples, one a row: pictures (rows with a shape) or plain vectors (rows without one).
///
/// A picture's row holds channel levels from 0 to 255, pixel after pixel, row after row, the
/// channels of a pixel side by side. Pictures of whole levels are stored as bytes; whoever reads
/// gets floats.
public struct SampleSet: Equatable, Sendable {
  /// How the values are stored.
  public enum Storage: Equatable, Sendable {
    /// Whole levels, 0 to 255.
    case bytes([UInt8])
    /// Any finite numbers.
    case floats([Float])

    /// These values followed by others; bytes stay bytes only beside bytes.
    public consuming func appending(_ other: Storage) -> Storage {
      switch (consume self, other) {
      case (.bytes(var values), .bytes(let more)):
        values.append(contentsOf: more)
        return .bytes(values)
      case (.floats(var values), .floats(let more)):
        values.append(contentsOf: more)
        return .floats(values)
      case (.bytes(let values), .floats(let more)): return .floats(values.map(Float.init) + more)
      case (.floats(let values), .bytes(let more)): return .floats(values + more.map(Float.init))
      }
    }
  }

  /// The number of samples.
  public let count: Int

  /// The numbers in a sample.
  public let dimension: Int

  /// The size of the pictures; `nil` for plain vectors.
  public let shape: PictureShape?

  /// The values, sample after sample.
  public let storage: Storage

  /// The class of each sample, an index into ``classNames``; `nil` without classes.
  public let labels: [Int32]?

  /// The names of the classes, sorted; empty without classes.
  public let classNames: [String]

  /// Creates samples; the storage must hold `count * dimension` values.
  public init(
    count: Int, dimension: Int, shape: PictureShape? = nil, storage: Storage,
    labels: [Int32]? = nil, classNames: [String] = []
  ) {
    let stored =
      switch storage {
      case .bytes(let values): values.count
      case .floats(let values): values.count
      }
    precondition(stored == count * dimension, "\(stored) values are not \(count) × \(dimension)")
    precondition(
      shape.map { $0.count == dimension } ?? true, "the shape is not \(dimension) numbers")
    precondition(labels.map { $0.count == count } ?? true, "not one label for each sample")
    self.count = count
    self.dimension = dimension
    self.shape = shape
    self.storage = storage
    self.labels = labels
    self.classNames = classNames
  }

  /// The values of consecutive samples, as floats.
  public func values(_ range: Range<Int>) -> [Float] {
    let span = range.lowerBound * dimension..<range.upperBound * dimension
    switch storage {
    case .bytes(let values): return values[span].map(Float.init)
    case .floats(let values): return Array(values[span])
    }
  }

  /// The values of all samples, as floats.
  public var values: [Float] { values(0..<count) }

  /// The samples with these indices, in this order; an index may repeat.
  public func selecting(_ indices: [Int]) -> SampleSet {
    let selected: Storage =
      switch storage {
      case .bytes(let values): .bytes(Self.gather(values, indices, dimension))
      case .floats(let values): .floats(Self.gather(values, indices, dimension))
      }
    return SampleSet(
      count: indices.count, dimension: dimension, shape: shape, storage: selected,
      labels: labels.map { labels in indices.map { labels[$0] } }, classNames: classNames)
  }

  /// These samples followed by others of the same dimension and shape.
  ///
  /// Labels are kept if both have them.
  public func appending(_ other: SampleSet) -> SampleSet {
    precondition(
      dimension == other.dimension && shape == other.shape, "samples of different shapes")
    let joined = storage.appending(other.storage)
    let joinedLabels: [Int32]? =
      if let labels, let more = other.labels { labels + more } else { nil }
    return SampleSet(
      count: count + other.count, dimension: dimension, shape: shape, storage: joined,
      labels: joinedLabels, classNames: joinedLabels == nil ? [] : classNames)
  }

  /// The same samples with other labels.
  public func labelled(_ labels: [Int32]?, classNames: [String]) -> SampleSet {
    SampleSet(
      count: count, dimension: dimension, shape: shape, storage: storage, labels: labels,
      classNames: classNames)
  }

  private static func gather<Value>(_ values: [Value], _ indices: [Int], _ dimension: Int)
    -> [Value]
  {
    var gathered: [Value] = []
    gathered.reserveCapacity(indices.count * dimension)
    for index in indices {
      gathered.append(contentsOf: values[index * dimension..<(index + 1) * dimension])
    }
    return gathered
  }
}
