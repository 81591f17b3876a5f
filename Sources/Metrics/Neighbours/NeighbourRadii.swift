import LinearAlgebra
import Synchronization

/// The squared distances from every row of a set to its nearest other rows: the radii, squared, of the
/// balls whose union stands for the support of the set's law.
struct NeighbourRadii: Sendable {
  /// The number of neighbours kept.
  let count: Int

  /// `count` squared distances a row, ascending, row after row, exact as differences give them.
  let squares: [Double]

  /// Finds the `count` nearest other rows of every row; needs more rows than that.
  ///
  /// Half of the tiles of pairs are computed, each serving its rows and its columns. What is kept does
  /// not depend on the order in which tiles arrive, since of equal distances it does not matter which.
  ///
  /// - Complexity: O(n² d) time, O(n · count + tile) memory.
  init(of samples: Matrix, count: Int) {
    precondition(count < samples.rowCount, "\(samples.rowCount) rows have no \(count) neighbours")
    self.count = count
    guard count > 0 else {
      squares = []
      return
    }
    let distances = PairDistances(within: samples)
    let tiles = Parallelism.blocks(of: samples.rowCount, size: PairDistances.tileSize)
    let lists = tiles.map { NearestLists(rowCount: $0.count, count: count) }
    Parallelism.forEach(tiles.count) { index in
      let rows = tiles[index]
      var tile = [Double](
        repeating: 0, count: PairDistances.tileSize * PairDistances.tileSize)
      for other in index..<tiles.count {
        let columns = tiles[other]
        distances.fill(&tile, rows: rows, columns: columns)
        lists[index].offer(tile, distances, rows: rows, columns: columns, byColumn: false)
        if other != index {
          lists[other].offer(tile, distances, rows: rows, columns: columns, byColumn: true)
        }
      }
    }
    squares = lists.flatMap(\.squares)
  }

  /// The squared distance from a row to its `k`-th nearest other row, `1 <= k <= count`.
  func square(_ row: Int, neighbour k: Int) -> Double { squares[row * count + k - 1] }

  /// The square of the median distance to the `k`-th nearest other row.
  func medianSquare(neighbour k: Int) -> Double {
    let sorted = stride(from: k - 1, to: squares.count, by: count).map { squares[$0] }.sorted()
    let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
    guard low < high else { return low }
    let median = (low.squareRoot() + high.squareRoot()) / 2
    return median * median
  }
}

/// The nearest distances of the rows of one tile, which several threads offer candidates to.
private final class NearestLists: Sendable {
  private let count: Int
  private let lists: Mutex<[Double]>

  init(rowCount: Int, count: Int) {
    self.count = count
    lists = Mutex(Array(repeating: .infinity, count: rowCount * count))
  }

  var squares: [Double] { lists.withLock { $0 } }

  /// Takes the distances of a tile into account: those of its rows to its columns, or the reverse.
  func offer(
    _ tile: [Double], _ distances: PairDistances, rows: Range<Int>, columns: Range<Int>,
    byColumn: Bool
  ) {
    lists.withLock { lists in
      let owners = byColumn ? columns : rows
      // Whatever the error of a product, a pair beyond this limit is no nearer than the last one kept.
      let largest =
        distances.relativeError
        * ((distances.firstNorms[rows].max() ?? 0) + (distances.secondNorms[columns].max() ?? 0))
      var limits = [Double](repeating: 0, count: owners.count)
      for owner in 0..<owners.count { limits[owner] = lists[owner * count + count - 1] + largest }
      for (position, row) in rows.enumerated() {
        let start = position * columns.count
        let squares = tile.span.extracting(start..<start + columns.count)
        for index in squares.indices {
          let owner = byColumn ? index : position
          guard squares[index] <= limits[owner] else { continue }
          let column = columns.lowerBound + index
          guard column != row else { continue }
          let last = lists[owner * count + count - 1]
          // No distance is below 0: copies beyond those kept are not worth a second look.
          guard last > 0 else { continue }
          insert(distances.squaredDistance(row, column), into: &lists, owner: owner)
          limits[owner] = lists[owner * count + count - 1] + largest
        }
      }
    }
  }

  private func insert(_ square: Double, into lists: inout [Double], owner: Int) {
    let start = owner * count
    var place = start + count - 1
    guard square < lists[place] else { return }
    while place > start, lists[place - 1] > square {
      lists[place] = lists[place - 1]
      place -= 1
    }
    lists[place] = square
  }
}
