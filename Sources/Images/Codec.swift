import CImageCodecs
import Samples

/// The only door to libpng and libjpeg-turbo.
///
/// Memory, sizes and the libraries' words pass here; pointers and status codes do not come out.
enum Codec {
  private typealias Decoder = (
    UnsafePointer<UInt8>?, Int, CodecShape, CodecLimits, UnsafeMutablePointer<UInt8>?, Int,
    CodecMessage
  ) -> CodecStatus

  private typealias Encoder = (
    UnsafePointer<UInt8>?, CodecShape, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>,
    UnsafeMutablePointer<Int>, CodecMessage
  ) -> CodecStatus

  /// Decodes the pixels that a header promises, as they are stored.
  static func decode(
    _ bytes: [UInt8], header: PictureHeader, limits: DecodingLimits
  ) throws(DecodingError) -> Picture {
    let decoder: Decoder =
      switch header.format {
      case .png: unsafe codec_png_decode
      case .jpeg: unsafe codec_jpeg_decode
      }
    let shape = PictureShape(
      width: header.storedWidth, height: header.storedHeight, channels: header.channels)
    let costs = CodecLimits(
      scans: Int32(clamping: limits.maximumScans),
      chunk_bytes: max(0, limits.maximumChunkBytes), allow_truncated: limits.allowTruncated)
    var status = CodecStatus.done
    var words = ""
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: shape.count) { buffer, count in
      (status, words) = unsafe withMessage { message in
        unsafe bytes.withUnsafeBufferPointer { source in
          unsafe decoder(
            source.baseAddress, source.count, CodecShape(shape), costs, buffer.baseAddress,
            shape.count, message)
        }
      }
      count = status == .done ? shape.count : 0
    }
    if let reason = status.reason {
      throw DecodingError(reason, "a \(header.format.rawValue) that cannot be decoded: \(words)")
    }
    return Picture(shape: shape, pixels: pixels)
  }

  /// Encodes a picture as PNG.
  static func png(_ picture: Picture, fast: Bool) throws(EncodingError) -> [UInt8] {
    try unsafe encode(picture, as: .png) { pixels, shape, output, length, message in
      unsafe codec_png_encode(pixels, shape, fast, output, length, message)
    }
  }

  /// Encodes a picture as JPEG.
  static func jpeg(_ picture: Picture, quality: Int) throws(EncodingError) -> [UInt8] {
    try unsafe encode(picture, as: .jpeg) { pixels, shape, output, length, message in
      unsafe codec_jpeg_encode(pixels, shape, Int32(quality), output, length, message)
    }
  }

  private static func encode(
    _ picture: Picture, as format: PictureFormat, _ encoder: Encoder
  ) throws(EncodingError) -> [UInt8] {
    var output: UnsafeMutablePointer<UInt8>?
    var length = 0
    let (status, words) = unsafe withMessage { message in
      unsafe picture.pixels.withUnsafeBufferPointer { pixels in
        unsafe encoder(
          pixels.baseAddress, CodecShape(picture.shape), &output, &length, message)
      }
    }
    guard status == .done, let start = unsafe output else {
      throw EncodingError(format: format, shape: picture.shape, words: words)
    }
    defer { unsafe codec_release(start) }
    return unsafe Array(UnsafeBufferPointer(start: start, count: length))
  }

  private static func withMessage(
    _ body: (CodecMessage) -> CodecStatus
  ) -> (CodecStatus, String) {
    // 200 bytes hold every message of both libraries.
    var text = [CChar](repeating: 0, count: 200)
    let status = unsafe text.withUnsafeMutableBufferPointer { buffer in
      unsafe body(CodecMessage(text: buffer.baseAddress, capacity: buffer.count))
    }
    let words = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return (status, String(decoding: words, as: UTF8.self))
  }
}

extension CodecShape {
  fileprivate init(_ shape: PictureShape) {
    self.init(
      width: UInt32(shape.width), height: UInt32(shape.height), channels: UInt32(shape.channels))
  }
}

extension CodecStatus {
  /// The reason to skip a file; `nil` if it was decoded.
  fileprivate var reason: SkipReason? {
    switch self {
    case .done: nil
    case .truncated: .truncated
    case .corrupt: .corrupt
    case .unsupported: .unsupportedFormat
    case .tooLarge, .outOfMemory: .tooLarge
    case .tooManyScans: .tooManyScans
    }
  }
}
