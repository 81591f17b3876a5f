import LinearAlgebra

/// The definitions, pair by pair: slow, and too short to be wrong.
enum DirectMetrics {
  static func square(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  static func squares(_ first: Matrix, _ second: Matrix) -> [[Double]] {
    (0..<first.rowCount).map { row in
      (0..<second.rowCount).map { square(first.row(row), second.row($0)) }
    }
  }

  /// The U-statistic `E k(x, x') + E k(y, y') - 2 E k(x, y)`.
  static func discrepancy(
    _ real: Matrix, _ generated: Matrix,
    _ kernel: (ArraySlice<Double>, ArraySlice<Double>) -> Double
  ) -> Double {
    func sum(_ first: Matrix, _ second: Matrix, _ isCounted: (Int, Int) -> Bool) -> Double {
      var sum = 0.0
      for row in 0..<first.rowCount {
        for column in 0..<second.rowCount where isCounted(row, column) {
          sum += kernel(first.row(row), second.row(column))
        }
      }
      return sum
    }
    let n = Double(real.rowCount)
    let m = Double(generated.rowCount)
    return sum(real, real, !=) / (n * (n - 1)) + sum(generated, generated, !=) / (m * (m - 1))
      - 2 * sum(real, generated) { _, _ in true } / (n * m)
  }

  /// Precision, recall, density pairs, coverage, and the first three with closed balls.
  static func neighbourCounts(_ real: Matrix, _ generated: Matrix, k: Int) -> [Int] {
    func radii(_ samples: Matrix) -> [Double] {
      squares(samples, samples).enumerated().map { row, squares in
        var others = squares
        others.remove(at: row)
        return others.sorted()[k - 1]
      }
    }
    let (realRadii, generatedRadii) = (radii(real), radii(generated))
    let cross = squares(real, generated)
    let (n, m) = (real.rowCount, generated.rowCount)
    func counts(_ isInside: (Double, Double) -> Bool) -> [Int] {
      [
        (0..<m).count { j in (0..<n).contains { isInside(cross[$0][j], realRadii[$0]) } },
        (0..<n).count { i in (0..<m).contains { isInside(cross[i][$0], generatedRadii[$0]) } },
        (0..<n).count { i in (0..<m).contains { isInside(cross[i][$0], realRadii[i]) } },
        (0..<n).reduce(0) { sum, i in
          sum + (0..<m).count { isInside(cross[i][$0], realRadii[i]) }
        },
      ]
    }
    return counts(<) + counts(<=).prefix(3)
  }

  static func nearest(_ queries: Matrix, _ reference: Matrix) -> [(index: Int, square: Double)] {
    squares(queries, reference).map { squares in
      let smallest = squares.min() ?? .infinity
      return (squares.firstIndex(of: smallest) ?? -1, smallest)
    }
  }
}
