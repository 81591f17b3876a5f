import LinearAlgebra
import Synchronization

/// The squared distances from every row of a set to its nearest other rows: the radii, squared, of the
/// balls whose union stands for the support of the set's law.
struct NeighbourRadii: Sendable {
  /// The number of neighbours kept.
  let count: Int

  /// `count` squared distances a row, ascending, row after row, exact as differences give them.
  let squares: [Double]

  /// The rows at these distances; of equally near ones those with lower numbers.
  let rows: [Int]

  /// Finds the `count` nearest other rows of every row; needs more rows than that.
  ///
  /// Half of the tiles of pairs are computed, each serving its rows and its columns.
  ///
  /// - Complexity: O(n² d) time, O(n · (count + d) + tile) memory.
  init(of samples: Matrix, count: Int) {
    precondition(count < samples.rowCount, "\(samples.rowCount) rows have no \(count) neighbours")
    self.count = count
    guard count > 0 else {
      (squares, rows) = ([], [])
      return
    }
    let distances = SinglePrecisionDistances(PairDistances(within: samples))
    let tiles = SinglePrecisionDistances.tiles(of: samples.rowCount, largest: 2048)
    let lists = tiles.map { NearestLists(NearestCandidates(owners: $0, count: count)) }
    Parallelism.forEach(tiles.count) { index in
      let rows = tiles[index]
      var tile = [Float](repeating: 0, count: rows.count * tiles[0].count)
      var wideTile: [Double] = []
      for other in index..<tiles.count {
        let columns = tiles[other]
        let isDiagonal = other == index
        let isBlurred = lists[index].isBlurred || lists[other].isBlurred
        // Of pairs within a tile, one in single precision has each once.
        let takers =
          isDiagonal && isBlurred ? [(index, false)] : [(index, false), (other, true)]
        if isBlurred {
          if wideTile.isEmpty { wideTile = Array(repeating: 0, count: tile.count) }
          distances.exact.fill(&wideTile, rows: rows, columns: columns)
          for (taker, byColumn) in takers {
            lists[taker].change {
              $0.offer(
                wideTile, distances.double, distances.exact, rows: rows, columns: columns,
                byColumn: byColumn)
            }
          }
        } else {
          if isDiagonal {
            distances.fillPairs(&tile, of: rows)
          } else {
            distances.fill(&tile, rows: rows, columns: columns)
          }
          for (taker, byColumn) in takers {
            lists[taker].change {
              $0.offer(
                tile, distances.single, distances.exact, rows: rows, columns: columns,
                byColumn: byColumn)
            }
          }
        }
      }
    }
    let nearest = Parallelism.map(lists.count) { lists[$0].change { $0.nearest(distances.exact) } }
    squares = nearest.flatMap(\.squares)
    rows = nearest.flatMap(\.rows)
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

/// The nearest rows of those of one tile, which several threads offer candidates to.
private final class NearestLists: Sendable {
  private let lists: Mutex<NearestCandidates>

  init(_ candidates: NearestCandidates) { lists = Mutex(candidates) }

  /// Whether tiles in single precision leave so many pairs open that those in double precision are
  /// cheaper.
  var isBlurred: Bool {
    lists.withLock { $0.recomputed > 16 * $0.owners.count * $0.count }
  }

  func change<Result: Sendable>(_ body: (inout NearestCandidates) -> Result) -> Result {
    lists.withLock { body(&$0) }
  }
}
