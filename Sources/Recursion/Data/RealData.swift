public import Images
import Randomness
public import Samples
import Storage

/// The real data of a run: a finite set of samples, or a law that never runs out.
public struct RealData: Sendable {
  /// Where real samples come from.
  public enum Supply: Sendable {
    /// All the samples there are.
    case finite(SampleSet)

    /// As many as anybody asks for.
    case endless(any SampleSource)
  }

  /// A short name for titles and folder names, such as `sprites`.
  public let name: String

  /// Where real samples come from.
  public let supply: Supply

  /// SHA-256 of what decides the samples: of their values, or of the law's own words.
  public let fingerprint: String

  /// What was found in the folder; `nil` for laws and matrices.
  public let report: FolderReport?

  /// The path of each picture below the folder, as the system stores it; `nil` for laws and matrices.
  let paths: [[UInt8]]?

  /// Creates real data.
  public init(
    name: String, supply: Supply, fingerprint: String, report: FolderReport? = nil,
    paths: [[UInt8]]? = nil
  ) {
    self.paths = paths
    self.name = name
    self.supply = supply
    self.fingerprint = fingerprint
    self.report = report
  }

  /// The size of the pictures; `nil` for vectors.
  public var shape: PictureShape? {
    switch supply {
    case .finite(let samples): samples.shape
    case .endless(let source): source.shape
    }
  }

  /// The numbers in a sample.
  public var dimension: Int {
    switch supply {
    case .finite(let samples): samples.dimension
    case .endless(let source): source.dimension
    }
  }

  /// SHA-256 of the values, shape and labels of samples, in hexadecimal.
  public static func fingerprint(of samples: SampleSet) -> String {
    var hasher = SHA256()
    let shape = samples.shape.map { "\($0.width)x\($0.height)x\($0.channels)" } ?? "vector"
    hasher.update(Array("\(samples.count) \(samples.dimension) \(shape)\n".utf8))
    for block in samples.blocks {
      switch samples.storage(block) {
      case .bytes(let values): hasher.update(values)
      case .floats(let values):
        for value in values { hasher.update(value.bitPattern.littleEndianBytes) }
      }
    }
    for name in samples.classNames { hasher.update(Array(name.utf8) + [0]) }
    for label in samples.labels ?? [] {
      hasher.update(UInt32(bitPattern: label).littleEndianBytes)
    }
    return hasher.hexDigest()
  }
}

extension UInt32 {
  fileprivate var littleEndianBytes: [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
  }
}
