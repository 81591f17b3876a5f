import Randomness
import Testing

@testable import Recursion

@Suite("Curation")
struct CurationTests {
  private func kept(
    _ scores: [Double], _ rule: Curation.Rule, noise: Double = 0, seed: UInt64 = 1
  ) -> [Int] {
    var stream = RandomStream(seed: seed, purpose: "filter")
    return Curation(.brightness, rule, noise: noise).kept(scores, using: &stream)
  }

  @Test("The best share is kept in its order, and of equal scores the first")
  func top() {
    #expect(kept([3, 1, 2, 5], .top(share: 0.5)) == [0, 3])
    #expect(kept([1, 1, 1, 1], .top(share: 0.5)) == [0, 1])
    #expect(kept([1, 2, 3], .top(share: 1)) == [0, 1, 2])
  }

  @Test("Of every k the best is kept; an incomplete group is not")
  func best() {
    #expect(kept([1, 2, 5, 4, 9], .best(of: 2)) == [1, 2])
    #expect(kept([1, 2, 3, 3, 2, 1], .best(of: 3)) == [2, 3])
  }

  @Test("Odds are the exponentials of the strength times the score")
  func odds() {
    let pairs = Array(repeating: [0.0, 1.0], count: 20_000).flatMap { $0 }
    let chosen = kept(pairs, .odds(of: 2, strength: 0.7))
    let share = Double(chosen.count { $0 % 2 == 1 }) / 20_000
    // 1 / (1 + e^-0.7), with a standard error of 0.0034.
    #expect(abs(share - 0.6682) < 4 * 0.0034)
  }

  @Test("A verifier that errs by far more than its scores differ keeps half of the better half")
  func noise() {
    let scores = (0..<10_000).map { Double($0) }
    let exact = kept(scores, .top(share: 0.5))
    #expect(exact.allSatisfy { $0 >= 5000 })
    let blind = kept(scores, .top(share: 0.5), noise: 1000)
    #expect(abs(Double(blind.count { $0 >= 5000 }) / 5000 - 0.5) < 0.03)
    #expect(blind != kept(scores, .top(share: 0.5), noise: 1000, seed: 2))
  }

  @Test(
    "As many candidates are asked for as leave what is wanted",
    arguments: [
      SampleFilter.curate(Curation(.likelihood, .top(share: 0.3))),
      .curate(Curation(.likelihood, .top(share: 0.1))),
      .curate(Curation(.likelihood, .best(of: 3))),
      .curate(Curation(.likelihood, .odds(of: 7, strength: 2))), .correct(strength: 1, clusters: 2),
    ])
  func candidates(filter: SampleFilter) {
    for count in 1...200 { #expect(filter.kept(of: filter.candidates(for: count)) == count) }
  }
}
