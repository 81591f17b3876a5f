/// SHA-256 of bytes that arrive in pieces.
///
///     var hasher = SHA256()
///     hasher.update(bytes)
///     let digest = hasher.finalize()
///
/// - Note: FIPS 180-4, sections 4.1.2, 5.1.1 and 6.2.2.
public struct SHA256: Sendable {
  private var state: SIMD8<UInt32> = [
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
    0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
  ]

  /// The bytes since the last whole block, fewer than 64.
  private var pending: [UInt8] = []

  private var byteCount: UInt64 = 0

  /// Creates the hash of no bytes.
  public init() {}

  /// Takes more bytes into account.
  public mutating func update(_ bytes: [UInt8]) {
    byteCount &+= UInt64(bytes.count)
    var start = 0
    if !pending.isEmpty {
      start = min(64 - pending.count, bytes.count)
      pending += bytes[..<start]
      guard pending.count == 64 else { return }
      state = Self.compressed(state, with: pending.span, from: 0)
      pending.removeAll(keepingCapacity: true)
    }
    state = Self.compressed(state, with: bytes.span, from: start)
    pending += bytes[(bytes.count - (bytes.count - start) % 64)...]
  }

  /// Returns the 32 bytes of the digest of all bytes so far.
  public consuming func finalize() -> [UInt8] {
    let bitCount = byteCount &* 8
    let zeros = (119 - pending.count) % 64
    update(
      [0x80] + Array(repeating: 0, count: zeros)
        + (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * $0)) })
    return (0..<32).map { UInt8(truncatingIfNeeded: state[$0 / 4] >> UInt32(24 - 8 * ($0 % 4))) }
  }

  /// Returns the digest of bytes as 64 lower-case hexadecimal digits.
  public static func hexDigest(of bytes: [UInt8]) -> String {
    var hasher = SHA256()
    hasher.update(bytes)
    return hasher.hexDigest()
  }

  /// Returns the digest of all bytes so far as 64 lower-case hexadecimal digits.
  public consuming func hexDigest() -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self)
  }

  /// The state after all whole blocks from a position on.
  private static func compressed(
    _ state: SIMD8<UInt32>, with bytes: Span<UInt8>, from first: Int
  ) -> SIMD8<UInt32> {
    var state = state
    var start = first
    while bytes.count - start >= 64 {
      state = compressed(state, with: bytes.extracting(start..<start + 64))
      start += 64
    }
    return state
  }

  private static func compressed(
    _ state: SIMD8<UInt32>, with block: Span<UInt8>
  ) -> SIMD8<UInt32> {
    var schedule = InlineArray<64, UInt32>(repeating: 0)
    for t in 0..<16 {
      schedule[t] =
        UInt32(block[4 * t]) << 24 | UInt32(block[4 * t + 1]) << 16
        | UInt32(block[4 * t + 2]) << 8 | UInt32(block[4 * t + 3])
    }
    for t in 16..<64 {
      let (early, late) = (schedule[t - 15], schedule[t - 2])
      schedule[t] =
        schedule[t - 16] &+ schedule[t - 7]
        &+ (early.rotatedRight(7) ^ early.rotatedRight(18) ^ (early >> 3))
        &+ (late.rotatedRight(17) ^ late.rotatedRight(19) ^ (late >> 10))
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    // Eight rounds at a time, so that the working variables change their roles and not their
    // places.
    for t in stride(from: 0, to: 64, by: 8) {
      round(a, b, c, &d, e, f, g, &h, roundConstants[t] &+ schedule[t])
      round(h, a, b, &c, d, e, f, &g, roundConstants[t + 1] &+ schedule[t + 1])
      round(g, h, a, &b, c, d, e, &f, roundConstants[t + 2] &+ schedule[t + 2])
      round(f, g, h, &a, b, c, d, &e, roundConstants[t + 3] &+ schedule[t + 3])
      round(e, f, g, &h, a, b, c, &d, roundConstants[t + 4] &+ schedule[t + 4])
      round(d, e, f, &g, h, a, b, &c, roundConstants[t + 5] &+ schedule[t + 5])
      round(c, d, e, &f, g, h, a, &b, roundConstants[t + 6] &+ schedule[t + 6])
      round(b, c, d, &e, f, g, h, &a, roundConstants[t + 7] &+ schedule[t + 7])
    }
    return state &+ SIMD8(a, b, c, d, e, f, g, h)
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ input: UInt32
  ) {
    h =
      h &+ (e.rotatedRight(6) ^ e.rotatedRight(11) ^ e.rotatedRight(25))
      &+ (g ^ (e & (f ^ g))) &+ input
    d = d &+ h
    h =
      h &+ (a.rotatedRight(2) ^ a.rotatedRight(13) ^ a.rotatedRight(22))
      &+ ((a & b) | (c & (a | b)))
  }
}

extension UInt32 {
  @inline(__always)
  fileprivate func rotatedRight(_ places: UInt32) -> UInt32 {
    self &>> places | self &<< (32 &- places)
  }
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: InlineArray<64, UInt32> = [
  0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4,
  0xAB1C_5ED5, 0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE,
  0x9BDC_06A7, 0xC19B_F174, 0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F,
  0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA, 0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7,
  0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967, 0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC,
  0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85, 0xA2BF_E8A1, 0xA81A_664B,
  0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070, 0x19A4_C116,
  0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
  0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7,
  0xC671_78F2,
]
