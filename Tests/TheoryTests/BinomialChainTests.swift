import Foundation
import Testing
import Theory

@Suite("The Wright-Fisher chain")
struct BinomialChainTests {
  private func mean(_ chain: BinomialChain) -> Double {
    chain.distribution.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
  }

  @Test("It keeps the mean share and loses the spread of two by 1 − 1/n a generation")
  func moments() {
    let start = BinomialChain(sampleCount: 40, copies: 12)
    let later = start.advanced(by: 7)
    #expect(abs(later.distribution.reduce(0, +) - 1) < 1e-12)
    #expect(abs(mean(later) - 12) < 1e-10)
    let spread = later.distribution.enumerated().reduce(0.0) {
      $0 + Double($1.offset) / 40 * (1 - Double($1.offset) / 40) * $1.element
    }
    #expect(abs(spread - 0.3 * 0.7 * pow(1 - 1.0 / 40, 7)) < 1e-12)
  }

  @Test("Its survival is the Poisson form to a percent or two, which is low")
  func survival() {
    // K = 20 modes, n = 400, t = 25: 1.2 % low.
    let chain = BinomialChain(sampleCount: 400, probability: 0.05).advanced(by: 24)
    let poisson = modeSurvival(expectedCount: 20, generations: 25)
    #expect(abs(poisson / chain.survival - (1 - 0.012)) < 0.002)
  }

  @Test("Absorption takes −2n ((1 − p) ln(1 − p) + p ln p) generations, less 3 % for 50 samples")
  func absorption() {
    let chain = BinomialChain(sampleCount: 50, copies: 25)
    let diffusion = -100 * log(0.5)
    #expect(abs(diffusion / chain.expectedAbsorptionTime - 1.03) < 0.005)
  }

  @Test("Samples of one original after the first generation: 1 − (1 − 1/n)ⁿ")
  func originals() {
    let survival = BinomialChain(sampleCount: 30, copies: 1).advanced(by: 1).survival
    #expect(abs(30 * survival - expectedDistinctOriginals(30, generations: 1)[1]) < 1e-10)
  }

  @Test("Ancestors counted backwards and originals counted forwards meet", arguments: [2, 5, 12])
  func ancestors(n: Int) {
    // P(all from one original by t) = n P(one given original has taken over by t).
    var chain = BinomialChain(sampleCount: n, copies: 1)
    var time = 0.0
    while true {
      let open = 1 - Double(n) * chain.fixation
      guard open > 1e-12 else { break }
      time += open
      chain.advance()
    }
    #expect(abs(expectedTimeToCommonAncestor(sampleCount: n) - time) < 1e-8)
  }

  @Test("It takes about 2n (1 − 1/n) generations until one original is left")
  func commonAncestor() {
    #expect(expectedTimeToCommonAncestor(sampleCount: 1) == 0)
    #expect(abs(expectedTimeToCommonAncestor(sampleCount: 2) - 2) < 1e-12)
    #expect(abs(expectedTimeToCommonAncestor(sampleCount: 200) / (2 * 199) - 1) < 0.01)
  }
}
