/// Sorts numbers by the digits of their bits, without comparing them: several times faster than
/// comparisons where a thousand directions have ten thousand numbers each.
struct RadixSort {
  private static let digitBits = 11
  private static let digitCount = (64 + digitBits - 1) / digitBits
  private static let bucketCount = 1 << digitBits

  private var keys: [UInt64] = []
  private var scratch: [UInt64] = []
  private var counts = [Int](repeating: 0, count: digitCount * bucketCount)

  /// Puts the numbers of a range, none of them NaN, into ascending order.
  mutating func sort(_ values: inout [Double], _ range: Range<Int>) {
    let count = range.count
    guard count > 1 else { return }
    if keys.count < count {
      keys = Array(repeating: 0, count: count)
      scratch = keys
    }
    for index in counts.indices { counts[index] = 0 }
    for index in 0..<count {
      let bits = values[range.lowerBound + index].bitPattern
      // Negative numbers run backwards, and stand before the positive ones.
      let key = bits ^ (bits >> 63 == 1 ? .max : 1 << 63)
      keys[index] = key
      for digit in 0..<Self.digitCount {
        counts[digit * Self.bucketCount + Self.bucket(key, digit)] += 1
      }
    }
    for digit in 0..<Self.digitCount {
      let first = digit * Self.bucketCount
      // A digit that all numbers share puts nothing in order.
      guard counts[first + Self.bucket(keys[0], digit)] < count else { continue }
      var place = 0
      for bucket in first..<first + Self.bucketCount {
        let size = counts[bucket]
        counts[bucket] = place
        place += size
      }
      for index in 0..<count {
        let bucket = first + Self.bucket(keys[index], digit)
        scratch[counts[bucket]] = keys[index]
        counts[bucket] += 1
      }
      swap(&keys, &scratch)
    }
    for index in 0..<count {
      let key = keys[index]
      values[range.lowerBound + index] = Double(
        bitPattern: key ^ (key >> 63 == 1 ? 1 << 63 : .max))
    }
  }

  @inline(__always)
  private static func bucket(_ key: UInt64, _ digit: Int) -> Int {
    Int((key >> UInt64(digit * digitBits)) & UInt64(bucketCount - 1))
  }
}
