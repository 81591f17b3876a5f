/// A TensorBoard event file in memory: records of TensorFlow's TFRecord format, each an `Event` message.
///
/// Source: `tensorflow/core/lib/io/record_writer.h` (framing and masked checksums) and
/// `tensorflow/core/util/event.proto`, `tensorflow/core/framework/summary.proto` (messages).
struct EventFile {
  /// The bytes of the file.
  private(set) var bytes: [UInt8] = []

  /// Starts a file: its first event names the version of the format.
  init() {
    append(event(at: 0) { $0.text(3, "brain.Event:2") })
  }

  /// Adds the values of scalars at a step, each under its tag.
  mutating func add(_ scalars: [(tag: String, value: Double)], step: Int) {
    guard !scalars.isEmpty else { return }
    append(
      event(at: step) { event in
        event.message(5) { summary in
          for (tag, value) in scalars {
            summary.message(1) {
              $0.text(1, tag)
              $0.fixed32(2, Float(value).bitPattern)
            }
          }
        }
      })
  }

  /// Adds a PNG file at a step.
  mutating func add(png: [UInt8], width: Int, height: Int, tag: String, step: Int) {
    append(
      event(at: step) { event in
        event.message(5) { summary in
          summary.message(1) { value in
            value.text(1, tag)
            value.message(4) {
              $0.varint(1, height)
              $0.varint(2, width)
              $0.varint(3, 3)  // RGB
              $0.bytes(4, png)
            }
          }
        }
      })
  }

  /// An event whose time is its step, in seconds: the same run makes the same bytes.
  private func event(at step: Int, _ fill: (inout Message) -> Void) -> [UInt8] {
    var event = Message()
    event.fixed64(1, Double(step).bitPattern)
    event.varint(2, step)
    fill(&event)
    return event.bytes
  }

  /// Frames a record: its length and its bytes, each followed by a masked checksum.
  private mutating func append(_ record: [UInt8]) {
    let length = littleEndian(UInt64(record.count))
    bytes += length
    bytes += littleEndian(Self.masked(CRC32C.checksum(of: length)))
    bytes += record
    bytes += littleEndian(Self.masked(CRC32C.checksum(of: record)))
  }

  /// Checksums of bytes that hold checksums are weak, and so TensorFlow rotates and shifts them.
  private static func masked(_ checksum: UInt32) -> UInt32 {
    (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
  }
}

/// A protocol buffer message in its wire format.
private struct Message {
  var bytes: [UInt8] = []

  private enum WireType: Int {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case fixed32 = 5
  }

  private mutating func key(_ field: Int, _ type: WireType) {
    raw(UInt64(field << 3 | type.rawValue))
  }

  private mutating func raw(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func varint(_ field: Int, _ value: Int) {
    key(field, .varint)
    raw(UInt64(value))
  }

  mutating func fixed32(_ field: Int, _ bits: UInt32) {
    key(field, .fixed32)
    bytes += littleEndian(bits)
  }

  mutating func fixed64(_ field: Int, _ bits: UInt64) {
    key(field, .fixed64)
    bytes += littleEndian(bits)
  }

  mutating func bytes(_ field: Int, _ content: [UInt8]) {
    key(field, .lengthDelimited)
    raw(UInt64(content.count))
    bytes += content
  }

  mutating func text(_ field: Int, _ text: String) {
    bytes(field, Array(text.utf8))
  }

  mutating func message(_ field: Int, _ fill: (inout Message) -> Void) {
    var inner = Message()
    fill(&inner)
    bytes(field, inner.bytes)
  }
}

/// The cyclic redundancy check with Castagnoli's polynomial (RFC 3720, B.4).
enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in
      rest & 1 == 1 ? rest >> 1 ^ 0x82F6_3B78 : rest >> 1
    }
  }

  /// Returns the check of bytes.
  static func checksum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
  }
}

/// The bytes of a number, the lowest first.
private func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
