import Foundation
import LinearAlgebra
import Testing

@testable import Generators

@Suite("Expectation maximisation")
struct ExpectationMaximizationTests {
  private func totalCovariance(_ mixture: FullCovarianceMixture) -> [Double] {
    mixture.totalCovariance.elements
  }

  @Test("Responsibilities of a sample sum to 1 and the joint density is the textbook's")
  func responsibilities() throws {
    let mixture = FullCovarianceMixture(
      weights: [0.25, 0.75, 0], means: Matrix(rows: [[0], [2], [9]]),
      covariances: [Matrix(rows: [[1]]), Matrix(rows: [[0.25]]), Matrix(rows: [[1]])])
    let samples = Matrix(rows: [[0], [1], [2], [40]])
    let expected = try Responsibilities(of: samples, under: mixture)
    var sums = [0.0, 0, 0, 0]
    for entry in expected.entries.joined() { sums[entry.row] += entry.value }
    #expect(largestDifference(sums, [1, 1, 1, 1]) < 1e-15)
    #expect(expected.entries[2].isEmpty)
    let a = 0.25 * exp(-0.5)
    let b = 0.75 * exp(-2.0) / 0.5
    let second = try #require(expected.entries[0].first { $0.row == 1 })
    #expect(abs(second.value - a / (a + b)) < 1e-14)
  }

  @Test("A component far narrower than its distance from the origin keeps its likelihood")
  func narrowComponent() throws {
    let width = 1e-6
    let samples = normalRows(500, 3, seed: 2)
      .scalingColumns([width, width, width]).subtractingFromRows([-1, -1, -1])
    let mixture = FullCovarianceMixture(
      weights: [1], means: Matrix(rows: [[1, 1, 1]]),
      covariances: [.diagonal([width * width, width * width, width * width])])
    let near = try Responsibilities(of: samples, under: mixture).meanLogLikelihood
    let unit = FullCovarianceMixture(
      weights: [1], means: Matrix(rowCount: 1, columnCount: 3), covariances: [.identity(3)])
    let far = try Responsibilities(of: normalRows(500, 3, seed: 2), under: unit).meanLogLikelihood
    #expect(abs(near - (far - 3 * log(width))) < 1e-8)
  }

  @Test("Shrinkage towards the pooled covariance moves no variance in or out")
  func shrinkageConserves() throws {
    let samples = normalRows(200, 4, seed: 3)
    let labels = (0..<200).map { $0 < 7 ? 0 : 1 + $0 % 3 }
    for shrinkage in [0, 20.0] {
      let fit = try ExpectationMaximization(
        steps: 2, tolerance: -.infinity, floor: 0, shrinkage: shrinkage
      ).fit(samples, labels: labels, count: 4)
      #expect(largestDifference(totalCovariance(fit.mixture), covariance(samples).elements) < 1e-12)
    }
  }

  @Test("The floor is a maximum: it lifts what is below it and leaves the rest bit for bit")
  func floorIsAMaximum() throws {
    let covariance = Matrix(rows: [[2, 0.5], [0.5, 1]])
    #expect(try covariance.flooringEigenvalues(0.1) == covariance)
    let lifted = try Matrix.diagonal([4, 1e-12]).flooringEigenvalues(1e-3)
    #expect(largestDifference(lifted.elements, [4, 0, 0, 1e-3]) < 1e-15)
  }

  @Test("A component without samples keeps its place with weight 0 and is never revived")
  func starvedComponent() throws {
    let samples = normalRows(50, 2, seed: 4)
    let start = FullCovarianceMixture(
      weights: [0.5, 0.5], means: Matrix(rows: [[0, 0], [1000, 1000]]),
      covariances: [.identity(2), .identity(2)])
    let fit = try ExpectationMaximization(steps: 5, tolerance: -.infinity, floor: 1e-9)
      .fit(samples, from: start)
    #expect(fit.mixture.weights == [1, 0])
    #expect(Array(fit.mixture.means.row(1)) == [1000, 1000])
  }
}
