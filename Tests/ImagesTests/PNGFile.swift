@testable import Images

/// A PNG written by hand, for the kinds of pixels that the encoder does not write.
struct PNGFile {
  var width: Int
  var height: Int
  var depth = 8
  var kind: UInt8
  var isInterlaced = false

  /// The samples as they are packed into rows, each row preceded by its filter byte 0; for an
  /// interlaced file, pass after pass.
  var rows: [[UInt8]]

  /// Chunks between the header and the pixels.
  var chunks: [(type: String, data: [UInt8])] = []

  var bytes: [UInt8] {
    var file = PictureFormat.pngSignature
    file += Self.chunk(
      "IHDR",
      Self.number(width) + Self.number(height) + [UInt8(depth), kind, 0, 0, isInterlaced ? 1 : 0])
    for chunk in chunks { file += Self.chunk(chunk.type, chunk.data) }
    file += Self.chunk("IDAT", Self.stored(rows.flatMap { [0] + $0 }))
    return file + Self.chunk("IEND", [])
  }

  static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return number(data.count) + body + number(Int(crc32(body)))
  }

  static func number(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  /// A zlib stream of blocks that are not compressed.
  static func stored(_ data: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(start + 0xFFFF, data.count)
      let count = UInt16(end - start)
      stream.append(end == data.count ? 1 : 0)
      for half in [count, ~count] { stream += [UInt8(half & 0xFF), UInt8(half >> 8)] }
      stream += data[start..<end]
      start = end
    } while start < data.count
    var (low, high) = (1, 0)
    for byte in data {
      low = (low + Int(byte)) % 65521
      high = (high + low) % 65521
    }
    return stream + number(high << 16 | low)
  }
}

/// The checksum of PNG, gzip and Python's `zlib.crc32`.
func crc32(_ bytes: [UInt8]) -> UInt32 {
  var value: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    value ^= UInt32(byte)
    for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }
  return ~value
}
