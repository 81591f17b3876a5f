import Foundation

/// The number of copies of one category among `n` samples, generation by generation, where each
/// generation is drawn with replacement from the one before: the Wright-Fisher chain, exact.
///
/// - Note: Ewens, Mathematical Population Genetics (2004), section 3.2.
public struct BinomialChain: Sendable {
  /// The samples of a generation, `n`.
  public let sampleCount: Int

  /// The probabilities of the numbers `0 ... n` of copies in the current generation.
  public private(set) var distribution: [Double]

  /// The chain after the first `n` samples of a law in which the category has a probability.
  public init(sampleCount n: Int, probability: Double) {
    sampleCount = n
    distribution = Self.binomial(n, probability)
  }

  /// The chain from a number of copies in the first generation.
  public init(sampleCount n: Int, copies: Int) {
    sampleCount = n
    distribution = (0...n).map { $0 == copies ? 1 : 0 }
  }

  /// Goes on to the next generation.
  public mutating func advance() {
    var next = [Double](repeating: 0, count: sampleCount + 1)
    for (copies, probability) in distribution.enumerated() where probability > 0 {
      let row = Self.binomial(sampleCount, Double(copies) / Double(sampleCount))
      for (index, entry) in row.enumerated() { next[index] += probability * entry }
    }
    distribution = next
  }

  /// The chain some generations later.
  public func advanced(by generations: Int) -> BinomialChain {
    var chain = self
    for _ in 0..<generations { chain.advance() }
    return chain
  }

  /// The probability that the category is still there (E2).
  public var survival: Double { 1 - distribution[0] }

  /// The probability that nothing else is left (E3).
  public var fixation: Double { distribution[sampleCount] }

  /// The expected number of further generations until the category is all or nothing (E3).
  ///
  /// About `−2n ((1 − p) ln(1 − p) + p ln p)`, which is 3 % high for 50 samples.
  public var expectedAbsorptionTime: Double {
    var chain = self
    var time = 0.0
    while true {
      let open = chain.survival - chain.fixation
      guard open > 1e-12 else { return time }
      time += open
      chain.advance()
    }
  }

  /// The probabilities of `0 ... n` successes.
  private static func binomial(_ n: Int, _ p: Double) -> [Double] {
    guard p > 0 else { return (0...n).map { $0 == 0 ? 1 : 0 } }
    guard p < 1 else { return (0...n).map { $0 == n ? 1 : 0 } }
    // Pascal's triangle by its logarithms: from each number of successes to the next.
    let odds = log(p) - log1p(-p)
    var logarithm = Double(n) * log1p(-p)
    var probabilities = [exp(logarithm)]
    for k in 1...n {
      logarithm += odds + log(Double(n - k + 1) / Double(k))
      probabilities.append(exp(logarithm))
    }
    return probabilities
  }
}
