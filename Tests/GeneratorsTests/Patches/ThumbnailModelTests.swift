import Foundation
import LinearAlgebra
import Randomness
import Samples
import Testing

@testable import Generators

@Suite("Whole-picture model")
struct ThumbnailModelTests {
  static func model(
    _ rows: Matrix, components: Int, dimensions: Int = 400, rank: Int = 2, exponent: Double = 0.5
  ) throws -> ThumbnailModel {
    try ThumbnailModel.fit(
      RowSource(rows), dimensions: dimensions, residualExponent: exponent,
      settings: .init(components: components, rank: rank)
    ).model
  }

  static func groups(_ n: Int, _ dimension: Int, seed: UInt64 = 6) -> Matrix {
    PPCAMixtureTests.grouped(n, dimension, seed: seed)
      .subtractingFromRows((0..<dimension).map { -Double($0) })
  }

  static let samplings = [
    Sampling(), Sampling(bias: 0.7), Sampling(bias: 0.7, biasScope: .global),
  ]

  @Test("In one dimension the density integrates to 1", arguments: samplings)
  func oneDimension(sampling: Sampling) throws {
    let model = try Self.model(Self.groups(60, 1), components: 5)
    let step = 0.002
    let grid = (-10_000..<10_000).map { Double($0) * step }
    let rows = Matrix(rowCount: grid.count, columnCount: 1, elements: grid)
    let logDensity = try #require(model.logDensity(rows, sampling: sampling, noiseFloor: 0))
    #expect(abs(logDensity.reduce(0) { $0 + exp($1) } * step - 1) < 1e-9)
  }

  @Test(
    "In two dimensions it does, with two components or one and noise outside",
    arguments: samplings, [1, 2])
  func twoDimensions(sampling: Sampling, dimensions: Int) throws {
    let model = try Self.model(
      Self.groups(60, 2), components: 4, dimensions: dimensions, rank: 1)
    #expect(model.principal.count == dimensions)
    for noiseFloor in [0, 0.3] {
      let step = 0.05
      let axis = (-400..<400).map { Double($0) * step }
      let rows = Matrix(rows: axis.flatMap { x in axis.map { [x, $0] } })
      let logDensity = try #require(
        model.logDensity(rows, sampling: sampling, noiseFloor: noiseFloor))
      #expect(abs(logDensity.reduce(0) { $0 + exp($1) } * step * step - 1) < 1e-6)
    }
  }

  @Test(
    "The density is that of the dense covariances: Jacobian, complement, bias and noise included",
    arguments: samplings, [0.0, 0.05])
  func dense(sampling: Sampling, noiseFloor: Double) throws {
    let rows = Self.groups(80, 9)
    for (dimensions, exponent) in [(400, 0.0), (400, 0.5), (5, 0.5), (5, 1)] {
      let model = try Self.model(
        rows, components: 6, dimensions: dimensions, rank: 3, exponent: exponent)
      let expected = try DenseLaw(model, sampling: sampling, noiseFloor: noiseFloor)
        .logDensity(rows)
      let found = try #require(
        model.logDensity(rows, sampling: sampling, noiseFloor: noiseFloor))
      for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-9 * max(1, abs(b))) }
    }
  }

  @Test("Drawn samples have the moments that the density says", arguments: samplings)
  func moments(sampling: Sampling) throws {
    let model = try Self.model(Self.groups(100, 7), components: 5, dimensions: 4)
    let n = 20_000
    let latents = Latents(seed: 5, purpose: "draw", generation: 1)
    let rows = model.draw(0..<n, latents: latents, sampling: sampling).rows
    let law = DenseLaw(model, sampling: sampling)
    let (mean, covariance) = (law.mean, law.covariance)
    let centred = rows.subtractingFromRows(mean)
    let found = centred.columnMeans()
    for i in 0..<7 {
      #expect(abs(found[i]) < 4.5 * (covariance[i, i] / Double(n)).squareRoot())
      for j in 0...i {
        // The standard error of a second moment from the spread of the products themselves.
        let products = (0..<n).map { centred[$0, i] * centred[$0, j] }
        let moment = products.reduce(0, +) / Double(n)
        let spread = products.reduce(0) { $0 + ($1 - moment) * ($1 - moment) } / Double(n)
        #expect(abs(moment - covariance[i, j]) < 4.5 * (spread / Double(n)).squareRoot())
      }
    }
    // The mean log-density of draws is minus the entropy; of the components' shares, the weights.
    let drawn = model.draw(0..<n, latents: latents, sampling: sampling).components
    for (k, weight) in model.mixture.weights.enumerated() {
      let share = Double(drawn.count { $0 == k }) / Double(n)
      #expect(abs(share - weight) < 4.5 * (weight * (1 - weight) / Double(n)).squareRoot())
    }
  }

  @Test("The total variance is the trace of the dense covariance")
  func totalVariance() throws {
    for dimensions in [3, 400] {
      let model = try Self.model(Self.groups(90, 8), components: 6, dimensions: dimensions)
      let trace = DenseLaw(model).covariance.trace
      #expect(abs(model.totalVariance - trace) < 1e-10 * trace)
    }
  }

  @Test("With white residual noise the model has the samples' mean and trace")
  func conservation() throws {
    let rows = Self.groups(120, 10)
    let trace = PrincipalComponentsTests.trace(rows)
    for (components, dimensions) in [(1, 400), (7, 400), (7, 4)] {
      let model = try Self.model(
        rows, components: components, dimensions: dimensions, exponent: 0)
      #expect(abs(model.totalVariance - trace) < 1e-9 * trace)
      for (a, b) in zip(DenseLaw(model).mean, rows.columnMeans()) { #expect(abs(a - b) < 1e-10) }
    }
  }

  @Test("A matched model draws the same law, its components beside those they come from")
  func matching() throws {
    let first = try Self.model(Self.groups(160, 8), components: 6, dimensions: 5)
    let latents = Latents(seed: 2, purpose: "draw", generation: 0)
    let drawn = first.draw(0..<400, latents: latents, sampling: Sampling()).rows
    let second = try Self.model(drawn, components: 6, dimensions: 5)
    let matched = second.matched(to: first)
    let a = try #require(second.logDensity(drawn, sampling: Sampling(), noiseFloor: 0))
    let b = try #require(matched.logDensity(drawn, sampling: Sampling(), noiseFloor: 0))
    for (a, b) in zip(a, b) { #expect(abs(a - b) < 1e-9 * max(1, abs(a))) }
    #expect(matched.mixture.weights.sorted() == second.mixture.weights.sorted())
    #expect(matched.matched(to: first).mixture.weights == matched.mixture.weights)
    // A model whose components were shuffled and whose factors were mirrored finds itself.
    let shuffled = ThumbnailModel(
      principal: first.principal, scales: first.scales,
      mixture: PPCAMixture(
        weights: first.mixture.weights, means: first.mixture.means,
        factors: first.mixture.factors.scaled(by: -1),
        residualVariances: first.mixture.residualVariances
      ).reordered([3, 1, 5, 0, 4, 2]))
    let restored = shuffled.matched(to: first).mixture
    #expect(restored.means == first.mixture.means)
    for (a, b) in zip(restored.factors.elements, first.mixture.factors.elements) {
      #expect(abs(a - b) < 1e-9)
    }
  }

  @Test("Models with more or fewer components than the previous one can be matched")
  func matchingOtherCounts() throws {
    let rows = Self.groups(160, 8)
    let few = try Self.model(rows, components: 4)
    let many = try Self.model(rows, components: 9)
    for (model, previous) in [(few, many), (many, few)] {
      let matched = model.matched(to: previous)
      #expect(matched.mixture.weights.sorted() == model.mixture.weights.sorted())
      #expect(abs(matched.totalVariance - model.totalVariance) < 1e-10 * model.totalVariance)
    }
  }

  @Test("A warm start continues the previous mixture: its likelihood does not start from nothing")
  func warmStart() throws {
    let rows = Self.groups(300, 8)
    let settings = PPCAMixture.Settings(components: 6, rank: 2)
    let cold = try ThumbnailModel.fit(
      RowSource(rows), dimensions: 6, residualExponent: 0.5, settings: settings)
    let again = try ThumbnailModel.fit(
      RowSource(rows), dimensions: 6, residualExponent: 0.5, settings: settings,
      previous: cold.model)
    // On the same samples the principal components agree, so EM goes on where it stopped.
    let last = try #require(cold.logLikelihoods.last)
    let first = try #require(again.logLikelihoods.first)
    #expect(first > last - 1e-6)
    // In other components it still begins near.
    let other = try ThumbnailModel.fit(
      RowSource(Self.groups(300, 8, seed: 7)), dimensions: 5, residualExponent: 0.5,
      settings: settings,
      previous: cold.model)
    #expect(other.model.mixture.weights.count == 6)
    #expect(other.logLikelihoods.allSatisfy { $0.isFinite })
  }
}
