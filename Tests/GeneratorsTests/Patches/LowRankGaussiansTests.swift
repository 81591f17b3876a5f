import Foundation
import LinearAlgebra
import Randomness
import Testing

@testable import Generators

@Suite("Gaussians of low rank plus a diagonal")
struct LowRankGaussiansTests {
  private static func parts(
    _ count: Int, _ d: Int, _ q: Int
  ) -> (weights: [Double], means: Matrix, factors: Matrix, rows: Matrix) {
    var stream = RandomStream(seed: 8, purpose: "test")
    let raw = (0..<count).map { _ in stream.uniform() }
    return (
      raw.map { $0 / raw.reduce(0, +) },
      Matrix(rowCount: count, columnCount: d, elements: stream.normals(count * d)),
      Matrix(rowCount: count * q, columnCount: d, elements: stream.normals(count * q * d)),
      Matrix(rowCount: 300, columnCount: d, elements: stream.normals(300 * d).map { 2 * $0 })
    )
  }

  private static func expectDense(
    _ logJoint: Matrix, _ p: (weights: [Double], means: Matrix, factors: Matrix, rows: Matrix),
    diagonal: (Int) -> [Double]
  ) throws {
    let q = p.factors.rowCount / p.weights.count
    for k in p.weights.indices {
      let covariance = p.factors.rows(k * q..<(k + 1) * q).gram().addingToDiagonal(diagonal(k))
      let factor = try covariance.cholesky()
      let whitened = p.rows.subtractingFromRows(Array(p.means.row(k)))
        .times(transposeOf: try factor.lowerTriangularInverse())
      for (row, square) in whitened.squaredRowNorms().enumerated() {
        var expected =
          log(p.weights[k]) - 0.5 * (square + Double(p.rows.columnCount) * log(2 * Double.pi))
        for j in 0..<factor.rowCount { expected -= log(factor[j, j]) }
        #expect(abs(logJoint[row, k] - expected) < 1e-9 * max(1, abs(expected)))
      }
    }
  }

  @Test(
    "The fast log-density equals the dense one by Cholesky",
    arguments: [(1, 1, 0), (3, 2, 1), (4, 7, 3), (5, 30, 6), (2, 5, 5)], [1e-3, 1])
  func isotropic(shape: (Int, Int, Int), variance: Double) throws {
    let p = Self.parts(shape.0, shape.1, shape.2)
    let variances = (0..<shape.0).map { variance * Double(1 + $0) }
    let fast = LowRankGaussians(
      weights: p.weights, means: p.means, factors: p.factors, noise: .isotropic(variances))
    try Self.expectDense(fast.logJoint(p.rows), p) {
      Array(repeating: variances[$0], count: shape.1)
    }
  }

  @Test("So it does for a diagonal of different variances", arguments: [(1, 3, 0), (4, 9, 4)])
  func diagonal(shape: (Int, Int, Int)) throws {
    let p = Self.parts(shape.0, shape.1, shape.2)
    var noise = Matrix(rowCount: shape.0, columnCount: shape.1)
    for index in noise.elements.indices { noise.elements[index] = 0.01 * Double(1 + index % 17) }
    let fast = LowRankGaussians(
      weights: p.weights, means: p.means, factors: p.factors, noise: .diagonal(noise))
    try Self.expectDense(fast.logJoint(p.rows), p) { Array(noise.row($0)) }
  }
}
