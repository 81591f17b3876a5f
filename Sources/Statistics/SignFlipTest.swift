import Foundation
import Randomness

/// A permutation test of paired differences: if both members of each pair follow one law, every difference
/// is as likely with the other sign.
///
/// The p-value is the share of all ways to choose signs whose mean is as far from 0 as the one that was
/// seen, or farther. It needs no law of the differences. With `n` pairs it cannot be below `2 / 2ⁿ`.
///
/// - Note: Fisher, The Design of Experiments (1935), section 21.
public struct SignFlipTest: Equatable, Sendable {
  /// The p-value, two-sided.
  public let pValue: Double

  /// The smallest p-value that so many pairs can give.
  public let smallest: Double

  /// The most pairs of which every choice of signs is looked at; of more, a random selection.
  public static let mostExact = 16

  /// The random choices of signs beyond.
  static let samples = 1 << 16

  /// The smallest p-value that so many pairs can give.
  ///
  /// Beyond ``mostExact`` pairs it falls no further: more of them need no smaller one unless thousands of
  /// differences are judged together.
  public static func smallest(pairs count: Int) -> Double {
    count > mostExact ? 1 / Double(samples + 1) : 2 / exp2(Double(count))
  }

  /// Tests differences, at least one.
  public init(_ differences: [Double], seed: UInt64 = 1) {
    precondition(!differences.isEmpty, "no differences to test")
    let count = differences.count
    smallest = Self.smallest(pairs: count)
    let seen = abs(differences.reduce(0, +))
    // Sums in another order differ in their last digits.
    let least = seen - 1e-9 * differences.reduce(0) { $0 + abs($1) }
    guard count > Self.mostExact else {
      var extreme = 0
      for signs in 0..<1 << count {
        var sum = 0.0
        for (index, difference) in differences.enumerated() {
          sum += signs >> index & 1 == 0 ? difference : -difference
        }
        if abs(sum) >= least { extreme += 1 }
      }
      pValue = Double(extreme) / exp2(Double(count))
      return
    }
    var stream = RandomStream(seed: seed, purpose: "sign-flip", sample: count)
    var extreme = 0
    for _ in 0..<Self.samples {
      var sum = 0.0
      var (word, left) = (UInt64(0), 0)
      for difference in differences {
        if left == 0 { (word, left) = (stream.next(), 64) }
        sum += word & 1 == 0 ? difference : -difference
        word >>= 1
        left -= 1
      }
      if abs(sum) >= least { extreme += 1 }
    }
    // What was seen is one of the choices.
    pValue = Double(extreme + 1) / Double(Self.samples + 1)
  }
}
