import Foundation
import LinearAlgebra
import Testing

@testable import Metrics

@Suite("The discrepancy between directions")
struct UnitRowDiscrepancyTests {
  /// Two sets of 60 and 50 rows, those of the second stretched by `factor` and all moved by `shift`.
  private static func sets(shift: Double, factor: Double) -> (Matrix, Matrix) {
    func moved(_ samples: Matrix, _ factor: Double) -> Matrix {
      Matrix(
        rowCount: samples.rowCount, columnCount: samples.columnCount,
        elements: samples.elements.map { factor * ($0 + shift) })
    }
    return (
      moved(normalSamples(60, 6, seed: 21), 1),
      moved(normalSamples(50, 6, seed: 22, scale: 0.5), factor)
    )
  }

  /// By the definition: rows of norm 1 first, then every pair.
  private static func direct(_ first: Matrix, _ second: Matrix) -> Double {
    func units(_ set: Matrix) -> [[Double]] {
      (0..<set.rowCount).map { row in
        let norm = set.row(row).reduce(0) { $0 + $1 * $1 }.squareRoot()
        return set.row(row).map { norm > 0 ? $0 / norm : 0 }
      }
    }
    func mean(_ a: [[Double]], _ b: [[Double]]) -> Double {
      var sum = 0.0
      for x in a {
        for y in b {
          sum += expm1(-zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 200)
        }
      }
      return sum / Double(a.count * b.count)
    }
    let (x, y) = (units(first), units(second))
    return 1000 * (mean(x, x) + mean(y, y) - 2 * mean(x, y))
  }

  @Test(
    "It is that of rows of norm 1, wherever rows lie and however long they are",
    arguments: [0.0, 3, 100, 1e4], [0x1p-20, 0.02, 1, 5, 0x1p20])
  func directions(shift: Double, factor: Double) throws {
    let (real, generated) = Self.sets(shift: shift, factor: factor)
    let expected = Self.direct(real, generated)
    let found = try unitRowDiscrepancy(real: real, generated: generated).value
    // Means over pairs of directions so near each other lose digits in the direct sums, too.
    let spread = max(1, shift)
    #expect(abs(found - expected) <= 1e-9 * expected + 1e-12 / (spread * spread))
  }

  @Test("A row of zeros has no direction and stays where it is")
  func zeros() throws {
    let (real, generated) = Self.sets(shift: 1, factor: 1)
    let withZeros = generated.appendingRows(of: Matrix(rowCount: 3, columnCount: 6))
    let found = try unitRowDiscrepancy(real: real, generated: withZeros).value
    #expect(abs(found - Self.direct(real, withZeros)) <= 1e-9 * found)
  }

  @Test("Sets of the same directions do not differ")
  func sameDirections() throws {
    let real = normalSamples(80, 5, seed: 23)
    #expect(try unitRowDiscrepancy(real: real, generated: real).value == 0)
    let stretched = Matrix(
      rowCount: 80, columnCount: 5, elements: real.elements.map { 8 * $0 })
    #expect(abs(try unitRowDiscrepancy(real: real, generated: stretched).value) < 1e-11)
  }
}
