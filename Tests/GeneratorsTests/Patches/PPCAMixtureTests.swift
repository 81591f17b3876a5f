import Foundation
import LinearAlgebra
import Randomness
import Testing

@testable import Generators

@Suite("Mixture of probabilistic PCA")
struct PPCAMixtureTests {
  /// Rows of mean 0 from a few groups of different shape.
  static func grouped(_ n: Int, _ d: Int, seed: UInt64 = 2) -> Matrix {
    var stream = RandomStream(seed: seed, purpose: "test")
    var rows = Matrix(rowCount: n, columnCount: d, elements: stream.normals(n * d))
    for row in 0..<n {
      let group = row % 4
      for j in 0..<d {
        rows[row, j] = rows[row, j] * (j == group ? 2 : 0.5) + (j % 4 == group ? 3 : 0)
      }
    }
    return rows.subtractingFromRows(rows.columnMeans())
  }

  private static func trace(_ rows: Matrix) -> Double {
    rows.squaredRowNorms().reduce(0, +) / Double(rows.rowCount)
  }

  private static func ones(_ d: Int) -> [Double] { Array(repeating: 1, count: d) }

  @Test("One component has the samples' mean and trace, and their leading spectrum")
  func oneComponent() throws {
    let rows = Self.grouped(200, 9)
    var settings = PPCAMixture.Settings(components: 1, rank: 3)
    settings.pseudoCounts = 0
    settings.floor = 0
    let mixture = try PPCAMixture.fit(rows, settings: settings).mixture
    #expect(mixture.weights == [1])
    for value in mixture.mean { #expect(abs(value) < 1e-10) }
    let trace = Self.trace(rows)
    #expect(
      abs(mixture.totalVariance(coordinateFactors: Self.ones(9)) - trace) < 1e-10 * trace)
    let eigen = try rows.gram().scaled(by: 1 / 200).symmetricEigen()
    for j in 0..<3 {
      let variance = mixture.factors.squaredRowNorms()[j] + mixture.residualVariances[0]
      #expect(abs(variance - eigen.values[j]) < 1e-10)
    }
    #expect(abs(mixture.residualVariances[0] - eigen.values[3...].reduce(0, +) / 6) < 1e-10)
  }

  @Test(
    "Mean and trace are kept after any number of steps, with pooled spectra and dropped shares",
    arguments: [1, 4, 12], [0, 5.0])
  func conservation(components: Int, pseudoCounts: Double) throws {
    let rows = Self.grouped(160, 12)
    let trace = Self.trace(rows)
    for steps in 0..<4 {
      var settings = PPCAMixture.Settings(components: components, rank: 3)
      settings.steps = steps
      settings.tolerance = -.infinity
      settings.pseudoCounts = pseudoCounts
      settings.floor = 0
      let mixture = try PPCAMixture.fit(rows, settings: settings).mixture
      for value in mixture.mean { #expect(abs(value) < 1e-10) }
      let total = mixture.totalVariance(coordinateFactors: Self.ones(12))
      #expect(abs(total - trace) < 1e-9 * trace)
    }
  }

  @Test("EM never lowers the likelihood without pooling, threshold and floor", arguments: 1...5)
  func monotone(seed: Int) throws {
    var settings = PPCAMixture.Settings(components: 6, rank: 2)
    settings.steps = 25
    settings.tolerance = -.infinity
    settings.pseudoCounts = 0
    settings.threshold = 0
    settings.floor = 0
    let fit = try PPCAMixture.fit(Self.grouped(300, 8, seed: UInt64(seed)), settings: settings)
    #expect(fit.logLikelihoods.count == 25)
    for (before, after) in zip(fit.logLikelihoods, fit.logLikelihoods.dropFirst()) {
      #expect(after >= before - 1e-10)
    }
    #expect(fit.logLikelihoods[24] > fit.logLikelihoods[0])
  }

  @Test("Fitting stops when a step gains less than the tolerance")
  func stops() throws {
    var settings = PPCAMixture.Settings(components: 3, rank: 2)
    settings.steps = 200
    let rows = Self.grouped(300, 8)
    let gains = try PPCAMixture.fit(rows, settings: settings).logLikelihoods
    #expect(gains.count < 200)
    #expect(gains[gains.count - 1] - gains[gains.count - 2] < 1e-3 * 8)
  }

  @Test(
    "The shares of every sample sum to 1, with and without dropping", arguments: [0, 1e-3, 0.9])
  func shares(threshold: Double) throws {
    let rows = Self.grouped(150, 6)
    var settings = PPCAMixture.Settings(components: 7, rank: 2)
    settings.steps = 1
    let mixture = try PPCAMixture.fit(rows, settings: settings).mixture
    let shares = PPCAMixture.Shares(of: rows, under: mixture, threshold: threshold)
    var sums = [Double](repeating: 0, count: 150)
    for members in shares.members {
      #expect(members.rows == members.rows.sorted())
      for (row, share) in zip(members.rows, members.shares) {
        sums[row] += share
        #expect(share >= min(threshold, 1) || share == 1)
      }
    }
    for sum in sums { #expect(abs(sum - 1) < 1e-12) }
  }

  @Test("The residual variance is raised to the floor, not added to it")
  func floor() throws {
    let rows = Self.grouped(120, 6)
    var settings = PPCAMixture.Settings(components: 5, rank: 2)
    settings.floor = 1e-6
    let free = try PPCAMixture.fit(rows, settings: settings).mixture
    settings.floor = 1e-4
    // No component reaches either floor, so they leave no trace at all.
    #expect(try PPCAMixture.fit(rows, settings: settings).mixture == free)
    settings.floor = 10
    let raised = try PPCAMixture.fit(rows, settings: settings).mixture
    let floor = 10 * Self.trace(rows) / 6
    #expect(raised.residualVariances.allSatisfy { $0 == floor })
  }

  @Test("Components without samples stay, with almost no weight and a finite law")
  func starved() throws {
    let rows = Matrix(rows: (0..<60).map { [Double($0 % 2) - 0.5, 0.25 * Double($0 % 2), 0] })
    let fit = try PPCAMixture.fit(rows, settings: .init(components: 6, rank: 2))
    #expect(fit.mixture.count == 6)
    #expect(fit.mixture.weights.count { $0 > 0.1 } == 2)
    #expect(abs(fit.mixture.weights.reduce(0, +) - 1) < 1e-12)
    let least = fit.mixture.weights.min() ?? 0
    #expect(least > 0)
    #expect(fit.logLikelihoods.allSatisfy { $0.isFinite })
    #expect(fit.mixture.factors.elements.allSatisfy { $0.isFinite })
  }

  @Test("Samples in a temporary file give the bits of the same samples in memory")
  func fromFile() throws {
    let rows = Self.grouped(900, 12)
    var writer = RowWriter(expecting: 900, columnCount: 12, leastFileBytes: 0)
    for block in [0..<500, 500..<900] { writer.append(rows.rows(block)) }
    let settings = PPCAMixture.Settings(components: 9, rank: 2)
    let fit = try PPCAMixture.fit(rows, settings: settings)
    let fromFile = try PPCAMixture.fit(writer.finish(), settings: settings)
    #expect(fromFile.mixture == fit.mixture)
    #expect(fromFile.logLikelihoods == fit.logLikelihoods)
  }
}
