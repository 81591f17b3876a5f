/// Sorts numbers by the digits of their bits, without comparing them: several times faster than
/// comparisons where a thousand directions have ten thousand numbers each.
///
/// Three digits of eleven bits, from the first in which the largest and the smallest number differ, leave
/// almost all numbers in their places. Each then moves past the few before it that are larger; numbers of
/// so many magnitudes that this takes long are sorted by all digits.
struct RadixSort {
  private static let digitBits = 11
  private static let bucketCount = 1 << digitBits

  /// The digits of a number that are looked at first.
  private static let leadingDigits = 3

  private var keys: [UInt64] = []
  private var scratch: [UInt64] = []
  private var counts: [UInt32] = []

  /// Puts the numbers of a range, none of them NaN, into ascending order.
  mutating func sort(_ values: inout [Double], _ range: Range<Int>) {
    let count = range.count
    guard count > 1 else { return }
    if keys.count < count {
      keys = Array(repeating: 0, count: count)
      scratch = keys
    }
    var (least, most) = (UInt64.max, UInt64.min)
    for index in 0..<count {
      let bits = values[range.lowerBound + index].bitPattern
      // Negative numbers run backwards, and stand before the positive ones.
      let key = bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
      keys[index] = key
      least = min(least, key)
      most = max(most, key)
    }
    let width = UInt64.bitWidth - (most - least).leadingZeroBitCount
    let leadingBits = Self.leadingDigits * Self.digitBits
    distribute(count, least, fromBit: max(0, width - leadingBits), digits: Self.leadingDigits)
    if width > leadingBits, !mend(count) {
      let digits = (width + Self.digitBits - 1) / Self.digitBits
      distribute(count, least, fromBit: 0, digits: digits)
    }
    for index in 0..<count {
      let key = keys[index]
      values[range.lowerBound + index] = Double(
        bitPattern: key ^ (UInt64(bitPattern: Int64(bitPattern: ~key) >> 63) | 1 << 63))
    }
  }

  /// Sorts by some digits of what the keys exceed the least one by, the lowest first.
  private mutating func distribute(
    _ count: Int, _ least: UInt64, fromBit first: Int, digits: Int
  ) {
    let mask = UInt64(Self.bucketCount - 1)
    counts = Array(repeating: 0, count: digits * Self.bucketCount)
    for index in 0..<count {
      var rest = (keys[index] - least) >> UInt64(first)
      for digit in 0..<digits {
        counts[digit * Self.bucketCount + Int(rest & mask)] += 1
        rest >>= UInt64(Self.digitBits)
      }
    }
    for digit in 0..<digits {
      let start = digit * Self.bucketCount
      let shift = UInt64(first + digit * Self.digitBits)
      // A digit that all numbers share puts nothing in order.
      let shared = Int(((keys[0] - least) >> shift) & mask)
      guard counts[start + shared] < count else { continue }
      var place: UInt32 = 0
      for bucket in start..<start + Self.bucketCount {
        let size = counts[bucket]
        counts[bucket] = place
        place += size
      }
      for index in 0..<count {
        let key = keys[index]
        let bucket = start + Int(((key - least) >> shift) & mask)
        scratch[Int(counts[bucket])] = key
        counts[bucket] += 1
      }
      swap(&keys, &scratch)
    }
  }

  /// Moves every key past the larger ones before it.
  ///
  /// - Returns: Whether that was done; it is given up after four moves a key.
  private mutating func mend(_ count: Int) -> Bool {
    var moves = 0
    for index in 1..<count where keys[index] < keys[index - 1] {
      let key = keys[index]
      var place = index
      while place > 0, keys[place - 1] > key {
        keys[place] = keys[place - 1]
        place -= 1
      }
      keys[place] = key
      moves += index - place
      if moves > 4 * count { return false }
    }
    return true
  }
}
