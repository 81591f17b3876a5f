import Recursion

/// What samples cost, real and synthetic ones: `real=1.0,synthetic=0.05`.
public struct SamplePrice: Equatable, Sendable {
  /// The price of a real sample.
  public let real: Double

  /// The price of a synthetic sample.
  public let synthetic: Double

  /// Reads prices; what is not named costs nothing.
  ///
  /// - Throws: ``ThresholdError/badPrice(_:reason:)``.
  public init(_ text: String) throws(ThresholdError) {
    let names = ["real", "synthetic"]
    var prices: [String: Double] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map(String.init)
      guard sides.count == 2 else {
        throw .badPrice(text, reason: "write it as real=1.0,synthetic=0.05.")
      }
      guard names.contains(sides[0]) else {
        throw .badPrice(
          text,
          reason: "\"\(sides[0])\" has no price; real and synthetic samples have one."
            + NearestName.question(sides[0], among: names))
      }
      guard prices[sides[0]] == nil else {
        throw .badPrice(text, reason: "\(sides[0]) stands twice. Keep one of them.")
      }
      guard let price = PlainNumber.read(sides[1]), price >= 0 else {
        throw .badPrice(text, reason: "a price is a number of 0 or more, such as 0.05.")
      }
      prices[sides[0]] = price
    }
    real = prices["real"] ?? 0
    synthetic = prices["synthetic"] ?? 0
    guard real + synthetic > 0 else {
      throw .badPrice(text, reason: "if all samples are free, the best is to take more of them.")
    }
  }

  /// The cost of so many samples.
  public func cost(real: Double, synthetic: Double) -> Double {
    real * self.real + synthetic * self.synthetic
  }
}
