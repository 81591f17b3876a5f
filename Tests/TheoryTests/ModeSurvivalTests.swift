import Foundation
import Randomness
import Testing
import Theory

@Suite("Survival of modes")
struct ModeSurvivalTests {
  @Test("The constants are those of the table (E2)")
  func table() {
    let constants = survivalConstants(100)
    for (k, g) in [
      (1, 1), (2, 0.632), (5, 0.312), (10, 0.172), (20, 0.0916), (50, 0.0384), (100, 0.0195),
    ] {
      #expect(abs(constants[k - 1] / g - 1) < 0.003, "g_\(k)")
    }
    #expect(survivalConstants(0).isEmpty)
    #expect(modeSurvival(expectedCount: 3, generations: 0) == 1)
  }

  @Test("A category lives as long in a simulated loop as the formula says")
  func simulatedCategories() {
    let (n, expectedCount, generations, chains) = (400, 6.0, 8, 2000)
    var alive = Array(repeating: 0, count: generations)
    for chain in 0..<chains {
      var stream = RandomStream(seed: 13, purpose: "test", sample: chain)
      var share = expectedCount / Double(n)
      for generation in 0..<generations {
        var count = 0
        for _ in 0..<n where stream.uniform() < share { count += 1 }
        share = Double(count) / Double(n)
        if count > 0 { alive[generation] += 1 }
      }
    }
    for generation in 0..<generations {
      let p = modeSurvival(expectedCount: expectedCount, generations: generation + 1)
      let frequency = Double(alive[generation]) / Double(chains)
      // The formula is for Poisson counts, a little off for multinomial ones.
      #expect(abs(frequency - p) < 4 * (p * (1 - p) / Double(chains)).squareRoot() + 0.005)
    }
  }

  @Test("A bootstrap of itself keeps 0.632 n originals, then about 2n/t (E4)")
  func distinctOriginals() {
    let n = 200
    let expected = expectedDistinctOriginals(n, generations: 40)
    #expect(expected[0] == 200)
    #expect(abs(expected[1] - 200 * (1 - pow(1 - 1 / 200.0, 200))) < 1e-9)
    #expect(abs(expected[40] / 200 - survivalConstants(41)[40]) < 0.005)
    let chains = 200
    var totals = Array(repeating: 0.0, count: 41)
    for chain in 0..<chains {
      var stream = RandomStream(seed: 14, purpose: "test", sample: chain)
      var originals = Array(0..<n)
      for generation in 0...40 {
        totals[generation] += Double(Set(originals).count)
        originals = (0..<n).map { _ in originals[stream.integer(below: n)] }
      }
    }
    for generation in 0...40 {
      #expect(abs(totals[generation] / Double(chains) / expected[generation] - 1) < 0.05)
    }
    #expect(expectedDistinctOriginals(1, generations: 2) == [1, 1, 1])
  }
}
