import Foundation
import Randomness
import Testing

@testable import Theory

@Suite("Predictions with their spread")
struct PredictedValueTests {
  private func replace(_ fits: Int, _ n: Int) -> [GenerationPlan] {
    (0..<fits).map { generation in
      GenerationPlan(
        [PlannedPart([generation == 0 ? .original(n) : .generation(generation - 1)])], drawn: n)
    }
  }

  @Test("The variance of the Fréchet distance is that of A8 in one dimension")
  func frechetVariance() {
    #expect(abs(frechetVarianceConstant(spectrum: [2]) - 2.5 * 4) < 1e-12)
    // Two equal axes: mean and variance of each, and one pair of weight 1/2.
    #expect(abs(frechetVarianceConstant(spectrum: [1, 1]) - (2 * 2.5 + 2 * 0.25)) < 1e-12)
  }

  @Test("95 % of chains of one-dimensional Gaussians lie within the ranges")
  func ranges() throws {
    let (n, fits, chains) = (60, 8, 2000)
    let moments = LoopMoments(replace(fits, n))
    let distances = moments.frechetDistances(spectrum: [1], real: nil, generated: nil)
    let variances = moments.totalVariances(anchor: 1, spectrum: [1], generated: nil)
    var outside = (distances: 0, variances: 0)
    for chain in 0..<chains {
      var stream = RandomStream(seed: 31, purpose: "ranges", sample: chain)
      var (mean, deviation, first) = (0.0, 1.0, 1.0)
      for fit in 0..<fits {
        let samples = stream.normals(n).map { mean + deviation * $0 }
        mean = samples.reduce(0, +) / Double(n)
        let squares = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        deviation = (squares / Double(n)).squareRoot()
        if fit == 0 { first = squares / Double(n - 1) }
      }
      let distance = mean * mean + (deviation - 1) * (deviation - 1)
      let range = try #require(distances[fits - 1].range)
      if !range.contains(distance) { outside.distances += 1 }
      let variance = try #require(variances[fits - 1].range)
      if !variance.contains(deviation * deviation / first) { outside.variances += 1 }
    }
    // The ranges are of first order: 4 to 7 % may lie outside where 5 % should.
    #expect((0.03...0.075).contains(Double(outside.distances) / Double(chains)))
    #expect((0.03...0.07).contains(Double(outside.variances) / Double(chains)))
  }

  @Test("Participation ratios under replace are those of A18, and sampling is undone exactly")
  func participation() throws {
    let spectrum = [4.0, 2, 1, 1, 0.5]
    let (n, fits) = (400, 10)
    let moments = LoopMoments(replace(fits, n))
    let predicted = try #require(
      moments.participationRatios(spectrum: spectrum, real: nil, generated: nil))
    let exact = expectedParticipationRatio(
      spectrum: spectrum, sampleCounts: Array(repeating: n, count: fits))
    for (fit, value) in predicted.enumerated() {
      // One fit is one step of 1/(n − 1) against 1/n in the limit of many small ones.
      #expect(abs(value.value / exact[fit + 1] - 1) < 1e-3)
    }
  }

  @Test(
    "A mode dies out under replace as in E2, is kept by accumulate and comes back with real data")
  func modes() throws {
    let n = 100
    let survival = try expectedModeSurvival(replace(9, n), share: 0.02).map { try #require($0) }
    for (generation, alive) in survival.enumerated() {
      #expect(abs(alive - modeSurvival(expectedCount: 2, generations: generation + 1)) < 1e-12)
    }
    let accumulate = (0..<9).map { generation in
      GenerationPlan(
        [PlannedPart([.original(n)] + (0..<generation).map(PlannedPool.generation))], drawn: n)
    }
    let kept = try expectedModeSurvival(accumulate, share: 0.02).map { try #require($0) }
    #expect(kept.allSatisfy { abs($0 - (1 - exp(-2))) < 1e-12 })
    let fresh = replace(9, n).enumerated().map { generation, plan in
      generation < 5 ? plan : GenerationPlan([PlannedPart([.fresh(n)])], drawn: n)
    }
    let recovered = try expectedModeSurvival(fresh, share: 0.02).map { try #require($0) }
    #expect(recovered[4] == survival[4])
    #expect(abs(recovered[5] - (1 - exp(-2))) < 1e-12)
    let weighted = [
      GenerationPlan(
        [PlannedPart([.original(n)], weight: 2), PlannedPart([.fresh(n)], weight: 1)], drawn: n)
    ]
    #expect(expectedModeSurvival(weighted, share: 0.02) == [nil])
  }

  @Test("What comes later changes no earlier number", arguments: 1..<8)
  func prefixes(count: Int) {
    let n = 50
    // A window of three: the original samples are whole in the first ones and then leave.
    let window = (0..<9).map { generation in
      GenerationPlan(
        [
          PlannedPart(
            (generation < 3 ? [.original(n)] : [])
              + (max(0, generation - 3)..<generation).map(PlannedPool.generation))
        ], drawn: n)
    }
    let whole = expectedModeSurvival(window, share: 0.02)
    let part = expectedModeSurvival(Array(window.prefix(count)), share: 0.02)
    #expect(part == Array(whole.prefix(count)))
    #expect(whole[2] != nil && whole[8] == nil)
  }

  @Test("Numbers that leave what a double holds have no range instead of a trap")
  func overflow() {
    #expect(PredictedValue(.infinity, chiSquareDegrees: 1e-300).range == nil)
    #expect(PredictedValue(.nan, chiSquareDegrees: .nan).range == nil)
    #expect(PredictedValue(.nan, logVariance: .nan).range == nil)
    #expect(PredictedValue(1, logVariance: 1e9).range == nil)
    let moments = LoopMoments(replace(300, 2))
    for values in [
      moments.frechetDistances(spectrum: [1, 1], real: 10, generated: 2),
      moments.totalVariances(anchor: 2, spectrum: [1, 1], generated: 2),
    ] {
      #expect(values.allSatisfy { $0.range.map { $0.upperBound.isFinite } ?? true })
    }
  }

  @Test("A fixed real set that shrinks loses modes only as their last samples leave it")
  func shrinkingRealSet() throws {
    let plans =
      [GenerationPlan([PlannedPart([.original(100)])], drawn: 100)]
      + [60, 60, 20].enumerated().map { index, real in
        GenerationPlan(
          [
            PlannedPart([.original(100)], .leading(real)),
            PlannedPart([.generation(index)], .leading(100 - real)),
          ], drawn: 100)
      }
    let survival = try expectedModeSurvival(plans, share: 0.03).map { try #require($0) }
    // Simulated: a mode is a set of lines.
    var stream = RandomStream(seed: 5, purpose: "modes")
    let trials = 20_000
    var alive = [Int](repeating: 0, count: plans.count)
    for _ in 0..<trials {
      let original = (0..<100).map { _ in stream.uniform() < 0.03 }
      var training = original
      for generation in plans.indices {
        if generation > 0 {
          let count = [100, 60, 60, 20][generation]
          let drawn = (0..<100 - count).map { _ in training[stream.integer(below: 100)] }
          training = Array(original.prefix(count)) + drawn
        }
        if training.contains(true) { alive[generation] += 1 }
      }
    }
    for generation in plans.indices {
      // Poisson for binomial numbers costs up to two percent here.
      #expect(abs(Double(alive[generation]) / Double(trials) - survival[generation]) < 0.025)
    }
  }
}
