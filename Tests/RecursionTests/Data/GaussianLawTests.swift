import Recursion
import Samples
import Testing

@Suite("The endless law of normal numbers")
struct GaussianLawTests {
  @Test("Sample i is the same alone, in any range, and differs by seed")
  func addressed() {
    let law = GaussianLaw(dimension: 3, seed: 9)
    #expect(law.samples(5..<6).values == Array(law.samples(0..<10).values[15..<18]))
    #expect(law.samples(0..<4) != GaussianLaw(dimension: 3, seed: 10).samples(0..<4))
    #expect(law.shape == nil)
    #expect(law.samples(7..<7).count == 0)
  }

  @Test("Its numbers have mean 0 and variance 1")
  func moments() {
    let values = GaussianLaw(dimension: 4, seed: 1).samples(0..<5000).values.map(Double.init)
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + $1 * $1 } / n
    #expect(abs(mean) < 4 / n.squareRoot())
    #expect(abs(variance - 1) < 4 * (2 / n).squareRoot())
  }
}
