public import LinearAlgebra

/// Returns the median of the distances between all pairs of different samples of a set, the mean of
/// the two middle ones where their number is even: the bandwidth that Gaussian kernels take from the
/// real feature part.
///
/// - Parameters:
///   - samples: One sample a row, `(n, d)`, `n >= 2`.
///   - role: The name of the set in error messages.
/// - Returns: The distance in feature units; 0 if at least half of the pairs are copies.
/// - Throws: ``MetricsError`` if there are fewer than two samples or an entry is not finite.
/// - Complexity: O(n² d) time, in two passes over the tiles of pairs. The first counts the distances by
///   their leading bits, the second keeps those of the class that holds the median, so that memory is a
///   small share of the pairs'.
public func medianDistance(
  of samples: Matrix, as role: SampleRole = .real
) throws(MetricsError) -> Double {
  try samples.requireSamples(role)
  let pairs = OrderedPairDistances(samples)
  let count = samples.rowCount * (samples.rowCount - 1) / 2
  // For an odd number of pairs both ranks are the middle one.
  let middle = pairs.values(ranks: (count - 1) / 2...count / 2)
  return (middle[0] + middle[middle.count - 1]) / 2
}

/// The distances between all pairs of different rows of one set, by rank.
private struct OrderedPairDistances {
  /// Positive doubles are ordered as their bits are: sign, exponent and the first 8 bits of the
  /// fraction make 2¹⁹ classes, each 1/256 of its values wide.
  private static let shift = 44
  private static let classCount = 1 << (63 - shift)

  private let evaluation: PairEvaluation
  private let blocks: [Range<Int>]

  init(_ samples: Matrix) {
    evaluation = PairEvaluation([.distance], within: samples)
    blocks = Parallelism.blocks(of: samples.rowCount, size: PairDistances.tileSize)
  }

  /// Returns the distances with these ranks, counted from 0.
  func values(ranks: ClosedRange<Int>) -> [Double] {
    let counts = classCounts()
    var below = 0
    var first = 0
    while below + counts[first] <= ranks.lowerBound {
      below += counts[first]
      first += 1
    }
    var last = first
    var upTo = below + counts[first]
    while upTo <= ranks.upperBound {
      last += 1
      upTo += counts[last]
    }
    let candidates = values(inClasses: first...last).sorted()
    return Array(candidates[ranks.lowerBound - below...ranks.upperBound - below])
  }

  private func classCounts() -> [Int] {
    // A table for each block would be larger than a tile: eight tasks share the blocks out.
    let taskCount = min(8, blocks.count)
    let tables = Parallelism.map(taskCount) { task in
      var table = [Int](repeating: 0, count: Self.classCount)
      forEachPair(inBlocks: stride(from: task, to: blocks.count, by: taskCount)) { distance in
        table[Int(distance.bitPattern >> Self.shift)] += 1
      }
      return table
    }
    var total = tables[0]
    for table in tables.dropFirst() {
      for index in total.indices { total[index] += table[index] }
    }
    return total
  }

  private func values(inClasses classes: ClosedRange<Int>) -> [Double] {
    Parallelism.map(blocks.count) { index in
      var found: [Double] = []
      forEachPair(inBlocks: stride(from: index, to: index + 1, by: 1)) { distance in
        if classes.contains(Int(distance.bitPattern >> Self.shift)) { found.append(distance) }
      }
      return found
    }.flatMap { $0 }
  }

  /// Calls `body` for every pair whose smaller row is in these blocks.
  @inline(__always)
  private func forEachPair(inBlocks indices: StrideTo<Int>, _ body: (Double) -> Void) {
    var tiles = PairTiles(of: evaluation)
    for index in indices {
      let rows = blocks[index]
      for columns in blocks[index...] {
        evaluation.evaluate(&tiles, rows: rows, columns: columns) { _, values in
          for position in 0..<rows.count {
            let row = rows.lowerBound + position
            let start = position * columns.count - columns.lowerBound
            for column in max(row + 1, columns.lowerBound)..<max(row + 1, columns.upperBound) {
              body(values[start + column])
            }
          }
        }
      }
    }
  }
}
