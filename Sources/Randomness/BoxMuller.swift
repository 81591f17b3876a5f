/// Box and Muller's map from pairs of uniform numbers to pairs of normal numbers.
///
/// Logarithm, sine and cosine are polynomials in plain IEEE arithmetic rather than the C library's:
/// they take a third of the time inside a loop, and give the same bits on every machine.
///
/// - Note: Box and Muller, Ann. Math. Stat. 29 (1958) 610–611. The polynomials are those of FDLIBM
///   (`e_log.c`, `k_sin.c`, `k_cos.c`), within one unit in the last place on the ranges used here.
enum BoxMuller {
  /// Returns `√(−2 log u)·cos 2πv` and `√(−2 log u)·sin 2πv` for the uniform numbers `u` and `v` in
  /// (0, 1) that two words stand for.
  @inline(__always)
  static func normals(_ first: UInt64, _ second: UInt64) -> (Double, Double) {
    let radius = (-2 * logarithm(uniform(first))).squareRoot()
    let (cosine, sine) = cosineAndSine(ofTurns: uniform(second))
    return (radius * cosine, radius * sine)
  }

  /// The uniform number in (0, 1) that the 52 highest bits of a word stand for.
  @inline(__always)
  static func uniform(_ word: UInt64) -> Double {
    // The bits as the fraction of a number in [1, 2): exact, without a conversion of integers.
    (Double(bitPattern: word &>> 12 | 0x3FF0_0000_0000_0000) - 1) + 0x1p-53
  }

  /// The natural logarithm of a positive, normal number.
  @inline(__always)
  static func logarithm(_ x: Double) -> Double {
    // x = 2^k (1 + f) with 1 + f in [√½, √2); the exponent becomes a number in the bits of 2^52.
    let rootHalf: UInt64 = 0x3FE6_A09E_0000_0000
    let offset = x.bitPattern &+ (0x3FF0_0000_0000_0000 &- rootHalf)
    let k = Double(bitPattern: offset &>> 52 | 0x4330_0000_0000_0000) - (0x1p52 + 1023)
    let f = Double(bitPattern: (offset & 0x000F_FFFF_FFFF_FFFF) &+ rootHalf) - 1
    let s = f / (2 + f)
    let z = s * s
    let w = z * z
    var even = 0.15313837699209373
    even = even * w + 0.22222198432149784
    even = even * w + 0.3999999999940942
    var odd = 0.14798198605116586
    odd = odd * w + 0.1818357216161805
    odd = odd * w + 0.2857142874366239
    odd = odd * w + 0.6666666666666735
    let halfSquare = 0.5 * f * f
    let correction = s * (halfSquare + (w * even + z * odd)) + k * 1.90821492927058770002e-10
    return k * 6.93147180369123816490e-01 - ((halfSquare - correction) - f)
  }

  /// The cosine and sine of `2π·turns` for turns in (0, 1).
  @inline(__always)
  static func cosineAndSine(ofTurns turns: Double) -> (Double, Double) {
    // Adding 2^52 rounds to the nearest quarter turn, whose number is then in the low bits.
    let shifted = turns * 4 + 0x1p52
    let quarters = shifted.bitPattern
    let x = (turns - (shifted - 0x1p52) * 0.25) * (2 * Double.pi)
    let z = x * x
    var odd = 1.58969099521155010221e-10
    odd = odd * z - 2.50507602534068634195e-08
    odd = odd * z + 2.75573137070700676789e-06
    odd = odd * z - 1.98412698298579493134e-04
    odd = odd * z + 8.33333333332248946124e-03
    odd = odd * z - 1.66666666666666324348e-01
    var even = -1.13596475577881948265e-11
    even = even * z + 2.08757232129817482790e-09
    even = even * z - 2.75573143513906633035e-07
    even = even * z + 2.48015872894767294178e-05
    even = even * z - 1.38888888888741095749e-03
    even = even * z + 4.16666666666666019037e-02
    let sine = (x + x * z * odd).bitPattern
    let cosine = (1 - (0.5 * z - z * z * even)).bitPattern
    // A quarter turn maps (cos, sin) to (−sin, cos): an odd number of them swaps the two.
    let exchange = (sine ^ cosine) & (0 &- (quarters & 1))
    return (
      Double(bitPattern: cosine ^ exchange ^ ((quarters &+ 1) & 2) &<< 62),
      Double(bitPattern: sine ^ exchange ^ (quarters & 2) &<< 62)
    )
  }
}
