import LinearAlgebra
import Randomness

/// A matrix of standard normal numbers that the seed decides.
func randomMatrix(_ rowCount: Int, _ columnCount: Int, seed: UInt64 = 1) -> Matrix {
  var stream = RandomStream(
    seed: seed, purpose: "test", generation: rowCount, sample: columnCount)
  return Matrix(
    rowCount: rowCount, columnCount: columnCount, elements: stream.normals(rowCount * columnCount))
}

extension Matrix {
  /// The largest absolute difference from a matrix of the same shape; infinite for other shapes.
  func distance(to other: Matrix) -> Double {
    guard rowCount == other.rowCount, columnCount == other.columnCount else { return .infinity }
    return zip(elements, other.elements).map { abs($0 - $1) }.max() ?? 0
  }

  /// The product by the definition, one entry after another.
  func naiveProduct(_ other: Matrix) -> Matrix {
    var product = Matrix(rowCount: rowCount, columnCount: other.columnCount)
    for row in 0..<rowCount {
      for column in 0..<other.columnCount {
        var sum = 0.0
        for k in 0..<columnCount { sum += self[row, k] * other[k, column] }
        product[row, column] = sum
      }
    }
    return product
  }

  /// The transpose by the definition.
  var naiveTranspose: Matrix {
    var transpose = Matrix(rowCount: columnCount, columnCount: rowCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount { transpose[column, row] = self[row, column] }
    }
    return transpose
  }
}
