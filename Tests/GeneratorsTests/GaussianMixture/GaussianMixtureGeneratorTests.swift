import Foundation
import LinearAlgebra
import Randomness
import Testing

@testable import Generators

@Suite("Gaussian mixture")
struct GaussianMixtureGeneratorTests {
  private let latents = Latents(seed: 6, purpose: "draw", generation: 0)

  /// Three clusters in the plane: a wide one, a narrow one, an oblong one.
  private func clusters(_ n: Int, seed: UInt64 = 1) -> Matrix {
    var rows = normalRows(n, 2, seed: seed)
    let centres = [(0.0, 0.0, 1.0, 1.0), (6, 1, 0.1, 0.1), (-3, 5, 2, 0.3)]
    for row in 0..<n {
      let (x, y, width, height) = centres[row % 3]
      rows[row, 0] = x + width * rows[row, 0]
      rows[row, 1] = y + height * rows[row, 1]
    }
    return rows
  }

  private func fit(
    _ rows: Matrix, components: Int? = nil, dimensions: Int? = nil, steps: Int? = nil,
    start: Start = .cold, previous: (any GenerativeModel)? = nil
  ) throws -> GaussianMixtureModel {
    let generator = try GaussianMixtureGenerator(
      components: components, dimensions: dimensions, steps: steps, start: start)
    return try #require(
      generator.fit(TrainingSet(rows: rows), previous: previous) as? GaussianMixtureModel)
  }

  @Test(
    "The mixture has the samples' mean and total covariance, after any number of steps",
    arguments: [0, 1, 2, 100])
  func conservation(steps: Int) throws {
    let rows = clusters(300)
    for components in [1, 3, 7] {
      let model = try fit(rows, components: components, steps: steps)
      #expect(largestDifference(model.mean, rows.columnMeans()) < 1e-10)
      #expect(largestDifference(model.covariance.elements, covariance(rows).elements) < 1e-10)
      #expect(abs(model.totalVariance - covariance(rows).trace) < 1e-10)
    }
  }

  @Test("In principal components with noise outside, mean and trace are the samples'")
  func conservationOfTrace() throws {
    let rows = normalRows(200, 12, seed: 3).scalingColumns((1...12).map { 3 / Double($0) })
    let model = try fit(rows, components: 4, dimensions: 3)
    #expect(largestDifference(model.mean, rows.columnMeans()) < 1e-10)
    #expect(abs(model.totalVariance - covariance(rows).trace) < 1e-10)
    #expect(abs(model.covariance.trace - model.totalVariance) < 1e-10)
  }

  @Test("EM never lowers the likelihood, and finds three clear clusters")
  func monotone() throws {
    let model = try fit(clusters(600), components: 3)
    #expect(model.logLikelihoods.count > 1)
    for (before, after) in zip(model.logLikelihoods, model.logLikelihoods.dropFirst()) {
      #expect(after >= before - 1e-12)
    }
    let centres = (0..<3).map { Array(model.componentMeans.row($0)) }
    for expected in [[0.0, 0], [6, 1], [-3, 5]] {
      #expect(centres.contains { largestDifference($0, expected) < 0.4 })
    }
    #expect(model.componentWeights.allSatisfy { abs($0 - 1.0 / 3) < 0.02 })
  }

  @Test("One component is the Gaussian of the samples, in density and in moments")
  func oneComponent() throws {
    let rows = clusters(90)
    let mixture = try fit(rows, components: 1)
    let gaussian = try GaussianGenerator().fit(TrainingSet(rows: rows))
    let points = normalRows(20, 2, seed: 5)
    let sampling = Sampling(bias: 0.7)
    let a = try #require(mixture.logDensity(points, sampling: sampling, noiseFloor: 0.2))
    let b = try #require(try gaussian.logDensity(points, sampling: sampling, noiseFloor: 0.2))
    #expect(largestDifference(a, b) < 1e-10)
    let same = mixture.draw(0..<50, latents: latents, sampling: sampling).rows
    let other = try gaussian.draw(0..<50, latents: latents, sampling: sampling).rows
    #expect(largestDifference(same.elements, other.elements) < 1e-10)
  }

  @Test("The density integrates to 1, with either scope of the bias and a noise floor")
  func integratesToOne() throws {
    let model = try fit(clusters(150), components: 4)
    let step = 0.04
    var points: [Double] = []
    for i in 0..<900 {
      for j in 0..<900 { points += [-18 + step * Double(i), -16 + step * Double(j)] }
    }
    let grid = Matrix(rowCount: 810_000, columnCount: 2, elements: points)
    for (sampling, floor) in [
      (Sampling(), 0.02), (Sampling(bias: 0.8), 0.02),
      (Sampling(bias: 0.8, biasScope: .global), 0.02),
    ] {
      let density = try #require(model.logDensity(grid, sampling: sampling, noiseFloor: floor))
      #expect(abs(density.reduce(0) { $0 + exp($1) } * step * step - 1) < 1e-6)
    }
  }

  @Test("With noise outside the principal components the density integrates to 1 too")
  func residualDensity() throws {
    let model = try fit(clusters(150), components: 2, dimensions: 1)
    let step = 0.05
    var points: [Double] = []
    for i in 0..<800 {
      for j in 0..<800 { points += [-20 + step * Double(i), -18 + step * Double(j)] }
    }
    let grid = Matrix(rowCount: 640_000, columnCount: 2, elements: points)
    let density = try #require(model.logDensity(grid, sampling: Sampling(), noiseFloor: 0))
    #expect(abs(density.reduce(0) { $0 + exp($1) } * step * step - 1) < 1e-6)
  }

  @Test(
    "Draws have the moments of the model; the bias contracts what its scope says",
    arguments: [nil, 2])
  func drawnMoments(dimensions: Int?) throws {
    let rows = clusters(300).appendingColumns(of: normalRows(300, 2, seed: 7))
    let model = try fit(rows, components: 3, dimensions: dimensions)
    let n = 30_000
    for (sampling, expected) in [
      (Sampling(), model.totalVariance),
      (Sampling(bias: 0.5, biasScope: .global), 0.5 * model.totalVariance),
    ] {
      let draws = model.draw(0..<n, latents: latents, sampling: sampling)
      let means = draws.rows.columnMeans()
      let squares = draws.rows.subtractingFromRows(means).squaredRowNorms()
      let variance = meanAndError(squares)
      #expect(abs(variance.mean - expected) < 4 * variance.error)
      let deviation = (expected / Double(n)).squareRoot()
      #expect(largestDifference(means, model.mean) < 4 * deviation)
      for k in 0..<3 {
        let weight = model.componentWeights[k]
        let drawn = Double(draws.components.count { $0 == k }) / Double(n)
        #expect(abs(drawn - weight) < 4 * (weight * (1 - weight) / Double(n)).squareRoot())
      }
    }
    let drawn = covariance(model.draw(0..<n, latents: latents, sampling: Sampling()).rows)
    let scale = model.covariance.trace / Double(n).squareRoot()
    #expect(largestDifference(drawn.elements, model.covariance.elements) < 4 * scale)
  }

  @Test("In a fully synthetic loop the expected total variance is (1 - 1/n)^t for any mixture")
  func replaceClock() throws {
    let (n, fits) = (60, 5)
    let traces = try (0..<250).map { replicate in
      let models = try replaceLoop(
        GaussianMixtureGenerator(components: 3, steps: 10),
        real: normalRows(n, 2, seed: 21, replicate: replicate), generations: fits,
        seed: 900 + UInt64(replicate))
      return models[fits - 1].totalVariance
    }
    let measured = meanAndError(traces)
    #expect(abs(measured.mean - 2 * pow(1 - 1 / Double(n), Double(fits))) < 4 * measured.error)
  }

  @Test("A sample has the same bits alone and in a batch, and a fit on one thread and on several")
  func determinism() throws {
    let rows = clusters(1200)
    let model = try fit(rows, components: 5)
    let batch = model.draw(0..<300, latents: latents, sampling: Sampling())
    for sample in [0, 63, 64, 299] {
      let alone = model.draw(sample..<sample + 1, latents: latents, sampling: Sampling())
      #expect(alone.rows.elements == Array(batch.rows.row(sample)))
      #expect(alone.components == [batch.components[sample]])
    }
    let threads = Parallelism.threads
    defer { Parallelism.threads = threads }
    Parallelism.threads = 1
    #expect(try fit(rows, components: 5).tensors == model.tensors)
  }

  @Test(
    "Matched to a model with the same components in another order, it draws that model's samples")
  func matching() throws {
    let model = try fit(clusters(300), components: 3)
    let shuffled = try GaussianMixtureModel(
      principal: model.principal, mixture: model.mixture.reordered([2, 0, 1]), logLikelihoods: [])
    let matched = shuffled.matched(to: model)
    #expect(matched.componentMeans == model.componentMeans)
    #expect(
      try matched.draw(0..<40, latents: latents, sampling: Sampling()).rows
        == model.draw(0..<40, latents: latents, sampling: Sampling()).rows)
  }

  @Test(
    "A warm start begins where the previous model ended, also in other principal components",
    arguments: [nil, 3])
  func warmStart(dimensions: Int?) throws {
    let rows = clusters(600).appendingColumns(of: normalRows(600, 2, seed: 8))
    let previous = try fit(rows, components: 3, dimensions: dimensions)
    let warm = try fit(
      rows, components: 3, dimensions: dimensions, steps: 1, start: .warm, previous: previous)
    #expect(
      largestDifference(warm.componentMeans.elements, previous.componentMeans.elements) < 0.05)
    let cold = try fit(rows, components: 3, dimensions: dimensions, steps: 1)
    #expect(try #require(warm.logLikelihoods.first) >= #require(cold.logLikelihoods.first))
  }

  @Test("Degenerate samples give finite models: identical, few, and fewer than dimensions")
  func degenerateSamples() throws {
    let sets = [
      Matrix(rowCount: 20, columnCount: 3, repeating: 2.5), normalRows(2, 3, seed: 1),
      normalRows(5, 30, seed: 1),
      normalRows(10, 3, seed: 1).gatheringRows(
        Array(repeating: [0, 1, 2], count: 10).flatMap { $0 }),
    ]
    for rows in sets {
      for components in [1, 2] {
        let model = try fit(rows, components: components)
        let drawn = model.draw(0..<10, latents: latents, sampling: Sampling()).rows
        #expect(areFinite(drawn.elements))
        let density = try #require(
          model.logDensity(rows, sampling: Sampling(), noiseFloor: 1e-4))
        #expect(areFinite(density))
        #expect(areFinite(model.componentWeights))
      }
    }
  }

  @Test("Capacity is resolved from generation 0's sample count, and settings out of range refused")
  func settings() throws {
    let generator = try GaussianMixtureGenerator().resolved(sampleCount: 100, dimension: 2)
    #expect(generator.settings.map(\.value) == ["6", "2", "100", "cold"])
    let pictures = try GaussianMixtureGenerator().resolved(sampleCount: 1000, dimension: 3072)
    #expect(pictures.settings.map(\.value) == ["3", "64", "100", "cold"])
    #expect(
      throws: GeneratorError.invalidSetting(name: "components", value: "0", allowed: "1 or more")
    ) {
      try GaussianMixtureGenerator(components: 0)
    }
    #expect(throws: GeneratorError.tooFewSamples(generator: "gmm", needed: 5, found: 4)) {
      try fit(normalRows(4, 2, seed: 1), components: 5)
    }
  }
}
