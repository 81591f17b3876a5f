import Images
import LinearAlgebra
import Samples

/// What a sample goes through between two generations.
public enum Carry: Equatable, Sendable, CustomStringConvertible {
  /// Nothing: 32-bit floats.
  case float

  /// Rounding to 8 bits, as a web of pictures does.
  case png8

  /// JPEG of this quality, 1 … 100.
  case jpeg(quality: Int)

  /// Reads `float`, `png8` or `jpeg:Q`.
  public init?(_ text: String) {
    switch text {
    case "float": self = .float
    case "png8": self = .png8
    default:
      guard text.hasPrefix("jpeg:"), let quality = Int(text.dropFirst(5)), 1...100 ~= quality
      else { return nil }
      self = .jpeg(quality: quality)
    }
  }

  /// The carry as it is written on the command line.
  public var description: String {
    switch self {
    case .float: "float"
    case .png8: "png8"
    case .jpeg(let quality): "jpeg:\(quality)"
    }
  }
}

extension Carry {
  /// What the next generation sees of drawn levels.
  ///
  /// - Parameter shape: The size of the pictures; `nil` for vectors.
  /// - Throws: `DecodingError` if a JPEG that was just written cannot be read.
  func carry(_ levels: ContinuousLevels, shape: PictureShape?) throws -> SampleSet {
    let storage: SampleSet.Storage =
      switch self {
      case .float: .floats(levels.floats)
      case .png8: .bytes(levels.bytes)
      case .jpeg(let quality): .bytes(try recompress(levels.bytes, shape, quality: quality))
      }
    return SampleSet(
      count: levels.rows.rowCount, dimension: levels.rows.columnCount, shape: shape,
      storage: storage)
  }

  private func recompress(
    _ bytes: [UInt8], _ shape: PictureShape?, quality: Int
  ) throws -> [UInt8] {
    guard let shape else { return bytes }
    let pictures = Parallelism.map(bytes.count / shape.count) { index in
      Result {
        let pixels = Array(bytes[index * shape.count..<(index + 1) * shape.count])
        let file = try JPEG.encode(Picture(shape: shape, pixels: pixels), quality: quality)
        return try PictureDecoder.decode(file).converted(toChannels: shape.channels).pixels
      }
    }
    return try pictures.flatMap { try $0.get() }
  }
}
