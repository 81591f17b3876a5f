import Foundation
import Randomness
import Testing
import Theory

/// Plans of `n` samples a generation, from generation 1 on as a rule says.
private func plans(
  _ generations: Int, first: Int, drawn: Int, _ parts: (Int) -> [PlannedPart]
) -> [GenerationPlan] {
  [GenerationPlan([PlannedPart([.original(first)])], drawn: drawn)]
    + (1..<generations).map { GenerationPlan(parts($0), drawn: drawn) }
}

private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
  abs(a - b) <= tolerance * max(abs(a), abs(b))
}

@Suite("The recursion on the covariances of pools")
struct LoopMomentsTests {
  @Test("A reservoir ends at D4, from fixed real data to nearly fresh ones")
  func reservoir() {
    for (kept, real, synthetic) in [(20, 5, 10), (40, 10, 30), (10, 10, 10), (5000, 10, 20)] {
      let moments = LoopMoments(
        plans(500, first: kept, drawn: synthetic) { generation in
          [
            PlannedPart([.original(kept)], .random(real)),
            PlannedPart([.generation(generation - 1)], .leading(synthetic)),
          ]
        })
      let p = Double(real) / Double(real + synthetic)
      let q = 1 - p
      let g =
        p * p / Double(real) * Double(kept - real) / Double(kept - 1) + q * q / Double(synthetic)
      let conditional =
        (1 - 1 / Double(kept)) * g / (1 - q * q + q * q / Double(synthetic))
      #expect(isClose(moments.drift[499], 1 / Double(kept) + conditional))
    }
  }

  @Test("A window of W generations loses (2/(W + 1))² / n a generation (C4)", arguments: 1...5)
  func window(width: Int) {
    let n = 1000
    let moments = LoopMoments(
      plans(80, first: n, drawn: n) { generation in
        let first: [PlannedPool] = generation < width ? [.original(n)] : []
        return [
          PlannedPart(
            first + (max(0, generation - width)..<generation).map(PlannedPool.generation))
        ]
      })
    let rate = pow(2 / Double(width + 1), 2)
    #expect(isClose((moments.error[79] - moments.error[78]) * Double(n), rate))
    let exact = log(moments.variance[78] / moments.variance[79]) * Double(n)
    #expect(isClose(exact, rate, 2e-3))
  }

  @Test("A subsample with replacement of all that accumulated ends at 3n/π², less its first draw")
  func accumulateWithReplacement() {
    let n = 10_000
    let generations = 600
    let moments = LoopMoments(
      plans(generations, first: n, drawn: n) { generation in
        [
          PlannedPart(
            [.original(n)] + (0..<generation).map(PlannedPool.generation), .replacement(n))
        ]
      })
    // Generation 0 is fitted to every real sample, so that the second of the accumulated sets lacks one
    // of its two draws, 1/2². The sums of 1/s² that are missing at the end are about 1/s, twice.
    let missing = 2 / Double(generations)
    let size = 1 / moments.error[generations - 1] / Double(n)
    #expect(abs(1 / size + missing - (.pi * .pi / 3 - 0.25)) < 0.002)
  }

  @Test("Weights on the parts give D7, and the golden one the least error")
  func weights() {
    func error(_ weight: Double, real: Int, synthetic: Int) -> Double {
      LoopMoments(
        plans(300, first: real, drawn: synthetic) { generation in
          [
            PlannedPart([.fresh(real)], weight: weight),
            PlannedPart([.generation(generation - 1)], weight: 1 - weight),
          ]
        }
      ).error[299]
    }
    for (real, synthetic) in [(50, 50), (20, 60)] {
      let k = Double(real) / Double(synthetic)
      for w in [0.2, 0.5, 0.9] {
        let expected = (w * w + k * (1 - w) * (1 - w)) / (w * (2 - w)) / Double(real)
        #expect(isClose(error(w, real: real, synthetic: synthetic), expected))
      }
      let golden = goldenWeight(real: real, synthetic: synthetic)
      #expect(
        isClose(error(golden, real: real, synthetic: synthetic), golden / Double(real), 1e-8))
    }
  }

  @Test("A bias gives B1 and B2, and the unbiased estimator A7")
  func bias() {
    let n = 30
    let lambda = 0.9
    let replace = plans(12, first: n, drawn: n) { [PlannedPart([.generation($0 - 1)])] }
    let size = Double(n)
    let biased = LoopMoments(replace, bias: lambda)
    let unbiased = LoopMoments(replace, bias: lambda, isUnbiased: true)
    for generation in 0..<12 {
      let t = Double(generation + 1)
      #expect(isClose(biased.variance[generation], pow(lambda, t - 1) * pow(1 - 1 / size, t)))
      #expect(isClose(unbiased.variance[generation], pow(lambda, t - 1)))
      #expect(
        isClose(unbiased.drift[generation], (1 - pow(lambda, t)) / (1 - lambda) / size))
    }
    let martingale = LoopMoments(replace, isUnbiased: true)
    #expect(isClose(martingale.drift[11], 12 / size))
    #expect(isClose(martingale.variance[11], 1))
  }

  @Test("The error of a generation goes along with the first one's as its samples descend from it")
  func covarianceWithFirst() {
    let n = 40
    let replace = LoopMoments(
      plans(10, first: n, drawn: n) { [PlannedPart([.generation($0 - 1)])] })
    #expect(replace.errorWithFirst.allSatisfy { isClose($0, 1 / Double(n)) })
    let fresh = LoopMoments(
      plans(10, first: n, drawn: n) { generation in
        [PlannedPart([.fresh(n / 2)]), PlannedPart([.generation(generation - 1)], .leading(n / 2))]
      })
    for (generation, covariance) in fresh.errorWithFirst.enumerated() {
      #expect(isClose(covariance, pow(0.5, Double(generation)) / Double(n)))
    }
  }

  /// Plans that no closed form describes.
  static let irregular: [[GenerationPlan]] = [
    // Real samples that dwindle, beside parts of two earlier generations.
    plans(7, first: 12, drawn: 9) { generation in
      [
        PlannedPart([.original(12)], .leading(12 - 2 * generation)),
        PlannedPart([.generation(generation - 1)], .leading(7)),
        PlannedPart([.generation(max(0, generation - 2))], .leading(4)),
      ]
    },
    // A cut through the middle of pools put end to end.
    plans(7, first: 6, drawn: 5) { generation in
      [
        PlannedPart(
          [.original(6)] + (0..<generation).map(PlannedPool.generation),
          .leading(4 + 3 * generation))
      ]
    },
    // Equally many from every pool.
    plans(7, first: 10, drawn: 10) { generation in
      [PlannedPart([.original(10)] + (0..<generation).map(PlannedPool.generation), .equal(10))]
    },
    // With replacement, and weights that are not those of the counts.
    plans(7, first: 8, drawn: 8) { generation in
      [
        PlannedPart([.original(8)], .replacement(5), weight: 0.3),
        PlannedPart((0..<generation).map(PlannedPool.generation), .random(6), weight: 0.7),
      ]
    },
    // More than there are: each as often as can be.
    plans(7, first: 6, drawn: 4) { generation in
      [PlannedPart([.original(9)], .random(15)), PlannedPart([.generation(generation - 1)])]
    },
  ]

  @Test("Chains that follow a plan sample by sample agree with it", arguments: irregular.indices)
  func chains(index: Int) {
    let plans = Self.irregular[index]
    let moments = LoopMoments(plans)
    let chains = 3000
    var drifts = [Double](repeating: 0, count: plans.count)
    var fourths = drifts
    var variances = drifts
    var squares = drifts
    for chain in 0..<chains {
      var stream = RandomStream(seed: 21, purpose: "plans", sample: chain)
      for (generation, model) in simulate(plans, &stream).enumerated() {
        drifts[generation] += model.mean * model.mean
        fourths[generation] += pow(model.mean, 4)
        variances[generation] += model.variance
        squares[generation] += model.variance * model.variance
      }
    }
    let count = Double(chains)
    for generation in plans.indices {
      let drift = drifts[generation] / count
      let driftError = ((fourths[generation] / count - drift * drift) / count).squareRoot()
      #expect(abs(drift - moments.drift[generation]) < 4 * driftError)
      let variance = variances[generation] / count
      let error = ((squares[generation] / count - variance * variance) / count).squareRoot()
      #expect(abs(variance - moments.variance[generation]) < 4 * error)
    }
  }

  private func simulate(
    _ plans: [GenerationPlan], _ stream: inout RandomStream
  ) -> [(mean: Double, variance: Double)] {
    let original = stream.normals(20)
    var drawn: [[Double]] = []
    return plans.map { plan in
      var rows: [(value: Double, weight: Double)] = []
      for part in plan.parts {
        let pools = part.pools.map { pool in
          switch pool {
          case .original(let count): Array(original.prefix(count))
          case .fresh(let count): stream.normals(count)
          case .generation(let generation): drawn[generation]
          }
        }
        let all = pools.flatMap { $0 }
        let taken: [Double]
        switch part.choice {
        case .all: taken = all
        case .leading(let count): taken = Array(all.prefix(count))
        case .random(let count):
          taken =
            (0..<count / all.count).flatMap { _ in all }
            + stream.sample(count % all.count, outOf: all.count).map { all[$0] }
        case .replacement(let count):
          taken = (0..<count).map { _ in all[stream.integer(below: all.count)] }
        case .equal(let count):
          taken = pools.enumerated().flatMap { position, pool in
            stream.sample(min((count + position) / pools.count, pool.count), outOf: pool.count)
              .map { pool[$0] }
          }
        }
        let each = part.weight.map { $0 / Double(taken.count) } ?? 1
        rows += taken.map { ($0, each) }
      }
      let total = rows.reduce(0) { $0 + $1.weight }
      let mean = rows.reduce(0) { $0 + $1.weight * $1.value } / total
      let variance =
        rows.reduce(0) { $0 + $1.weight * ($1.value - mean) * ($1.value - mean) } / total
      drawn.append(stream.normals(plan.drawn).map { mean + variance.squareRoot() * $0 })
      return (mean, variance)
    }
  }
}
