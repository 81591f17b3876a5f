import Foundation
import LinearAlgebra
import Randomness
import Samples
import Testing

@testable import Generators

@Suite("Kernel density")
struct KernelDensityTests {
  private let latents = Latents(seed: 3, purpose: "draw", generation: 1)

  @Test("A loop on its own samples gains h² of variance a generation: E[x²] = 1 + t h² (F1)")
  func replaceDiverges() throws {
    let (n, h, generations) = (60, 0.5, 8)
    let generator = try KernelDensityGenerator(bandwidth: h)
    var seconds = [[Double]](repeating: [], count: generations)
    var within = [[Double]](repeating: [], count: generations)
    for replicate in 0..<600 {
      let models = try replaceLoop(
        generator, real: normalRows(n, 1, seed: 8, replicate: replicate), generations: generations,
        seed: 500 + UInt64(replicate))
      for (t, model) in models.enumerated() {
        let rows = model.componentMeans
        seconds[t].append(rows.squaredRowNorms().reduce(0, +) / Double(n))
        within[t].append(rows.totalVariance())
      }
    }
    var expected = 1 - 1 / Double(n)
    for t in 0..<generations {
      let second = meanAndError(seconds[t])
      #expect(abs(second.mean - (1 + Double(t) * h * h)) < 4 * second.error)
      // S of the samples of generation t: E[S'] = (1 - 1/n)(E[S] + h²).
      let variance = meanAndError(within[t])
      #expect(abs(variance.mean - expected) < 4 * variance.error)
      expected = (1 - 1 / Double(n)) * (expected + h * h)
    }
  }

  @Test("Accumulated, the variance grows by the logarithm: 1 + h² (H_T - 1) (F2)")
  func accumulateGrowsSlowly() throws {
    let (n, h, generations) = (40, 0.8, 8)
    let generator = try KernelDensityGenerator(bandwidth: h)
    var seconds = [[Double]](repeating: [], count: generations)
    for replicate in 0..<600 {
      var pool = normalRows(n, 1, seed: 9, replicate: replicate)
      for t in 0..<generations {
        seconds[t].append(pool.squaredRowNorms().reduce(0, +) / Double(pool.rowCount))
        let drawn = try generator.fit(TrainingSet(rows: pool)).draw(
          0..<n, latents: Latents(seed: UInt64(replicate), purpose: "draw", generation: t),
          sampling: Sampling())
        pool = pool.appendingRows(of: drawn.rows)
      }
    }
    for t in 0..<generations {
      let harmonic = (1...t + 1).reduce(0.0) { $0 + 1 / Double($1) }
      let second = meanAndError(seconds[t])
      #expect(abs(second.mean - (1 + h * h * (harmonic - 1))) < 4 * second.error)
    }
  }

  @Test("The density integrates to 1 and has the moments the model says")
  func quadrature() throws {
    let rows = Matrix(rows: [[1], [2], [4], [8]])
    let step = 0.01
    let grid = Matrix(
      rowCount: 10_000, columnCount: 1, elements: (0..<10_000).map { -46 + step * Double($0) })
    for weights in [nil, [1, 0, 2, 0.5]] {
      let model = try KernelDensityGenerator(bandwidth: 0.7).fit(
        TrainingSet(rows: rows, weights: weights))
      for (sampling, floor) in [
        (Sampling(), 0), (Sampling(bias: 0.3), 0), (Sampling(bias: 0.5, biasScope: .global), 0),
        (Sampling(), 2), (Sampling(bias: 0), 1.0),
      ] {
        let logDensity = try #require(
          try model.logDensity(grid, sampling: sampling, noiseFloor: floor))
        let masses = logDensity.map { exp($0) * step }
        #expect(abs(masses.reduce(0, +) - 1) < 1e-9)
        guard sampling == Sampling(), floor == 0 else { continue }
        let mean = zip(masses, grid.elements).reduce(0) { $0 + $1.0 * $1.1 }
        let square = zip(masses, grid.elements).reduce(0) {
          $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean)
        }
        #expect(abs(square - model.totalVariance) < 1e-9)
        #expect(abs(mean - rows.columnMeans(weights: weights)[0]) < 1e-9)
      }
      #expect(try model.logDensity(grid, sampling: Sampling(bias: 0), noiseFloor: 0) == nil)
    }
  }

  @Test("The density of rows next to a training sample keeps its digits under a narrow kernel")
  func narrowKernel() throws {
    let rows = normalRows(50, 6, seed: 3).subtractingFromRows(Array(repeating: -1000, count: 6))
    let h = 1e-7
    let model = try KernelDensityGenerator(bandwidth: h).fit(TrainingSet(rows: rows))
    var near = rows.rows(7..<8)
    near[0, 2] += h
    let density = try #require(
      try model.logDensity(near, sampling: Sampling(), noiseFloor: 0))
    // The step itself is rounded to the grid of numbers near 1000, 10⁻⁶ of it.
    let step = (near[0, 2] - rows[7, 2]) / h
    let expected = -log(50.0) - 3 * log(2 * .pi * h * h) - step * step / 2
    #expect(abs(density[0] - expected) < 1e-5)
  }

  @Test("Draws are training rows plus noise, each alone as in a batch, contracted by the bias")
  func draws() throws {
    let rows = normalRows(9, 4, seed: 6)
    let model = try KernelDensityGenerator(bandwidth: 0.1).fit(TrainingSet(rows: rows))
    let n = 4000
    let draws = try model.draw(0..<n, latents: latents, sampling: Sampling(bias: 0.25))
    let noise = rows.gatheringRows(draws.components).adding(-1, times: draws.rows)
    let variance = noise.squaredRowNorms().reduce(0, +) / Double(4 * n)
    #expect(abs(variance - 0.0025) < 4 * 0.0025 * (2 / Double(4 * n)).squareRoot())
    #expect(abs(noise.columnMeans()[0]) < 4 * 0.05 / Double(n).squareRoot())
    let alone = try model.draw(1234..<1235, latents: latents, sampling: Sampling(bias: 0.25))
    #expect(alone.rows == draws.rows.rows(1234..<1235))
    let global = try model.draw(
      0..<n, latents: latents, sampling: Sampling(bias: 0.25, biasScope: .global))
    let own = try model.draw(0..<n, latents: latents, sampling: Sampling())
    let mean = rows.columnMeans()
    let contracted = own.rows.subtractingFromRows(mean).scaled(by: 0.5)
      .subtractingFromRows(mean.map { -$0 })
    #expect(largestDifference(global.rows.elements, contracted.elements) < 1e-12)
  }

  @Test("Without a bandwidth Scott's rule takes it from the spread and the effective number")
  func scottsRule() throws {
    let rows = normalRows(100, 3, seed: 6).scaled(by: 5)
    let sigma = (rows.totalVariance() / 3).squareRoot()
    let model = try #require(
      try KernelDensityGenerator().fit(TrainingSet(rows: rows)) as? KernelDensityModel)
    #expect(abs(model.bandwidth - sigma * pow(100, -1.0 / 7)) < 1e-12)
    let weights = (0..<100).map { $0 < 50 ? 1.0 : 0 }
    let half = try #require(
      try KernelDensityGenerator().fit(TrainingSet(rows: rows, weights: weights))
        as? KernelDensityModel)
    let spread = (rows.rows(0..<50).totalVariance() / 3).squareRoot()
    #expect(abs(half.bandwidth - spread * pow(50, -1.0 / 7)) < 1e-12)
  }

  @Test("A restored model draws and scores the same", arguments: [nil, [1.0, 0, 3, 2, 0.5]])
  func restored(weights: [Double]?) throws {
    let rows = normalRows(5, 3, seed: 2)
    let model = try GeneratorCatalogue.make("kde", options: GeneratorOptions(bandwidth: 0.3)).fit(
      TrainingSet(rows: rows, weights: weights), previous: nil)
    let restored = try GeneratorCatalogue.restore("kde", from: model.tensors)
    #expect(
      try restored.draw(0..<90, latents: latents, sampling: Sampling()).rows
        == model.draw(0..<90, latents: latents, sampling: Sampling()).rows)
    #expect(
      try restored.logDensity(rows, sampling: Sampling(), noiseFloor: 0)
        == model.logDensity(rows, sampling: Sampling(), noiseFloor: 0))
    #expect(restored.totalVariance == model.totalVariance)
  }

  @Test("A bandwidth that is no positive number is refused", arguments: [0, -1, .nan, .infinity])
  func refusals(bandwidth: Double) {
    #expect(
      throws: GeneratorError.invalidSetting(
        name: "bandwidth", value: "\(bandwidth)",
        allowed:
          "a positive number, in the units of the samples, or the generator bootstrap for none")
    ) { try KernelDensityGenerator(bandwidth: bandwidth) }
  }
}
