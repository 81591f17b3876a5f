import Foundation
import Generators
import LinearAlgebra
import Randomness
import Testing

@Suite("Gaussian")
struct GaussianGeneratorTests {
  private let latents = Latents(seed: 5, purpose: "draw", generation: 0)

  /// Rows with the covariance `A Aᵀ` about a mean far from the origin.
  private func correlatedRows(_ n: Int) -> Matrix {
    let map = Matrix(rows: [[2, 0.5, 0], [0, 1, -0.3], [0, 0, 0.2]])
    return normalRows(n, 3, seed: 2).times(map).subtractingFromRows([-10, 20, 5])
  }

  private func fit(_ rows: Matrix, _ estimator: CovarianceEstimator = .mle) throws -> GaussianModel
  {
    let model = try GaussianGenerator(estimator: estimator).fit(TrainingSet(rows: rows))
    return try #require(model as? GaussianModel)
  }

  @Test("The model has the sample mean and the sample covariance")
  func sampleMoments() throws {
    let rows = correlatedRows(50)
    let model = try fit(rows)
    #expect(largestDifference(model.mean, rows.columnMeans()) < 1e-12)
    #expect(largestDifference(model.covariance.elements, covariance(rows).elements) < 1e-12)
    #expect(abs(model.totalVariance - covariance(rows).trace) < 1e-12)
    let unbiased = try fit(rows, .unbiased)
    #expect(abs(unbiased.totalVariance - model.totalVariance * 50 / 49) < 1e-12)
  }

  @Test("Draws have the moments of the model, the covariance times the bias", arguments: [1, 0.5])
  func drawnMoments(bias: Double) throws {
    let model = try fit(correlatedRows(50))
    let n = 20_000
    let rows = model.draw(0..<n, latents: latents, sampling: Sampling(bias: bias)).rows
    let drawn = covariance(rows)
    let means = rows.columnMeans()
    for i in 0..<3 {
      let variance = bias * model.covariance[i, i]
      #expect(abs(means[i] - model.mean[i]) < 4 * (variance / Double(n)).squareRoot())
      for j in 0..<3 {
        let expected = bias * model.covariance[i, j]
        let spread = variance * bias * model.covariance[j, j] + expected * expected
        #expect(abs(drawn[i, j] - expected) < 4 * (spread / Double(n)).squareRoot())
      }
    }
  }

  @Test("The density integrates to 1, with bias and noise floor too")
  func integratesToOne() throws {
    let model = try fit(Matrix(rows: [[1], [2], [4], [8]]))
    let step = 0.01
    let grid = Matrix(
      rowCount: 10_000, columnCount: 1, elements: (0..<10_000).map { -46 + step * Double($0) })
    for (bias, floor) in [(1.0, 0.0), (0.3, 0.0), (1.0, 2.0), (0.0, 1.0)] {
      let density = try #require(
        model.logDensity(grid, sampling: Sampling(bias: bias), noiseFloor: floor))
      #expect(abs(density.reduce(0) { $0 + exp($1) } * step - 1) < 1e-9)
    }
  }

  @Test("The density is that of the textbook, also in the span of few samples with a noise floor")
  func textbookDensity() throws {
    let rows = normalRows(4, 6, seed: 8)
    let model = try fit(rows)
    let floor = 0.1
    let covariance = Matrix(
      rowCount: 6, columnCount: 6,
      elements: zip(model.covariance.elements, Matrix.identity(6).elements).map { $0 + floor * $1 })
    let factor = try covariance.cholesky()
    let points = normalRows(5, 6, seed: 9)
    let whitened = points.subtractingFromRows(model.mean)
      .times(transposeOf: try factor.lowerTriangularInverse())
    let constant = (0..<6).reduce(3 * log(2 * Double.pi)) { $0 + log(factor[$1, $1]) }
    let expected = whitened.squaredRowNorms().map { -0.5 * $0 - constant }
    let density = try #require(
      model.logDensity(points, sampling: Sampling(), noiseFloor: floor))
    #expect(largestDifference(density, expected) < 1e-10)
  }

  @Test("A sample has the same bits alone and in a batch, on one thread and on several")
  func samplesAreIndependent() throws {
    let model = try fit(normalRows(40, 60, seed: 3))
    let batch = model.draw(0..<300, latents: latents, sampling: Sampling()).rows
    for sample in [0, 31, 32, 150, 299] {
      let alone = model.draw(sample..<sample + 1, latents: latents, sampling: Sampling()).rows
      #expect(alone.elements == Array(batch.row(sample)))
    }
    let threads = Parallelism.threads
    defer { Parallelism.threads = threads }
    Parallelism.threads = 1
    #expect(model.draw(0..<300, latents: latents, sampling: Sampling()).rows == batch)
  }

  @Test("Too few samples and values that are not numbers are refused with what to do")
  func refusals() throws {
    #expect(throws: GeneratorError.tooFewSamples(generator: "gaussian", needed: 2, found: 1)) {
      try fit(Matrix(rows: [[1, 2]]))
    }
    #expect(throws: GeneratorError.notFinite(row: 1, column: 0)) {
      try fit(Matrix(rows: [[1], [.nan]]))
    }
    #expect(
      GeneratorError.tooFewSamples(generator: "gaussian", needed: 2, found: 1).description
        == "The generator gaussian needs at least 2 samples and was given 1. Add pictures or rows, "
        + "or lower the number of components.")
  }

  @Test("Identical samples make a model of one point")
  func identicalSamples() throws {
    let model = try fit(Matrix(rowCount: 5, columnCount: 3, repeating: 0.1))
    #expect(model.rank == 0)
    let rows = model.draw(0..<4, latents: latents, sampling: Sampling()).rows
    #expect(largestDifference(rows.elements, Array(repeating: 0.1, count: 12)) < 1e-15)
  }
}
