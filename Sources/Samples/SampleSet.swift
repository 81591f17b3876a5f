public import Storage

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
///
/// Many samples are no single array: they may lie in a temporary file, and a selection of them or
/// several sets together share the values instead of copying them. So they are read in parts.
public struct SampleSet: Sendable {
  /// Values in memory.
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

    var count: Int {
      switch self {
      case .bytes(let values): values.count
      case .floats(let values): values.count
      }
    }
  }

  /// The number of samples.
  public let count: Int

  /// The numbers in a sample.
  public let dimension: Int

  /// The size of the pictures; `nil` for plain vectors.
  public let shape: PictureShape?

  /// The class of each sample, an index into ``classNames``; `nil` without classes.
  public let labels: [Int32]?

  /// The names of the classes, sorted; empty without classes.
  public let classNames: [String]

  /// The values, part after part.
  let parts: [SamplePart]

  /// Creates samples; the storage must hold `count * dimension` values.
  public init(
    count: Int, dimension: Int, shape: PictureShape? = nil, storage: Storage,
    labels: [Int32]? = nil, classNames: [String] = []
  ) {
    precondition(
      storage.count == count * dimension, "\(storage.count) values are not \(count) × \(dimension)")
    self.init(
      dimension: dimension, shape: shape,
      parts: [SamplePart(values: StoredValues(storage), count: count)], labels: labels,
      classNames: classNames)
  }

  /// Creates pictures from whole levels that may lie in a temporary file, in the order of the rows
  /// given: row `i` holds the levels from `i * shape.count` on.
  public init(
    shape: PictureShape, levels: SpilledArray<UInt8>, rows: [Int], labels: [Int32]? = nil,
    classNames: [String] = []
  ) {
    self.init(
      dimension: shape.count, shape: shape,
      parts: [
        SamplePart(values: .bytes(levels), rows: rows.map(UInt32.init), count: rows.count)
      ], labels: labels, classNames: classNames)
  }

  init(
    dimension: Int, shape: PictureShape?, parts: [SamplePart], labels: [Int32]?,
    classNames: [String]
  ) {
    let count = parts.reduce(0) { $0 + $1.count }
    precondition(
      shape.map { $0.count == dimension } ?? true, "the shape is not \(dimension) numbers")
    precondition(labels.map { $0.count == count } ?? true, "not one label for each sample")
    self.count = count
    self.dimension = dimension
    self.shape = shape
    self.parts = parts
    self.labels = labels
    self.classNames = classNames
  }

  /// The values of consecutive samples, as they are stored.
  public func storage(_ range: Range<Int>) -> Storage {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "no samples \(range)")
    if parts.count == 1 { return parts[0].storage(range, dimension: dimension) }
    var joined: Storage = isBytes ? .bytes([]) : .floats([])
    var start = 0
    for part in parts {
      let own = range.clamped(to: start..<start + part.count)
      if !own.isEmpty {
        joined = joined.appending(
          part.storage(own.lowerBound - start..<own.upperBound - start, dimension: dimension))
      }
      start += part.count
    }
    return joined
  }

  /// The values of all samples, sample after sample.
  public var storage: Storage { storage(0..<count) }

  /// Whether all values are whole levels.
  public var isBytes: Bool { parts.allSatisfy(\.isBytes) }

  /// The values of consecutive samples, as floats.
  public func values(_ range: Range<Int>) -> [Float] {
    switch storage(range) {
    case .bytes(let values): values.map(Float.init)
    case .floats(let values): values
    }
  }

  /// The values of all samples, as floats.
  public var values: [Float] { values(0..<count) }

  /// Consecutive samples that are read at once, some 4 MB of them, from the first to the last.
  public var blocks: [Range<Int>] {
    let size = max(1, (1 << 22) / max(1, dimension))
    return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }

  /// The samples with these indices, in this order; an index may repeat.
  public func selecting(_ indices: [Int]) -> SampleSet {
    let chosenLabels = labels.map { labels in indices.map { labels[$0] } }
    let selected: [SamplePart]
    if parts.count == 1, isWorthSharing(indices.count) {
      selected = [parts[0].selecting(indices)]
    } else {
      var writer = SampleWriter(expecting: indices.count, dimension: dimension, isBytes: isBytes)
      let size = blocks.first?.count ?? 1
      for start in stride(from: 0, to: indices.count, by: size) {
        writer.append(gathered(indices[start..<min(start + size, indices.count)]))
      }
      selected = [writer.finish()]
    }
    return SampleSet(
      dimension: dimension, shape: shape, parts: selected, labels: chosenLabels,
      classNames: classNames)
  }

  /// These samples followed by others of the same dimension and shape.
  ///
  /// Labels are kept if both have them.
  public func appending(_ other: SampleSet) -> SampleSet {
    precondition(
      dimension == other.dimension && shape == other.shape, "samples of different shapes")
    let joinedLabels: [Int32]? =
      if let labels, let more = other.labels { labels + more } else { nil }
    let joined =
      isWorthSharing(count + other.count)
      ? parts + other.parts
      : [
        SamplePart(
          values: StoredValues(storage.appending(other.storage)), count: count + other.count)
      ]
    return SampleSet(
      dimension: dimension, shape: shape, parts: joined, labels: joinedLabels,
      classNames: joinedLabels == nil ? [] : classNames)
  }

  /// The same samples with other labels.
  public func labelled(_ labels: [Int32]?, classNames: [String]) -> SampleSet {
    SampleSet(
      dimension: dimension, shape: shape, parts: parts, labels: labels, classNames: classNames)
  }

  /// The bytes from which on values are shared rather than copied: small sets are best one array.
  public static let leastSharedBytes = 1 << 23

  private func isWorthSharing(_ count: Int) -> Bool {
    count * dimension * (isBytes ? 1 : 4) >= Self.leastSharedBytes
  }

  private func gathered(_ indices: ArraySlice<Int>) -> Storage {
    if parts.count == 1 { return parts[0].gathered(indices, dimension: dimension) }
    return indices.reduce(isBytes ? .bytes([]) : .floats([])) {
      $0.appending(storage($1..<$1 + 1))
    }
  }
}

extension SampleSet: Equatable {
  /// Whether shape, labels and values are the same, and stored as numbers of the same kind.
  public static func == (left: SampleSet, right: SampleSet) -> Bool {
    left.count == right.count && left.dimension == right.dimension && left.shape == right.shape
      && left.labels == right.labels && left.classNames == right.classNames
      && left.isBytes == right.isBytes
      && left.blocks.allSatisfy { left.storage($0) == right.storage($0) }
  }
}
