/// Exponential and logarithm of four numbers at a time, as polynomials in plain IEEE arithmetic.
///
/// They take a fraction of the C library's time, and give the same bits on every machine, wherever a
/// number stands among the four.
///
/// - Note: The logarithm is that of FDLIBM (`e_log.c`), within one unit in the last place; the
///   exponential has the same reduction and the Taylor polynomial of degree 13, within two.
package enum ElementaryFunctions {
  /// Four numbers.
  package typealias Lanes = SIMD4<Double>

  /// Replaces every number x by the logistic function `1 / (1 + exp(−x))`.
  package static func applySigmoid(to values: inout [Double]) {
    apply(to: &values, values.indices) { 1 / (1 + exponential(-$0)) }
  }

  /// Replaces every number p in (0, 1) by `log(p / (1 − p))`.
  package static func applyLogit(to values: inout [Double]) {
    apply(to: &values, values.indices) { logarithm($0 / (1 - $0)) }
  }

  /// Replaces every number x by `exp(x)`, for |x| up to 700; beyond, as if it were 700.
  package static func applyExponential(to values: inout [Double]) {
    apply(to: &values, values.indices) { exponential($0) }
  }

  /// Does the same to the numbers at some places.
  package static func applyExponential(to values: inout [Double], _ places: Range<Int>) {
    apply(to: &values, places) { exponential($0) }
  }

  /// Replaces every number u in (0, 1) by `−log(−log u)`.
  static func applyGumbelQuantile(to values: inout [Double]) {
    apply(to: &values, values.indices) { -logarithm(-logarithm($0)) }
  }

  @inline(__always)
  private static func apply(
    to values: inout [Double], _ places: Range<Int>, _ function: (Lanes) -> Lanes
  ) {
    precondition(places.lowerBound >= 0 && places.upperBound <= values.count, "no places \(places)")
    let whole = places.lowerBound + (places.count & ~3)
    unsafe values.withUnsafeMutableBytes { bytes in
      for index in stride(from: places.lowerBound, to: whole, by: 4) {
        let offset = index * MemoryLayout<Double>.stride
        let lanes = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
        unsafe bytes.storeBytes(of: function(lanes), toByteOffset: offset, as: Lanes.self)
      }
    }
    for index in whole..<places.upperBound {
      values[index] = function(Lanes(repeating: values[index]))[0]
    }
  }

  /// The exponentials of numbers within ±700, and of ±700 beyond.
  @inline(__always)
  static func exponential(_ x: Lanes) -> Lanes {
    var x = x.replacing(with: 700, where: x .> 700)
    x.replace(with: -700, where: x .< -700)
    // x = n log 2 + r with |r| <= log 2 / 2; adding 1.5·2^52 rounds to the nearest whole number, which
    // is then in the low bits.
    let shifted = x * 1.4426950408889634 + 0x1.8p52
    let n = shifted - 0x1.8p52
    let r = (x - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10
    var sum = Lanes(repeating: 1 / 6_227_020_800)
    sum = sum * r + 1 / 479_001_600
    sum = sum * r + 1 / 39_916_800
    sum = sum * r + 1 / 3_628_800
    sum = sum * r + 1 / 362_880
    sum = sum * r + 1 / 40_320
    sum = sum * r + 1 / 5040
    sum = sum * r + 1 / 720
    sum = sum * r + 1 / 120
    sum = sum * r + 1 / 24
    sum = sum * r + 1 / 6
    sum = sum * r + 0.5
    let result = 1 + (r + r * r * sum)
    let exponent = unsafe unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &<< 52
    return unsafe unsafeBitCast(
      unsafeBitCast(result, to: SIMD4<UInt64>.self) &+ exponent, to: Lanes.self)
  }

  /// The natural logarithms of positive, normal numbers.
  @inline(__always)
  static func logarithm(_ x: Lanes) -> Lanes {
    // x = 2^k (1 + f) with 1 + f in [√½, √2); the exponent becomes a number in the bits of 2^52.
    let rootHalf: UInt64 = 0x3FE6_A09E_0000_0000
    let offset =
      unsafe unsafeBitCast(x, to: SIMD4<UInt64>.self) &+ (0x3FF0_0000_0000_0000 &- rootHalf)
    let k =
      unsafe unsafeBitCast(
        offset &>> 52 | SIMD4(repeating: 0x4330_0000_0000_0000), to: Lanes.self)
      - (0x1p52 + 1023)
    let fraction = offset & SIMD4(repeating: 0x000F_FFFF_FFFF_FFFF)
    let f = unsafe unsafeBitCast(fraction &+ rootHalf, to: Lanes.self) - 1
    let s = f / (2 + f)
    let z = s * s
    let w = z * z
    var even = Lanes(repeating: 0.15313837699209373)
    even = even * w + 0.22222198432149784
    even = even * w + 0.3999999999940942
    var odd = Lanes(repeating: 0.14798198605116586)
    odd = odd * w + 0.1818357216161805
    odd = odd * w + 0.2857142874366239
    odd = odd * w + 0.6666666666666735
    let halfSquare = 0.5 * f * f
    let correction = s * (halfSquare + (w * even + z * odd)) + k * 1.90821492927058770002e-10
    return k * 6.93147180369123816490e-01 - ((halfSquare - correction) - f)
  }
}
