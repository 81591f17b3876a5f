import LinearAlgebra
import Testing

@testable import Metrics

@Suite("Scores of samples' places in the support")
struct SupportFoldTests {
  @Test("Those of many real samples, pass by pass, are those of all pairs")
  func manyRealSamples() throws {
    // More than one batch of tiles, and tiles that are not full.
    let real = normalSamples(16_500, 2, seed: 31)
    let generated = normalSamples(300, 2, seed: 32, scale: 2)
    let reach = (0..<real.rowCount).map { 0.01 + 1e-6 * Double($0 % 977) }
    let radius = 0.05
    let scores = SupportFold(reaches: [reach], realRadius: radius, generatedRadius: 2 * radius)
      .scores(real: real, generated: generated)
    var ofReal = [Double](repeating: 1, count: real.rowCount)
    for column in 0..<generated.rowCount {
      var (largest, product) = (0.0, 1.0)
      for row in 0..<real.rowCount {
        let x = real[row, 0] - generated[column, 0]
        let y = real[row, 1] - generated[column, 1]
        let distance = (x * x + y * y).squareRoot()
        largest = max(largest, reach[row] / (distance + 1e-5))
        product *= min(1, distance / radius)
        ofReal[row] *= min(1, distance / (2 * radius))
      }
      #expect(abs(scores.realism[0][column] - largest) <= 1e-9 * largest)
      #expect(abs(scores.generatedProducts[column] - product) <= 1e-9)
    }
    #expect(zip(scores.realProducts, ofReal).allSatisfy { abs($0 - $1) <= 1e-9 })
  }

  @Test("They are the same in a pass that sums kernels, whose rows are in another order")
  func sharedPass() throws {
    let real = normalSamples(400, 3, seed: 33)
    let generated = normalSamples(350, 3, seed: 34, scale: 0.8)
    let fold = SupportFold(
      reaches: [(0..<400).map { 0.2 + 0.001 * Double($0) }], realRadius: 0.5, generatedRadius: 0.4)
    let alone = fold.scores(real: real, generated: generated)
    let shared = TwoSampleSums.sums(
      real: SampleSums([.distance], real), generated: SampleSums([.distance], generated),
      folding: fold
    ).1
    func areClose(_ first: [Double], _ second: [Double]) -> Bool {
      zip(first.sorted(), second.sorted()).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, $0) }
    }
    #expect(areClose(alone.realism[0], shared.realism[0]))
    #expect(areClose(alone.generatedProducts, shared.generatedProducts))
    #expect(areClose(alone.realProducts, shared.realProducts))
    #expect(alone.realism[0].count == 350 && alone.realProducts.count == 400)
  }

  @Test("Hundreds of near samples leave no probability of being outside")
  func manyFactors() throws {
    let real = normalSamples(2000, 2, seed: 35, scale: 0.01)
    let fold = SupportFold(reaches: [], realRadius: 1, generatedRadius: 1)
    let scores = fold.scores(real: real, generated: normalSamples(50, 2, seed: 36, scale: 0.01))
    #expect(scores.generatedProducts.allSatisfy { $0 == 0 })
    #expect(scores.realProducts.allSatisfy { $0 == 0 })
  }
}
