import Foundation
import Randomness
import Testing

@Suite("Random streams")
struct RandomStreamTests {
  @Test("Streams with the same address agree, and any other address gives other numbers")
  func addresses() {
    var stream = RandomStream(seed: 1, purpose: "draw", generation: 2, sample: 3)
    var again = RandomStream(seed: 1, purpose: "draw", generation: 2, sample: 3)
    let words = (0..<100).map { _ in stream.next() }
    #expect(words == (0..<100).map { _ in again.next() })
    let others = [
      RandomStream(seed: 2, purpose: "draw", generation: 2, sample: 3),
      RandomStream(seed: 1 << 32 | 1, purpose: "draw", generation: 2, sample: 3),
      RandomStream(seed: 1, purpose: "display", generation: 2, sample: 3),
      RandomStream(seed: 1, purpose: "draw", generation: 3, sample: 3),
      RandomStream(seed: 1, purpose: "draw", generation: 2, sample: 4),
    ]
    for var other in others {
      #expect(Set((0..<100).map { _ in other.next() }).isDisjoint(with: words))
    }
  }

  @Test("Normal numbers have the moments of the standard normal law")
  func normalMoments() {
    var stream = RandomStream(seed: 7, purpose: "test")
    let n = 200_000
    var powers = [0.0, 0.0, 0.0, 0.0]
    for _ in 0..<n {
      let x = stream.normal()
      for power in 0..<4 { powers[power] += [x, x * x, x * x * x, x * x * x * x][power] }
    }
    // Standard errors of the mean of x, x², x³, x⁴: 1, √2, √15, √96 over √n.
    for (sum, (expected, deviation)) in zip(
      powers, [(0, 1), (1, 2), (0, 15), (3, 96)] as [(Double, Double)])
    {
      #expect(abs(sum / Double(n) - expected) < 4 * (deviation / Double(n)).squareRoot())
    }
  }

  @Test("The Gumbel-max choice and the direct choice both follow the weights")
  func categories() {
    let weights = [0.5, 0.0, 0.2, 0.3]
    var stream = RandomStream(seed: 3, purpose: "test")
    let n = 40_000
    var direct = [0, 0, 0, 0]
    var gumbel = [0, 0, 0, 0]
    for _ in 0..<n {
      direct[stream.category(weights: weights)] += 1
      var best = (value: -Double.infinity, index: -1)
      for (index, weight) in weights.enumerated() {
        let score = weight > 0 ? log(weight) + stream.gumbel() : -.infinity
        if score > best.value { best = (score, index) }
      }
      gumbel[best.index] += 1
    }
    for index in 0..<4 {
      let p = weights[index]
      let bound = 4 * (Double(n) * p * (1 - p)).squareRoot()
      #expect(abs(Double(direct[index]) - Double(n) * p) <= bound)
      #expect(abs(Double(gumbel[index]) - Double(n) * p) <= bound)
    }
  }

  @Test("A permutation holds every index once and puts each in every place equally often")
  func permutations() {
    var counts = [[Int]](repeating: Array(repeating: 0, count: 5), count: 5)
    let n = 20_000
    for sample in 0..<n {
      var stream = RandomStream(seed: 5, purpose: "test", sample: sample)
      let order = stream.permutation(5)
      #expect(order.sorted() == [0, 1, 2, 3, 4])
      for (place, index) in order.enumerated() { counts[place][index] += 1 }
    }
    let bound = 4.5 * (Double(n) * 0.2 * 0.8).squareRoot()
    for row in counts {
      for count in row { #expect(abs(Double(count) - Double(n) * 0.2) < bound) }
    }
  }

  @Test("A part of a purpose is the purpose of both names with a slash between")
  func parts() {
    var spelt = RandomStream(seed: 9, purpose: "draw/noise", generation: 3, sample: 4)
    var part = RandomStream(seed: 9, purpose: "draw", part: "noise", generation: 3, sample: 4)
    #expect((0..<8).map { _ in spelt.next() } == (0..<8).map { _ in part.next() })
  }
}
