/// Box and Muller's map from pairs of uniform numbers to pairs of normal numbers.
///
/// Logarithm, sine and cosine are polynomials in plain IEEE arithmetic rather than the C library's:
/// they take a third of the time inside a loop, and give the same bits on every machine.
///
/// - Note: Box and Muller, Ann. Math. Stat. 29 (1958) 610–611. The polynomials are those of FDLIBM
///   (`k_sin.c`, `k_cos.c`), within one unit in the last place on the ranges used here.
enum BoxMuller {
  /// Returns `√(−2 log u)·cos 2πv` and `√(−2 log u)·sin 2πv` for the uniform numbers `u` and `v` in
  /// (0, 1) that two words stand for.
  static func normals(_ first: UInt64, _ second: UInt64) -> (Double, Double) {
    let (cosines, sines) = normals(SIMD4(repeating: first), SIMD4(repeating: second))
    return (cosines[0], sines[0])
  }

  /// The same for four pairs of words at once.
  @inline(__always)
  static func normals(
    _ first: SIMD4<UInt64>, _ second: SIMD4<UInt64>
  ) -> (SIMD4<Double>, SIMD4<Double>) {
    let radius = (-2 * ElementaryFunctions.logarithm(uniform(first))).squareRoot()
    let (cosine, sine) = cosineAndSine(ofTurns: uniform(second))
    return (radius * cosine, radius * sine)
  }

  /// The uniform number in (0, 1) that the 52 highest bits of a word stand for.
  @inline(__always)
  static func uniform(_ word: UInt64) -> Double {
    // The bits as the fraction of a number in [1, 2): exact, without a conversion of integers.
    (Double(bitPattern: word &>> 12 | 0x3FF0_0000_0000_0000) - 1) + 0x1p-53
  }

  /// The same for four words at once.
  @inline(__always)
  static func uniform(_ words: SIMD4<UInt64>) -> SIMD4<Double> {
    (numbers(words &>> 12 | SIMD4(repeating: 0x3FF0_0000_0000_0000)) - 1) + 0x1p-53
  }

  /// The cosine and sine of `2π·turns` for turns in (0, 1).
  @inline(__always)
  static func cosineAndSine(ofTurns turns: SIMD4<Double>) -> (SIMD4<Double>, SIMD4<Double>) {
    // Adding 2^52 rounds to the nearest quarter turn, whose number is then in the low bits.
    let shifted = turns * 4 + 0x1p52
    let quarters = bits(shifted)
    let x = (turns - (shifted - 0x1p52) * 0.25) * (2 * Double.pi)
    let z = x * x
    var odd = SIMD4<Double>(repeating: 1.58969099521155010221e-10)
    odd = odd * z - 2.50507602534068634195e-08
    odd = odd * z + 2.75573137070700676789e-06
    odd = odd * z - 1.98412698298579493134e-04
    odd = odd * z + 8.33333333332248946124e-03
    odd = odd * z - 1.66666666666666324348e-01
    var even = SIMD4<Double>(repeating: -1.13596475577881948265e-11)
    even = even * z + 2.08757232129817482790e-09
    even = even * z - 2.75573143513906633035e-07
    even = even * z + 2.48015872894767294178e-05
    even = even * z - 1.38888888888741095749e-03
    even = even * z + 4.16666666666666019037e-02
    let sine = bits(x + x * z * odd)
    let cosine = bits(1 - (0.5 * z - z * z * even))
    // A quarter turn maps (cos, sin) to (−sin, cos): an odd number of them swaps the two.
    let (one, two) = (SIMD4<UInt64>(repeating: 1), SIMD4<UInt64>(repeating: 2))
    let exchange = (sine ^ cosine) & (0 &- (quarters & one))
    return (
      numbers(cosine ^ exchange ^ ((quarters &+ 1) & two) &<< 62),
      numbers(sine ^ exchange ^ (quarters & two) &<< 62)
    )
  }

  @inline(__always)
  private static func bits(_ numbers: SIMD4<Double>) -> SIMD4<UInt64> {
    unsafe unsafeBitCast(numbers, to: SIMD4<UInt64>.self)
  }

  @inline(__always)
  private static func numbers(_ bits: SIMD4<UInt64>) -> SIMD4<Double> {
    unsafe unsafeBitCast(bits, to: SIMD4<Double>.self)
  }
}
