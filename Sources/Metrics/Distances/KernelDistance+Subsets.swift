public import LinearAlgebra
import Randomness

/// Returns the kernel distance as a mean over pairs of subsets, as other programs report it: mean and
/// standard deviation (divided by their number) of ``kernelDistance(real:generated:)`` between subsets.
///
/// It is here for comparison with them; over all pairs the distance is known better.
///
/// - Parameters:
///   - real: The real samples, `(n, d)`.
///   - generated: The generated samples, `(m, d)`.
///   - subsets: The rows of each pair of subsets, at least 2 a side.
/// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite or the
///   dimensions differ.
public func kernelDistance(
  real: Matrix, generated: Matrix, subsets: [(real: [Int], generated: [Int])]
) throws(MetricsError) -> (mean: Double, deviation: Double) {
  try real.requireComparable(with: generated)
  precondition(!subsets.isEmpty, "no subsets")
  let kernel = PairKernel.cubicPolynomial(about: real.middle)
  let values =
    SubsetMemberships.areCheaper(real, generated, subsets)
    ? SubsetMemberships.unbiased(kernel, real, generated, subsets)
    : Parallelism.map(subsets.count) { index in
      TwoSampleSums(
        kernel, real: real.gatheringRows(subsets[index].real),
        generated: generated.gatheringRows(subsets[index].generated)
      ).unbiased
    }
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, (squares / count).squareRoot())
}

/// The kernel distances between many pairs of subsets that overlap, from one pass over all pairs of samples:
/// with a column of ones and zeros for every subset, the sums are those of a product.
private enum SubsetMemberships {
  typealias Subsets = [(real: [Int], generated: [Int])]

  /// Whether one pass over all pairs, and its product with the columns, takes fewer operations than the
  /// pairs of all subsets.
  static func areCheaper(_ real: Matrix, _ generated: Matrix, _ subsets: Subsets) -> Bool {
    let all = Double(real.rowCount + generated.rowCount)
    let some = subsets.reduce(0.0) { sum, subset in
      let count = Double(subset.real.count + subset.generated.count)
      return sum + count * count
    }
    let width = Double(real.columnCount)
    return all * all * (width + Double(subsets.count)) < some * width
  }

  static func unbiased(
    _ kernel: PairKernel, _ real: Matrix, _ generated: Matrix, _ subsets: Subsets
  ) -> [Double] {
    let (first, second) = (
      memberships(subsets.map(\.real), of: real.rowCount),
      memberships(subsets.map(\.generated), of: generated.rowCount)
    )
    let within = (
      real: sums(PairEvaluation([kernel], within: real), first, first, isOneSet: true),
      generated: sums(PairEvaluation([kernel], within: generated), second, second, isOneSet: true)
    )
    let cross = sums(PairEvaluation([kernel], real, generated), first, second, isOneSet: false)
    return subsets.indices.map { index in
      let (n, m) = (Double(subsets[index].real.count), Double(subsets[index].generated.count))
      return within.real[index] / (n * (n - 1)) + within.generated[index] / (m * (m - 1))
        - 2 * cross[index] / (n * m)
    }
  }

  /// A column for every subset: 1 for its samples, 0 for all others.
  private static func memberships(_ subsets: [[Int]], of count: Int) -> Matrix {
    var columns = Matrix(rowCount: count, columnCount: subsets.count)
    for (column, subset) in subsets.enumerated() {
      for row in subset { columns[row, column] = 1 }
    }
    return columns
  }

  /// For every subset, the sum over its pairs; within one set over those of different samples.
  private static func sums(
    _ evaluation: PairEvaluation, _ first: Matrix, _ second: Matrix, isOneSet: Bool
  ) -> [Double] {
    let size = evaluation.tileSize
    let columnTiles = Parallelism.blocks(of: second.rowCount, size: size)
    let rowTiles = Parallelism.blocks(of: first.rowCount, size: size)
    let partials = Parallelism.map(rowTiles.count) { index in
      let rows = rowTiles[index]
      var tiles = PairTiles(of: evaluation)
      var sums = [Double](repeating: 0, count: first.columnCount)
      for (columnIndex, columns) in columnTiles.enumerated() {
        guard !isOneSet || columnIndex >= index else { continue }
        let isDiagonal = isOneSet && columnIndex == index
        evaluation.evaluate(&tiles, rows: rows, columns: columns) { _, values in
          if isDiagonal {
            for position in 0..<rows.count { values[position * (columns.count + 1)] = 0 }
          }
          let tile = Matrix(
            rowCount: rows.count, columnCount: columns.count,
            elements: Array(values[0..<rows.count * columns.count]))
          let products = tile.times(second.rows(columns))
          // The other half of one set's pairs has the same sums.
          let weight: Double = isOneSet && !isDiagonal ? 2 : 1
          for position in 0..<rows.count {
            for subset in sums.indices {
              sums[subset] +=
                weight * first[rows.lowerBound + position, subset] * products[position, subset]
            }
          }
        }
      }
      return sums
    }
    return partials.reduce([Double](repeating: 0, count: first.columnCount)) { total, part in
      zip(total, part).map { $0 + $1 }
    }
  }
}

/// Draws pairs of subsets without replacement, at most as large as the smaller set.
func randomSubsets(
  real: Int, generated: Int, size: Int, count: Int, seed: UInt64
) -> [(real: [Int], generated: [Int])] {
  let size = min(size, real, generated)
  return (0..<count).map { index in
    var stream = RandomStream(seed: seed, purpose: "metrics/kernel-subsets", sample: index)
    return (
      stream.sample(size, outOf: real), stream.sample(size, outOf: generated)
    )
  }
}
