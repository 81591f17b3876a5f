import Foundation
import Testing
import Theory

@Suite("Real data in the loop")
struct SteadyStateTests {
  @Test("The steady states are those of the recursions after many fits")
  func recursions() {
    let sizes = { (fresh: Bool) in
      [GenerationSizes(real: 20, synthetic: 0)]
        + (0..<300).map { _ in GenerationSizes(real: 5, synthetic: 15, fresh: fresh) }
    }
    let fresh = SteadyState.freshData(real: 5, synthetic: 15)
    #expect(abs(expectedVarianceShare(.freshData, sizes(true))[300] - fresh.variance) < 1e-12)
    let fixed = SteadyState.reservoir(5, real: 5, synthetic: 15)
    #expect(
      abs(expectedVarianceShare(.syntheticAugmentation, sizes(false))[300] - fixed.variance)
        < 1e-12)
    #expect(abs(fixed.variance - 0.8 / (1 + 0.75 / (5 * 1.75))) < 1e-12)
  }

  @Test("A large reservoir is an endless supply")
  func largeReservoir() {
    let large = SteadyState.reservoir(100_000_000, real: 5, synthetic: 15)
    #expect(abs(large.variance - SteadyState.freshData(real: 5, synthetic: 15).variance) < 1e-6)
  }

  @Test("The anchoring share solves 1/D = ε, and is about (1 − ε)/(2nε)")
  func anchoring() {
    for (n, loss, share) in [(1000, 0.05, 0.0096), (10_000, 0.01, 0.0050)] {
      let p = anchoringShare(loss: loss, total: n)
      #expect(abs(p - share) < 5e-5)
      let q = 1 - p
      #expect(abs(1 / (Double(n) * (1 - q * q) + q) - loss) < 1e-12)
    }
  }

  @Test("The golden weight is the best, and its error is the weight itself")
  func golden() {
    for (real, synthetic) in [(1, 1), (1, 3), (5, 2)] {
      let best = goldenWeight(real: real, synthetic: synthetic)
      let k = Double(real) / Double(synthetic)
      let error = weightedMeanError(weight: best, real: real, synthetic: synthetic)
      #expect(abs(error - best) < 1e-12)
      for other in [best - 0.01, best + 0.01] {
        #expect(weightedMeanError(weight: other, real: real, synthetic: synthetic) > error)
      }
      let naive = weightedMeanError(weight: k / (1 + k), real: real, synthetic: synthetic)
      #expect(abs(naive - (1 + k) / (2 + k)) < 1e-12)
    }
  }

  @Test("A systematic error comes to rest at b q/(1 − q), and grows by b a draw without real data")
  func shift() {
    #expect(abs(accumulatedShift(0.3, syntheticShare: 0.75, fits: 200) - 0.9) < 1e-12)
    #expect(abs(accumulatedShift(0.3, syntheticShare: 1, fits: 5) - 1.2) < 1e-12)
    #expect(accumulatedShift(0.3, syntheticShare: 0.5, fits: 1) == 0)
  }

  @Test("A window of one generation is replace, one of all is accumulate")
  func windows() {
    let replace: Double = pow(0.95, 9)
    #expect(abs(windowedVarianceShare(window: 1, sampleCount: 20, fits: 9) - replace) < 1e-12)
    let sizes = (0..<9).map { GenerationSizes(real: 20, synthetic: 20 * $0) }
    let accumulate = expectedVarianceShare(.accumulate, sizes)[8]
    #expect(abs(windowedVarianceShare(window: 9, sampleCount: 20, fits: 9) - accumulate) < 1e-12)
  }

  @Test("A window of W slows the collapse by ((W + 1)/2)²", arguments: [2, 3, 5])
  func windowSlope(window: Int) {
    let n = 2000
    let shares = [60, 61].map { windowedVarianceShare(window: window, sampleCount: n, fits: $0) }
    let slope = -log(shares[1] / shares[0]) * Double(n)
    #expect(abs(slope / pow(2 / Double(window + 1), 2) - 1) < 0.01)
  }
}
