/// The same map in single precision, eight pairs at a time.
///
/// - Note: The logarithm is that of FDLIBM (`e_logf.c`), sine and cosine those of Cephes
///   (`sinf.c`), each within two units in the last place on the ranges used here.
extension BoxMuller {
  typealias SingleLanes = SIMD8<Float>

  /// Returns `√(−2 log u)·cos 2πv` and `√(−2 log u)·sin 2πv` for the uniform numbers `u` and `v` in
  /// (0, 1) that the 23 highest bits of the words stand for.
  @inline(__always)
  static func normals(
    _ first: SIMD8<UInt32>, _ second: SIMD8<UInt32>
  ) -> (SingleLanes, SingleLanes) {
    let radius = (-2 * logarithm(uniform(first))).squareRoot()
    let (cosine, sine) = cosineAndSine(ofTurns: uniform(second))
    return (radius * cosine, radius * sine)
  }

  @inline(__always)
  private static func uniform(_ words: SIMD8<UInt32>) -> SingleLanes {
    (numbers(words &>> 9 | SIMD8(repeating: 0x3F80_0000)) - 1) + 0x1p-24
  }

  /// The natural logarithms of positive, normal numbers.
  @inline(__always)
  private static func logarithm(_ x: SingleLanes) -> SingleLanes {
    // x = 2^k (1 + f) with 1 + f in [√½, √2); the exponent becomes a number in the bits of 2^23.
    let rootHalf: UInt32 = 0x3F35_04F3
    let offset = bits(x) &+ (0x3F80_0000 &- rootHalf)
    let k = numbers(offset &>> 23 | SIMD8(repeating: 0x4B00_0000)) - (0x1p23 + 127)
    let f = numbers((offset & SIMD8(repeating: 0x007F_FFFF)) &+ rootHalf) - 1
    let s = f / (2 + f)
    let z = s * s
    let w = z * z
    let even = w * (w * 0.24279078841 + 0.40000972152)
    let odd = z * (w * 0.28498786688 + 0.66666662693)
    let halfSquare = 0.5 * f * f
    let correction = s * (halfSquare + (even + odd)) + k * 9.0580006145e-06
    return k * 6.9313812256e-01 - ((halfSquare - correction) - f)
  }

  /// The cosine and sine of `2π·turns` for turns in (0, 1).
  @inline(__always)
  private static func cosineAndSine(
    ofTurns turns: SingleLanes
  ) -> (SingleLanes, SingleLanes) {
    // Adding 2^23 rounds to the nearest quarter turn, whose number is then in the low bits.
    let shifted = turns * 4 + 0x1p23
    let quarters = bits(shifted)
    let x = (turns - (shifted - 0x1p23) * 0.25) * (2 * Float.pi)
    let z = x * x
    let odd = (z * -1.9515295891e-4 + 8.3321608736e-3) * z - 1.6666654611e-1
    let even = (z * 2.443315711809948e-5 - 1.388731625493765e-3) * z + 4.166664568298827e-2
    let sine = bits(x + x * z * odd)
    let cosine = bits(1 - (0.5 * z - z * z * even))
    // A quarter turn maps (cos, sin) to (−sin, cos): an odd number of them swaps the two.
    let (one, two) = (SIMD8<UInt32>(repeating: 1), SIMD8<UInt32>(repeating: 2))
    let exchange = (sine ^ cosine) & (0 &- (quarters & one))
    return (
      numbers(cosine ^ exchange ^ ((quarters &+ 1) & two) &<< 30),
      numbers(sine ^ exchange ^ (quarters & two) &<< 30)
    )
  }

  @inline(__always)
  private static func bits(_ numbers: SingleLanes) -> SIMD8<UInt32> {
    unsafe unsafeBitCast(numbers, to: SIMD8<UInt32>.self)
  }

  @inline(__always)
  private static func numbers(_ bits: SIMD8<UInt32>) -> SingleLanes {
    unsafe unsafeBitCast(bits, to: SingleLanes.self)
  }
}
