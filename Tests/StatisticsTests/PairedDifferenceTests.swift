import Foundation
import Randomness
import Testing

@testable import Statistics

@Suite("Paired differences")
struct PairedDifferenceTests {
  @Test("The test of Darwin's maize gives Fisher's p-value")
  func darwin() throws {
    // Fisher 1935, section 21: of 32 768 ways to choose signs, 1 726 give a sum as far from 0 as 314.
    let maize = [49.0, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    let test = SignFlipTest(maize)
    #expect(abs(test.pValue - 1726 / 32768.0) < 1e-12)
    #expect(test.smallest == 2 / 32768.0)
  }

  @Test("Five pairs can never be significant at 5 %, six can")
  func few() {
    #expect(SignFlipTest([1, 2, 3, 4, 5]).pValue == 2 / 32.0)
    #expect(SignFlipTest([1, 2, 3, 4, 5, 6]).pValue == 2 / 64.0)
    #expect(SignFlipTest([7]).pValue == 1)
    #expect(SignFlipTest([0, 0, 0]).pValue == 1)
  }

  @Test("A random selection of signs agrees with what all of them would give")
  func selection() {
    // Twenty equal differences: the tails of a binomial law.
    let differences = (0..<20).map { $0 < 14 ? 1.0 : -1.0 }
    let tail = (14...20).reduce(0.0) { sum, k in
      sum + exp(lgamma(21) - lgamma(Double(k) + 1) - lgamma(Double(21 - k)))
    }
    let exact = 2 * tail / exp2(20)
    let test = SignFlipTest(differences)
    let error = (exact * (1 - exact) / Double(SignFlipTest.samples)).squareRoot()
    #expect(abs(test.pValue - exact) < 4 * error)
  }

  @Test("Under no difference the test fires as often as it says")
  func level() {
    let fired = (0..<2000).count { trial in
      var stream = RandomStream(seed: 3, purpose: "test/level", sample: trial)
      return SignFlipTest((0..<8).map { _ in stream.normal() }).pValue <= 0.05
    }
    // Of 128 pairs of signs the 6 largest sums are at or below 0.05.
    let expected = 2000 * 6 / 128.0
    #expect(abs(Double(fired) - expected) < 4 * expected.squareRoot())
  }

  @Test("Differences on the logarithmic scale are ratios, and the effect is free of units")
  func scale() throws {
    let pairs = [(2.0, 1.0), (6, 2), (4, 2)]
    let ratio = try #require(PairedDifference(pairs, scale: .logarithmic))
    #expect(abs(ratio.mean - cbrt(12)) < 1e-12)
    let scaled = try #require(
      PairedDifference(pairs.map { (10 * $0.0, 10 * $0.1) }, scale: .plain))
    let plain = try #require(PairedDifference(pairs))
    #expect(abs(scaled.mean - 10 * plain.mean) < 1e-12)
    #expect(abs((scaled.effectSize ?? 0) - (plain.effectSize ?? 1)) < 1e-12)
    #expect(plain.below == 0)
    #expect(PairedDifference([(1, -1)], scale: .logarithmic) == nil)
    #expect(PairedDifference([(3, 1), (4, 2), (5, 3)])?.effectSize == nil)
    // With one degree of freedom the correction takes everything away.
    #expect(PairedDifference([(9, 1), (9, 2)])?.effectSize == nil)
  }

  @Test("Hedges' g is the mean over the deviation, less the bias of few pairs")
  func effect() throws {
    let difference = try #require(
      PairedDifference([(1.2, 0), (2.4, 0), (1.3, 0), (1.3, 0), (0, 0), (1, 0)]))
    let values = [1.2, 2.4, 1.3, 1.3, 0, 1]
    let expected = (1 - 3 / 19.0) * values.mean / values.deviation
    #expect(abs((difference.effectSize ?? 0) - expected) < 1e-12)
  }
}

@Suite("Differences with nothing")
struct DifferencesWithNothingTests {
  @Test("A ratio to nothing has no size, but a side: signed ranks are judged")
  func ranks() throws {
    // Wilcoxon's statistic: of 64 choices of signs the two extreme ones alone are as far from 0.
    let lost = try #require(
      PairedDifference([(1, 0), (2, 1), (4, 1), (8, 1), (3, 1), (5, 1)], scale: .logarithmic))
    #expect(lost.test.pValue == 2 / 64.0)
    #expect(lost.isFirstLower == false)
    #expect(lost.mean == .infinity && lost.interval == nil && lost.effectSize == nil)
    // The signed ranks are −5.5, 5.5, 1, 2, 3 and 4.
    let mixed = try #require(
      PairedDifference([(0, 1), (1, 0), (2, 1), (4, 1), (8, 1), (16, 1)], scale: .logarithmic))
    #expect(mixed.tested == [-5.5, 5.5, 1, 2, 3, 4])
    #expect(mixed.mean.isNaN && mixed.below == 1)
    // Nothing and nothing are equal.
    let equal = try #require(PairedDifference([(0, 0), (1, 2)], scale: .logarithmic))
    #expect(equal.differences[0] == 0 && equal.isFirstLower == true)
  }
}

@Suite("Concordance of rankings")
struct ConcordanceTests {
  @Test("Equal rankings agree, opposite ones do not, and ties share their places")
  func extremes() throws {
    #expect(concordance([[1, 2, 3], [10, 20, 30]]) == 1)
    #expect(concordance([[1, 2, 3], [3, 2, 1]]) == 0)
    #expect(midranks([5, 1, 5, 9]) == [2.5, 1, 2.5, 4])
    #expect(concordance([[1, 2]]) == nil)
    #expect(concordance([[1, 1], [2, 2]]) == nil)
    // Three judges, four things; R: irr::kendall gives 0.7778.
    let w = try #require(concordance([[1, 2, 3, 4], [2, 1, 3, 4], [1, 3, 2, 4]]))
    #expect(abs(w - 0.7777778) < 1e-6)
  }
}
