import Foundation
import Generators
import LinearAlgebra
import Randomness
import Samples
import Testing

@Suite("Bootstrap")
struct BootstrapGeneratorTests {
  /// The shares of the originals after each of some generations of a fully synthetic loop, in which
  /// original `i` is the number `i`.
  private func originals(n: Int, generations: Int, replicate: Int) throws -> [[Double]] {
    let real = Matrix(rowCount: n, columnCount: 1, elements: (0..<n).map(Double.init))
    let models = try replaceLoop(
      BootstrapGenerator(), real: real, generations: generations + 1, seed: 100 + UInt64(replicate))
    return models.dropFirst().map { model in
      var shares = [Double](repeating: 0, count: n)
      for value in model.componentMeans.elements { shares[Int(value)] += 1 / Double(n) }
      return shares
    }
  }

  @Test(
    "Heterozygosity is (1 - 1/n)^t of what it was, and 63 % of the originals survive a generation")
  func drift() throws {
    let (n, generations) = (40, 10)
    let runs = try (0..<400).map { try originals(n: n, generations: generations, replicate: $0) }
    let start = 1 - 1 / Double(n)
    for t in [1, 5, 10] {
      let heterozygosity = meanAndError(runs.map { 1 - $0[t - 1].reduce(0) { $0 + $1 * $1 } })
      let expected = start * pow(1 - 1 / Double(n), Double(t))
      #expect(abs(heterozygosity.mean - expected) < 4 * heterozygosity.error)
    }
    let distinct = meanAndError(runs.map { Double($0[0].count { $0 > 0 }) })
    let expected = Double(n) * (1 - pow(1 - 1 / Double(n), Double(n)))
    #expect(abs(distinct.mean - expected) < 4 * distinct.error)
  }

  @Test("Draws are training samples, named by their row, and the model has no density")
  func drawsAreOriginals() throws {
    let rows = normalRows(7, 3, seed: 4)
    let model = try BootstrapGenerator().fit(TrainingSet(rows: rows))
    let latents = Latents(seed: 1, purpose: "draw", generation: 3)
    let draws = try model.draw(10..<60, latents: latents, sampling: Sampling(bias: 0.5))
    #expect(draws.rows == rows.gatheringRows(draws.components))
    #expect(Set(draws.components).count == 7)
    let alone = try model.draw(33..<34, latents: latents, sampling: Sampling())
    #expect(alone.components == [draws.components[23]])
    #expect(try model.logDensity(rows, sampling: Sampling(), noiseFloor: 1) == nil)
    #expect(abs(model.componentWeights.reduce(0, +) - 1) < 1e-14)
    #expect(abs(model.totalVariance - covariance(rows).trace) < 1e-12)
    #expect(model.tensors.map(\.shape) == [[7, 3]])
  }

  @Test("Weighted rows are drawn in proportion to their weights, also from a restored model")
  func weighted() throws {
    let weights = [0, 1, 5, 0, 0.5, 2, 0]
    let model = try BootstrapGenerator().fit(
      TrainingSet(rows: normalRows(7, 3, seed: 4), weights: weights))
    let latents = Latents(seed: 1, purpose: "draw", generation: 3)
    let n = 40_000
    let draws = try model.draw(0..<n, latents: latents, sampling: Sampling())
    var counts = [Double](repeating: 0, count: 7)
    for row in draws.components { counts[row] += 1 }
    for (row, weight) in weights.enumerated() {
      let share = weight / 8.5
      let error = (share * (1 - share) / Double(n)).squareRoot()
      #expect(abs(counts[row] / Double(n) - share) <= 4 * error)
      #expect(abs(model.componentWeights[row] - share) < 1e-15)
    }
    let restored = try GeneratorCatalogue.restore("bootstrap", from: model.tensors)
    #expect(
      try restored.draw(0..<200, latents: latents, sampling: Sampling()).components
        == Array(draws.components.prefix(200)))
  }
}
