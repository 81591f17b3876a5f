import LinearAlgebra

/// A 64-bit hash over numbers and text: tells frozen feature spaces and their inputs apart.
///
/// It has the offset and the prime of FNV-1a, but takes 64-bit words where that takes bytes, and folds
/// the upper half into the lower after each.
struct Fingerprint: Sendable {
  private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func combine(_ word: UInt64) {
    hash = (hash ^ word) &* 0x0000_0100_0000_01B3
    // The multiplication carries upwards only; folding lets the high bits of a double reach the low.
    hash ^= hash >> 32
  }

  mutating func combine(_ number: Int) { combine(UInt64(bitPattern: Int64(number))) }

  mutating func combine(_ numbers: [Double]) {
    combine(numbers.count)
    for number in numbers { combine(number.bitPattern) }
  }

  mutating func combine(_ samples: some DesignMatrix) {
    combine(samples.rowCount)
    combine(samples.columnCount)
    for block in samples.rowBlocks {
      for number in samples.rows(block).elements { combine(number.bitPattern) }
    }
  }

  mutating func combine(_ text: String) {
    combine(text.utf8.count)
    for byte in text.utf8 { combine(UInt64(byte)) }
  }

  /// 16 hexadecimal digits.
  var text: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
