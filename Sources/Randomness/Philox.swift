/// The counter-based generator Philox4x32-10: 128 bits of noise for every 128-bit counter and
/// 64-bit key.
///
/// A bijection rather than a state: any number of any stream is computed alone, on any machine, in
/// any order.
///
/// - Note: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
enum Philox {
  /// Ten rounds over the counter, with a key that is bumped by Weyl constants after each.
  @inline(__always)
  static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var counter = counter
    var key = key
    for round in 0..<10 {
      if round > 0 { key = key &+ SIMD2(0x9E37_79B9, 0xBB67_AE85) }
      let first = UInt64(0xD251_1F53) &* UInt64(counter[0])
      let second = UInt64(0xCD9E_8D57) &* UInt64(counter[2])
      counter = SIMD4(
        UInt32(truncatingIfNeeded: second >> 32) ^ counter[1] ^ key[0],
        UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ counter[3] ^ key[1],
        UInt32(truncatingIfNeeded: first))
    }
    return counter
  }
  /// Four consecutive blocks at once, the latency of one hidden behind the others: the first and
  /// the second 64 bits of each, low word first.
  @inline(__always)
  static func fourBlocks(
    from counter: SIMD4<UInt32>, key: SIMD2<UInt32>
  ) -> (SIMD4<UInt64>, SIMD4<UInt64>) {
    // Each lane holds 32 bits of one block in the low half of 64, where a product finds room.
    let low = SIMD4<UInt64>(repeating: 0xFFFF_FFFF)
    var first = SIMD4<UInt64>(
      UInt64(counter[0]), UInt64(counter[0] &+ 1), UInt64(counter[0] &+ 2),
      UInt64(counter[0] &+ 3))
    var second = SIMD4<UInt64>(repeating: UInt64(counter[1]))
    var third = SIMD4<UInt64>(repeating: UInt64(counter[2]))
    var fourth = SIMD4<UInt64>(repeating: UInt64(counter[3]))
    var key = key
    for round in 0..<10 {
      if round > 0 { key = key &+ SIMD2(0x9E37_79B9, 0xBB67_AE85) }
      let product = (first & low) &* SIMD4(repeating: 0xD251_1F53)
      let other = (third & low) &* SIMD4(repeating: 0xCD9E_8D57)
      first = (other &>> 32) ^ second ^ SIMD4(repeating: UInt64(key[0]))
      second = other & low
      third = (product &>> 32) ^ fourth ^ SIMD4(repeating: UInt64(key[1]))
      fourth = product & low
    }
    return (second &<< 32 | first, fourth &<< 32 | third)
  }
}
