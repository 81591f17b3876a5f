import Randomness
public import Samples

/// Real samples beside generation 0's training set.
public enum FreshSupply: Sendable {
  /// Samples of a finite set that nothing has trained on yet, in random order; with `reusing` they
  /// are drawn again and again, each generation in a new order.
  case finite(SampleSet, reusing: Bool, seed: UInt64)

  /// A law that never runs out, from a number on.
  case endless(any SampleSource, from: Int)

  /// How many samples there are before the first is used twice; `nil` if they never end.
  public var available: Int? {
    switch self {
    case .finite(_, let reusing, _) where reusing: nil
    case .finite(let samples, _, _): samples.count
    case .endless: nil
    }
  }

  /// Returns the fresh samples with these numbers for a generation.
  func samples(_ range: Range<Int>, generation: Int) -> SampleSet {
    switch self {
    case .endless(let source, let first):
      return source.keptSamples(first + range.lowerBound..<first + range.upperBound)
    case .finite(let samples, let reusing, let seed):
      guard reusing else { return samples.selecting(Array(range)) }
      var stream = RandomStream(seed: seed, purpose: "reuse-real", generation: generation)
      var rows: [Int] = []
      // More than there are: whole permutations one after the other, so that use stays even.
      while rows.count < range.count {
        rows += stream.permutation(samples.count).prefix(range.count - rows.count)
      }
      return samples.selecting(rows)
    }
  }
}
