public import LinearAlgebra
import Randomness

/// The Wasserstein distances between two sets along directions of their space.
public struct SlicedWasserstein: Equatable, Sendable {
  /// The root of the mean over directions of the squared 2-Wasserstein distance, in feature units.
  public let w2: Estimate

  /// `3 d` times the mean over directions of the squared 2-Wasserstein distance (MIND).
  public let mind: Estimate

  /// The mean over directions of the 1-Wasserstein distance, in feature units.
  public let w1: Estimate

  /// The largest 2-Wasserstein distance along a direction, in feature units.
  public let largest: Double
}

/// Returns the Wasserstein distances between two sets along given directions.
///
/// Along a direction the distance is that between the quantile functions, exact also for sets of
/// unequal sizes. Standard errors are over the directions: they say how well these stand for
/// all, and nothing of the sampling of the sets.
///
/// - Parameters:
///   - real: The real samples, `(n, d)`, `n >= 2`.
///   - generated: The generated samples, `(m, d)`, `m >= 2`.
///   - directions: Unit vectors, one a row, `(l, d)`; see ``randomDirections(count:dimension:seed:)``.
/// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite or the
///   dimensions differ.
/// - Complexity: O(l (n + m) d) time; the samples are read in blocks, `8 l / l' (n + m)` bytes being
///   kept for the `l'` directions that are taken at once.
/// - Note: Rabin et al. 2012; for MIND, Berthet et al. 2026, <https://arxiv.org/abs/2605.06797>.
public func slicedWasserstein(
  real: some DesignMatrix, generated: some DesignMatrix, directions: Matrix
) throws(MetricsError) -> SlicedWasserstein {
  try real.requireComparable(with: generated)
  precondition(
    directions.columnCount == real.columnCount && directions.rowCount > 0,
    "\(directions.rowCount)×\(directions.columnCount) directions for d = \(real.columnCount)")
  // Distances do not change with a common translation; digits do.
  let centre = real.stableColumnMeans()
  let size = min(64, max(8, (1 << 23) / max(real.rowCount, generated.rowCount)))
  let batches = Parallelism.blocks(of: directions.rowCount, size: size)
  let costs = Parallelism.map(batches.count) { index in
    let chosen = directions.rows(batches[index])
    let (first, second) = (
      real.sortedScores(chosen, about: centre), generated.sortedScores(chosen, about: centre)
    )
    return (0..<chosen.rowCount).map { direction in
      transportCosts(
        first, direction * real.rowCount..<(direction + 1) * real.rowCount, second,
        direction * generated.rowCount..<(direction + 1) * generated.rowCount)
    }
  }.flatMap { $0 }
  let squares = costs.map(\.squared)
  let mean = squares.reduce(0, +) / Double(squares.count)
  let error = standardErrorOfMean(squares)
  let root = mean.squareRoot()
  let factor = 3 * Double(real.columnCount)
  let distances = costs.map(\.absolute)
  return SlicedWasserstein(
    w2: Estimate(value: root, standardError: error.map { root > 0 ? $0 / (2 * root) : 0 }),
    mind: Estimate(value: factor * mean, standardError: error.map { factor * $0 }),
    w1: Estimate(
      value: distances.reduce(0, +) / Double(distances.count),
      standardError: standardErrorOfMean(distances)),
    largest: (squares.max() ?? 0).squareRoot())
}

/// Returns unit vectors in random directions, one a row, the same for the same seed.
public func randomDirections(count: Int, dimension: Int, seed: UInt64 = 0) -> Matrix {
  Matrix(rowCount: count, columnCount: dimension, tileRows: 64) { rows, out in
    for (position, row) in rows.enumerated() {
      var stream = RandomStream(seed: seed, purpose: "metrics/directions", sample: row)
      let normals = stream.normals(dimension)
      let norm = normals.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for (column, value) in normals.enumerated() {
        out[position * dimension + column] = value / norm
      }
    }
  }
}

extension DesignMatrix {
  /// The scores of all rows along each direction, ascending, direction after direction.
  fileprivate func sortedScores(_ directions: Matrix, about centre: [Double]) -> [Double] {
    let count = directions.rowCount
    var scores = [Double](repeating: 0, count: count * rowCount)
    var tile: [Double] = []
    for block in Parallelism.blocks(of: rowCount, size: 4096) {
      let centred = rows(block, minus: centre)
      if tile.count < count * block.count { tile = Array(repeating: 0, count: count * block.count) }
      directions.multiply(
        rows: 0..<count, byTransposed: 0..<block.count, of: centred, into: &tile)
      for direction in 0..<count {
        let start = direction * rowCount + block.lowerBound
        for index in 0..<block.count {
          scores[start + index] = tile[direction * block.count + index]
        }
      }
    }
    var sorting = RadixSort()
    for direction in 0..<count {
      sorting.sort(&scores, direction * rowCount..<(direction + 1) * rowCount)
    }
    return scores
  }
}

/// The costs of carrying one sorted list of numbers over to another: the means over quantiles of the
/// absolute and of the squared difference.
private func transportCosts(
  _ first: [Double], _ firstRange: Range<Int>, _ second: [Double], _ secondRange: Range<Int>
) -> (absolute: Double, squared: Double) {
  let (n, m) = (firstRange.count, secondRange.count)
  let (a, b) = (
    first.span.extracting(firstRange), second.span.extracting(secondRange)
  )
  var (absolute, squared) = (0.0, 0.0)
  if n == m {
    for index in 0..<n {
      let difference = a[index] - b[index]
      absolute += abs(difference)
      squared += difference * difference
    }
    return (absolute / Double(n), squared / Double(n))
  }
  // Quantiles in whole steps of 1 / (n m): each number of the first list holds m of them.
  var (i, j) = (0, 0)
  var (leftInFirst, leftInSecond) = (m, n)
  while i < n, j < m {
    let step = min(leftInFirst, leftInSecond)
    let difference = a[i] - b[j]
    absolute += Double(step) * abs(difference)
    squared += Double(step) * difference * difference
    leftInFirst -= step
    leftInSecond -= step
    if leftInFirst == 0 { (i, leftInFirst) = (i + 1, m) }
    if leftInSecond == 0 { (j, leftInSecond) = (j + 1, n) }
  }
  let total = Double(n) * Double(m)
  return (absolute / total, squared / total)
}
