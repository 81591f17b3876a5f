import Randomness

/// Where within a whole level the continuous level `t = v + u` lies, `u` in (0, 1).
public enum Dequantisation: Equatable, Sendable {
  /// In the middle, `u = 1/2`: for pictures that only make the round trip.
  case centre

  /// Uniformly at random, fixed for a sample of a generation: for fits and likelihoods.
  ///
  /// Sample `i` of a set takes its numbers from the stream (`seed`, `dequantise`, `generation`,
  /// `firstSample + i`), whichever range of the set is asked for.
  case noise(seed: UInt64, generation: Int, firstSample: Int)

  /// Adds the offsets of one sample to its whole levels.
  func add(to levels: inout [Double], sample: Int) {
    switch self {
    case .centre:
      for index in levels.indices { levels[index] += 0.5 }
    case .noise(let seed, let generation, let firstSample):
      var stream = RandomStream(
        seed: seed, purpose: "dequantise", generation: generation, sample: firstSample + sample)
      // 32 bits each: a level and its offset together then fit a double exactly.
      let words = stream.words((levels.count + 1) / 2)
      for index in levels.indices {
        let half = UInt32(truncatingIfNeeded: words[index / 2] >> (32 * UInt64(index % 2)))
        levels[index] += (Double(half) + 0.5) * 0x1p-32
      }
    }
  }
}
