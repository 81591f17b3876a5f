import Foundation
import LinearAlgebra
import Testing

@testable import Generators

@Suite("Single precision with a guard")
struct GuardedDensitiesTests {
  /// The number of coordinates.
  private static let dimension = 24

  /// A mixture whose first two components have a certain deviation, in oblique directions, side by side
  /// a unit away from the origin; the third has the whole mixture's.
  private static func mixture(_ deviation: Double) -> FullCovarianceMixture {
    let d = dimension
    // A product of reflections: as oblique as it gets.
    let directions = (0..<3).reduce(Matrix.identity(d)) { rotation, seed in
      let axis = normalRows(1, d, seed: UInt64(seed))
      let norm = axis.squaredRowNorms()[0]
      return rotation.times(
        Matrix.identity(d).adding(-2 / norm, times: axis.transposedTimes(axis)))
    }
    func covariance(_ factor: Double) -> Matrix {
      let variances = (0..<d).map { index in
        let scale = deviation * factor * (1 + Double(index % 5))
        return scale * scale
      }
      return directions.transposedTimes(Matrix.diagonal(variances).times(directions))
        .symmetrized()
    }
    var means = Matrix(rowCount: 3, columnCount: d)
    for j in 0..<d {
      means[0, j] = j % 2 == 0 ? 1 : -1
      means[1, j] = means[0, j] + 0.3 * deviation
    }
    return FullCovarianceMixture(
      weights: [0.2, 0.2, 0.6], means: means,
      covariances: [covariance(1), covariance(1.2), .identity(d)])
  }

  /// Samples of the three components.
  private static func samples(of mixture: FullCovarianceMixture) throws -> Matrix {
    var samples = Matrix(rowCount: 0, columnCount: dimension)
    for k in 0..<3 {
      let root = try mixture.covariances[k].symmetricSquareRoot()
      samples = samples.appendingRows(
        of: normalRows(300, dimension, seed: UInt64(10 + k)).times(root)
          .subtractingFromRows(mixture.means.row(k).map { -$0 }))
    }
    return samples
  }

  /// The shares of all samples in all components.
  private static func shares(_ logJoint: Matrix) -> [Double] {
    (0..<logJoint.rowCount).flatMap { row in
      let sum = logSumExp(logJoint.row(row))
      return logJoint.row(row).map { exp($0 - sum) }
    }
  }

  @Test(
    "Shares of samples are those of double precision, however narrow the components are",
    arguments: [0.3, 0.1, 0.06, 0.04, 1e-2, 1e-4, 3e-5, 1e-6])
  func shares(deviation: Double) throws {
    let mixture = Self.mixture(deviation)
    let samples = try Self.samples(of: mixture)
    let exact = Self.shares(try ComponentDensities<Double>(mixture)(samples))
    // Many samples are shared: there is something to be wrong about.
    #expect(exact.count { $0 > 0.05 && $0 < 0.95 } > 200)
    let guarded = Self.shares(try GuardedDensities(mixture)(samples))
    #expect(largestDifference(guarded, exact) < 1e-3)
    let entries = try Responsibilities(of: samples, under: mixture, precision: .single).entries
    for (k, entries) in entries.enumerated() {
      #expect(entries.allSatisfy { abs($0.value - exact[3 * $0.row + k]) < 1e-3 })
    }
  }

  @Test("Without the guard the shares of narrow components are wrong")
  func unguarded() throws {
    let mixture = Self.mixture(1e-6)
    let samples = try Self.samples(of: mixture)
    let exact = Self.shares(try ComponentDensities<Double>(mixture)(samples))
    let single = Self.shares(try ComponentDensities<Float>(mixture)(FloatMatrix(samples)))
    #expect(largestDifference(single, exact) > 1e-2)
  }

  @Test("Components above a twentieth of the mixture's deviation are scored in single precision")
  func wide() throws {
    let mixture = Self.mixture(0.1)
    let samples = try Self.samples(of: mixture)
    let guarded = try GuardedDensities(mixture)
    #expect(guarded.narrow == [])
    let single = try ComponentDensities<Float>(mixture)(FloatMatrix(samples))
    #expect(guarded(samples) == single)
    #expect(guarded(FloatMatrix(samples)) == single)
  }

  @Test(
    "Narrower ones are scored in double precision, bit for bit, and the others beside them are not")
  func narrow() throws {
    let mixture = Self.mixture(0.015)
    let samples = try Self.samples(of: mixture)
    let guarded = try GuardedDensities(mixture)
    #expect(guarded.narrow == [0, 1])
    let densities = guarded(samples)
    let exact = try ComponentDensities<Double>(mixture)(samples)
    let single = try ComponentDensities<Float>(mixture)(FloatMatrix(samples))
    for row in 0..<samples.rowCount {
      #expect(Array(densities.row(row).prefix(2)) == Array(exact.row(row).prefix(2)))
      #expect(densities[row, 2] == single[row, 2])
    }
  }

  @Test("What is narrow is measured in the mixture's own deviations, coordinate by coordinate")
  func scales() throws {
    let mixture = Self.mixture(0.015)
    let scales = (0..<Self.dimension).map { pow(10, Double($0 % 7) - 3) }
    for deviation in [0.015, 0.1] {
      let mixture = Self.mixture(deviation)
      let scaled = FullCovarianceMixture(
        weights: mixture.weights, means: mixture.means.scalingColumns(scales),
        covariances: mixture.covariances.map { $0.scalingRows(scales).scalingColumns(scales) })
      #expect(
        try GuardedDensities(scaled).narrow == GuardedDensities(mixture).narrow)
    }
    // A component without samples has no say.
    let starved = FullCovarianceMixture(
      weights: [0.4, 0, 0.6], means: mixture.means, covariances: mixture.covariances)
    #expect(try GuardedDensities(starved).narrow == [0])
  }
}
