/// A whole number of up to 511 bits and a sign, for values of definitions without rounding.
struct ExactInteger {
  /// Two's complement, the lowest 32 bits first.
  private var limbs: [UInt32]

  private static let limbCount = 16

  init(_ value: Int) {
    let low = UInt64(bitPattern: Int64(value))
    let sign: UInt32 = value < 0 ? .max : 0
    limbs = [UInt32](repeating: sign, count: Self.limbCount)
    limbs[0] = UInt32(truncatingIfNeeded: low)
    limbs[1] = UInt32(truncatingIfNeeded: low >> 32)
  }

  static func + (first: ExactInteger, second: ExactInteger) -> ExactInteger {
    var (sum, carry) = (first, UInt64(0))
    for index in 0..<limbCount {
      carry += UInt64(first.limbs[index]) + UInt64(second.limbs[index])
      sum.limbs[index] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    return sum
  }

  static func += (first: inout ExactInteger, second: ExactInteger) { first = first + second }

  static prefix func - (number: ExactInteger) -> ExactInteger {
    var complement = number
    for index in 0..<limbCount { complement.limbs[index] = ~number.limbs[index] }
    return complement + ExactInteger(1)
  }

  static func * (first: ExactInteger, second: ExactInteger) -> ExactInteger {
    var product = ExactInteger(0)
    for (place, limb) in first.limbs.enumerated() where limb != 0 {
      var carry: UInt64 = 0
      for index in 0..<limbCount - place {
        carry += UInt64(limb) * UInt64(second.limbs[index])
        carry += UInt64(product.limbs[place + index])
        product.limbs[place + index] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
    }
    return product
  }

  /// The same number to sixteen digits.
  var value: Double {
    guard (limbs.last ?? 0) >> 31 == 0 else { return -(-self).value }
    return limbs.reversed().reduce(0) { $0 * 0x1p32 + Double($1) }
  }
}
