import Foundation
import Testing
import Theory

/// The sizes of generations that train on the same numbers after the first.
private func steady(
  _ fits: Int, first: Int, real: Int, synthetic: Int, fresh: Bool = false
) -> [GenerationSizes] {
  [GenerationSizes(real: first, synthetic: 0)]
    + (1..<max(fits, 1)).map { _ in
      GenerationSizes(real: real, synthetic: synthetic, fresh: fresh)
    }
}

private func accumulating(_ fits: Int, _ n: Int, subsample: Int? = nil) -> [GenerationSizes] {
  (0..<fits).map { GenerationSizes(real: n, synthetic: $0 * n, subsample: subsample) }
}

@Suite("Conservation of variance in the loop")
struct EffectiveSampleSizeTests {
  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    abs(a - b) <= tolerance * max(abs(a), abs(b))
  }

  @Test("Replace keeps (1 − 1/n)^t of the variance (A1, A2)", arguments: [2, 20, 1000])
  func replace(n: Int) {
    let shares = expectedVarianceShare(.replace, steady(40, first: n, real: 0, synthetic: n))
    for (generation, share) in shares.enumerated() {
      #expect(isClose(share, pow(1 - 1 / Double(n), Double(generation + 1))))
    }
    let sizes = effectiveSampleSizes(.replace, steady(40, first: n, real: 0, synthetic: n))
    for (generation, size) in sizes.enumerated() {
      #expect(isClose(size, Double(n) / Double(generation + 1)))
    }
  }

  @Test("Replace with other sizes in every generation multiplies their factors")
  func replaceUnequal() {
    let counts = [100, 10, 40, 7]
    let sizes =
      [GenerationSizes(real: 100, synthetic: 0)]
      + counts.dropFirst().map { GenerationSizes(real: 0, synthetic: $0) }
    let expected = counts.reduce(1.0) { $0 * (1 - 1 / Double($1)) }
    #expect(isClose(expectedVarianceShare(.replace, sizes)[3], expected))
    #expect(
      isClose(
        1 / effectiveSampleSize(.replace, sizes), counts.reduce(0.0) { $0 + 1 / Double($1) }))
  }

  @Test("Accumulate keeps Π (1 − 1/(n s²)) and ends at sinc (C1, C2)", arguments: [5, 50])
  func accumulate(n: Int) {
    let shares = expectedVarianceShare(.accumulate, accumulating(2000, n))
    var product = 1.0
    for (generation, share) in shares.enumerated() {
      let s = Double(generation + 1)
      product *= 1 - 1 / (Double(n) * s * s)
      #expect(isClose(share, product, 1e-10))
    }
    let limit = sin(.pi / Double(n).squareRoot()) / (.pi / Double(n).squareRoot())
    #expect(abs(shares[1999] - limit) < 1e-3)
    let size = effectiveSampleSize(.accumulate, accumulating(5000, n)) / Double(n)
    #expect(abs(size - 6 / (.pi * .pi)) < 2e-4)
  }

  @Test("Accumulate-subsample follows the recursion of C3", arguments: [10, 100])
  func accumulateSubsample(n: Int) {
    let shares = expectedVarianceShare(
      .accumulateSubsample, accumulating(300, n, subsample: n))
    let size = Double(n)
    var pool = 1 - 1 / size
    for (generation, share) in shares.enumerated() {
      let t = Double(generation + 1)
      let total = t * size
      #expect(isClose(share, pool * total / (total - 1) * (1 - 1 / size), 1e-10))
      let c = ((total - size) + total * (1 - 1 / size)) / (size * (total - 1))
      pool *= 1 - c / ((t + 1) * (t + 1))
    }
  }

  @Test("The error of accumulate-subsample without replacement ends at (π²/2 − 2)/n")
  func accumulateSubsampleLimit() {
    let n = 10_000
    let size = effectiveSampleSize(
      .accumulateSubsample, accumulating(3000, n, subsample: n))
    #expect(abs(Double(n) / size - (.pi * .pi / 2 - 2)) < 2e-3)
  }

  @Test("Fresh data ends at 1/D with D = N(1 − q²) + q, whatever the start (D1, D2)")
  func freshData() {
    for (real, synthetic) in [(50, 50), (10, 90), (90, 10)] {
      let total = Double(real + synthetic)
      let q = Double(synthetic) / total
      for first in [5, 1000] {
        let sizes = steady(400, first: first, real: real, synthetic: synthetic, fresh: true)
        let drift = expectedMeanDrift(.freshData, sizes)[399]
        #expect(isClose(drift, 1 / (total * (1 - q * q) + q), 1e-9))
        #expect(isClose(effectiveSampleSize(.freshData, sizes), Double(real) * (1 + q), 1e-9))
      }
    }
  }

  @Test("Fixed real data ends at D3, also if the first fit had more of it")
  func syntheticAugmentation() {
    for (real, synthetic) in [(50, 50), (10, 90), (90, 10)] {
      let total = Double(real + synthetic)
      let q = Double(synthetic) / total
      let a = q / (Double(real) * (1 + q))
      for first in [real, real + synthetic] {
        let sizes = steady(400, first: first, real: real, synthetic: synthetic)
        let share = expectedVarianceShare(.syntheticAugmentation, sizes)[399]
        #expect(isClose(share, (1 - 1 / Double(real)) / (1 + a), 1e-9))
        #expect(
          isClose(
            effectiveSampleSize(.syntheticAugmentation, sizes),
            Double(real) * (1 + q) / (1 + 2 * q), 1e-9))
      }
    }
  }

  @Test("Fits on real data alone have the effective size of their data")
  func realData() {
    for kind in [StrategyKind.realOnly, .refit] {
      let sizes = steady(5, first: 30, real: 30, synthetic: 0, fresh: kind == .realOnly)
      #expect(effectiveSampleSizes(kind, sizes).allSatisfy { isClose($0, 30) })
      #expect(expectedVarianceShare(kind, sizes).allSatisfy { isClose($0, 1 - 1.0 / 30) })
    }
  }

  @Test("At equal sizes the strategies are ordered as the theory's table orders them")
  func order() {
    let n = 500
    let sizes: [(StrategyKind, [GenerationSizes])] = [
      (.freshData, steady(100, first: n, real: n, synthetic: n, fresh: true)),
      (.realOnly, steady(100, first: n, real: n, synthetic: 0, fresh: true)),
      (.syntheticAugmentation, steady(100, first: n, real: n, synthetic: n)),
      (.accumulate, accumulating(100, n)),
      (.accumulateSubsample, accumulating(100, n, subsample: n)),
      (.replace, steady(100, first: n, real: 0, synthetic: n)),
    ]
    let relative = sizes.map { effectiveSampleSize($0.0, $0.1) / Double(n) }
    for (value, expected) in zip(relative, [1.5, 1, 0.75, 0.608, 0.341, 0.01]) {
      #expect(abs(value - expected) < 0.005)
    }
  }
}
