import Foundation
import LinearAlgebra
import Randomness
import Testing

@testable import Generators

@Suite("Principal components")
struct PrincipalComponentsTests {
  /// Samples whose variance along coordinate `j` falls like `1/(1 + j)²`, rotated by a product.
  static func samples(_ n: Int, _ dimension: Int, seed: UInt64 = 1) -> Matrix {
    var stream = RandomStream(seed: seed, purpose: "test")
    let scales = (0..<dimension).map { 1 / Double(1 + $0) }
    let raw = Matrix(rowCount: n, columnCount: dimension, elements: stream.normals(n * dimension))
      .scalingColumns(scales)
    let mixing = Matrix(
      rowCount: dimension, columnCount: dimension, elements: stream.normals(dimension * dimension))
    return raw.times(mixing).subtractingFromRows((0..<dimension).map { Double($0) })
  }

  static func trace(_ rows: Matrix) -> Double {
    rows.subtractingFromRows(rows.columnMeans()).squaredRowNorms().reduce(0, +)
      / Double(rows.rowCount)
  }

  static func deviationFromIdentity(_ matrix: Matrix) -> Double {
    var largest = 0.0
    for row in 0..<matrix.rowCount {
      for column in 0..<matrix.columnCount {
        largest = max(largest, abs(matrix[row, column] - (row == column ? 1 : 0)))
      }
    }
    return largest
  }

  @Test(
    "Components are orthonormal, their variances are the samples', and the trace is kept",
    arguments: [
      (30, 50, 10), (50, 30, 10), (30, 50, 400), (60, 20, 400), (80, 100, 5), (150, 90, 4),
    ])
  func keepsTheTrace(n: Int, dimension: Int, wanted: Int) throws {
    let rows = Self.samples(n, dimension)
    let (model, coordinates) = try PrincipalComponents.fit(rows, dimensions: wanted)
    #expect(model.count == min(wanted, n - 1, dimension))
    #expect(Self.deviationFromIdentity(model.components.outerGram()) < 1e-11)
    let trace = Self.trace(rows)
    #expect(abs(model.totalVariance - trace) < 1e-11 * trace)
    let projected = model.project(rows)
    for (a, b) in zip(projected.elements, coordinates.elements) {
      #expect(abs(a - b) < 1e-9 * trace.squareRoot())
    }
    let gram = coordinates.gram()
    for i in 0..<model.count {
      #expect(abs(gram[i, i] / Double(n) - model.eigenvalues[i]) < 1e-11 * trace)
      for j in 0..<i { #expect(abs(gram[i, j]) / Double(n) < 1e-11 * trace) }
    }
    #expect(model.eigenvalues == model.eigenvalues.sorted(by: >))
  }

  @Test("All components kept reconstruct the samples exactly", arguments: [(12, 40), (40, 12)])
  func reconstructs(n: Int, dimension: Int) throws {
    let rows = Self.samples(n, dimension)
    let (model, coordinates) = try PrincipalComponents.fit(rows, dimensions: 400)
    #expect(model.residualVariance < 1e-12)
    for (a, b) in zip(model.reconstruct(coordinates).elements, rows.elements) {
      #expect(abs(a - b) < 1e-10)
    }
  }

  @Test("Both sides of the eigenproblem give the spectrum of the covariance")
  func bothSides() throws {
    let wide = Self.samples(40, 41)
    let tall = wide.appendingRows(of: wide)
    let (a, _) = try PrincipalComponents.fit(wide, dimensions: 20)
    let (b, _) = try PrincipalComponents.fit(tall, dimensions: 20)
    let exact = try StreamingMoments(of: wide).covariance(ddof: 0).symmetricEigen(largest: 20)
    for j in 0..<20 {
      #expect(abs(a.eigenvalues[j] - exact.values[j]) < 1e-11 * exact.values[0])
      #expect(abs(b.eigenvalues[j] - exact.values[j]) < 1e-11 * exact.values[0])
    }
  }

  @Test(
    "Subspace iteration finds the leading spectrum of a large problem on either side",
    arguments: [(120, 200), (200, 120), (500, 140)])
  func iterates(n: Int, dimension: Int) throws {
    let rows = Self.samples(n, dimension)
    let wanted = 6
    #expect(min(n, dimension) > 3 * SubspaceIteration.width(count: wanted, order: dimension))
    let (model, _) = try PrincipalComponents.fit(rows, dimensions: wanted)
    let exact = try StreamingMoments(of: rows).covariance(ddof: 0).symmetricEigen(largest: wanted)
    for j in 0..<wanted {
      // Never above the exact one (Courant and Fischer), and close below.
      #expect(model.eigenvalues[j] <= exact.values[j] * (1 + 1e-12))
      #expect(model.eigenvalues[j] > exact.values[j] * (1 - 1e-4))
    }
    #expect(abs(model.totalVariance - Self.trace(rows)) < 1e-11 * Self.trace(rows))
  }

  @Test("Samples that span few dimensions have few components")
  func lowRank() throws {
    let flat = Self.samples(30, 3)
    var stream = RandomStream(seed: 4, purpose: "test")
    let rows = flat.times(Matrix(rowCount: 3, columnCount: 50, elements: stream.normals(150)))
    let (model, _) = try PrincipalComponents.fit(rows, dimensions: 400)
    #expect(model.count == 3)
    #expect(model.residualVariance < 1e-12)
  }

  @Test("Identical samples have no component, even where their mean is rounded")
  func identical() throws {
    for n in [1, 2, 7, 300] {
      let rows = Matrix(
        rowCount: n, columnCount: 3, elements: (0..<n).flatMap { _ in [0.1, 7.3, -2] })
      let (model, coordinates) = try PrincipalComponents.fit(rows, dimensions: 10)
      #expect(model.count == 0)
      #expect(model.residualVariance == 0)
      #expect(coordinates.rowCount == n && coordinates.columnCount == 0)
    }
  }

  @Test("A value that is not finite is named")
  func notFinite() {
    var rows = Self.samples(5, 4)
    rows[3, 2] = .nan
    #expect(throws: LinearAlgebraError.notFinite(row: 3, column: 2)) {
      try PrincipalComponents.fit(rows, dimensions: 2)
    }
  }

  @Test("Samples that come in blocks have the components of their covariance")
  func streamed() throws {
    let (n, d) = (70_000, 64)
    var stream = RandomStream(seed: 8, purpose: "test")
    let scales = (0..<d).map { 1 / Double(1 + $0) }
    let rows = Matrix(rowCount: n, columnCount: d, elements: stream.normals(n * d))
      .scalingColumns(scales).subtractingFromRows(Array(repeating: -30, count: d))
    let source = RowSource(rowCount: n, columnCount: d) { rows.rows($0) }
    #expect(source.blocks.count > 1)
    let (model, coordinates) = try PrincipalComponents.fit(source, dimensions: 10)
    let covariance = StreamingMoments(of: rows).covariance(ddof: 0)
    let exact = try covariance.symmetricEigen(largest: 10)
    for (value, expected) in zip(model.eigenvalues, exact.values) {
      #expect(abs(value / expected - 1) < 1e-9)
    }
    #expect(abs(model.totalVariance / covariance.trace - 1) < 1e-10)
    let overlap = model.components.times(transposeOf: exact.vectors)
    for k in 0..<10 { #expect(abs(abs(overlap[k, k]) - 1) < 1e-6) }
    #expect(coordinates == model.project(rows))
    #expect(try PrincipalComponents.model(source, dimensions: 10) == model)
  }
}
