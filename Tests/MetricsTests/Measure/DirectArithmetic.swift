import LinearAlgebra

/// A sum that keeps what additions lose (Neumaier).
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  mutating func add(_ term: Double) {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  var value: Double { sum + lost }
}

/// Singular values by one-sided rotations: slow, and right to the last digits also of the smallest.
enum JacobiRotations {
  static func singularValues(_ rows: [[Double]]) -> [Double] {
    // The fewer vectors are made orthogonal to each other.
    var vectors = rows
    if let width = rows.first?.count, width < rows.count {
      vectors = (0..<width).map { column in rows.map { $0[column] } }
    }
    for _ in 0..<60 {
      var isDone = true
      for i in vectors.indices {
        for j in 0..<i {
          let product = zip(vectors[i], vectors[j]).reduce(0) { $0 + $1.0 * $1.1 }
          let (a, b) = (vectors[i].squaredNorm, vectors[j].squaredNorm)
          guard abs(product) > 1e-15 * (a * b).squareRoot() else { continue }
          isDone = false
          let ratio = (b - a) / (2 * product)
          let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (1 + ratio * ratio).squareRoot())
          let cosine = 1 / (1 + tangent * tangent).squareRoot()
          let sine = cosine * tangent
          for index in vectors[i].indices {
            let (x, y) = (vectors[i][index], vectors[j][index])
            vectors[i][index] = cosine * x - sine * y
            vectors[j][index] = sine * x + cosine * y
          }
        }
      }
      if isDone { break }
    }
    return vectors.map { $0.squaredNorm.squareRoot() }
  }
}

extension [Double] {
  var squaredNorm: Double { reduce(0) { $0 + $1 * $1 } }
}

extension Matrix {
  var rowsAsArrays: [[Double]] { (0..<rowCount).map { Array(row($0)) } }

  /// The column means, by sums that lose nothing.
  var directMean: [Double] {
    (0..<columnCount).map { column in
      var sum = CompensatedSum()
      for row in 0..<rowCount { sum.add(self[row, column]) }
      return sum.value / Double(rowCount)
    }
  }

  /// The rows about their mean, over the root of their number less one: the squares are the covariance's.
  var directDeviations: [[Double]] {
    let mean = directMean
    let root = Double(rowCount - 1).squareRoot()
    return rowsAsArrays.map { row in zip(row, mean).map { ($0 - $1) / root } }
  }

  /// The rows over their norms; rows of zeros as they are.
  var directRowsOfUnitNorm: Matrix {
    Matrix(
      rows: rowsAsArrays.map { row in
        let norm = row.squaredNorm.squareRoot()
        return norm > 0 ? row.map { $0 / norm } : row
      })
  }
}
