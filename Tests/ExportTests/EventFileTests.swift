import Testing

@testable import Export

@Suite("TensorBoard's event files")
struct EventFileTests {
  @Test("The checksum is that of the standard's examples")
  func checksum() {
    // RFC 3720, B.4, and the usual check value.
    #expect(CRC32C.checksum(of: Array("123456789".utf8)) == 0xE306_9283)
    #expect(CRC32C.checksum(of: Array(repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum(of: Array(repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.checksum(of: []) == 0)
  }

  @Test("A file begins with the version of the format, byte for byte as TensorFlow writes it")
  func version() {
    let bytes = EventFile().bytes
    // Length 26, its masked checksum; then wall time 0, step 0 and the text; then their checksum.
    #expect(bytes.prefix(8) == [26, 0, 0, 0, 0, 0, 0, 0])
    let event = Array(bytes.dropFirst(12).dropLast(4))
    #expect(
      event == [9, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 26, 13] + Array("brain.Event:2".utf8))
    #expect(bytes.count == 8 + 4 + 26 + 4)
  }

  @Test("A scalar is its tag and a 32-bit number; nothing is written where there is none")
  func scalar() {
    var file = EventFile()
    let empty = file.bytes
    file.add([], step: 3)
    #expect(file.bytes == empty)
    file.add([(tag: "a/b", value: 1.5)], step: 300)
    let event = Array(file.bytes.dropFirst(empty.count + 12).dropLast(4))
    let time: [UInt8] = [9, 0, 0, 0, 0, 0, 192, 114, 64]
    let value: [UInt8] = [10, 3] + Array("a/b".utf8) + [21, 0, 0, 192, 63]
    let summary: [UInt8] = [10, UInt8(value.count)] + value
    #expect(event == time + [16, 172, 2, 42, UInt8(summary.count)] + summary)
  }
}
