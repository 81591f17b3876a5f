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
  /// Each pair is computed once, and serves its row and its column.
  ///
  /// - Complexity: O(n² d) time, O(n · (count + d) + tile) memory, with a tile for each thread.
  init(of samples: Matrix, count: Int) {
    precondition(count < samples.rowCount, "\(samples.rowCount) rows have no \(count) neighbours")
    self.count = count
    guard count > 0 else {
      (squares, rows) = ([], [])
      return
    }
    let distances = SinglePrecisionDistances(PairDistances(within: samples))
    let tiles = distances.tiles(of: samples.rowCount, largest: 2048)
    let lists = tiles.map { NearestLists(NearestCandidates(owners: $0, count: count)) }
    let pairs = tiles.indices.flatMap { row in tiles[row...].indices.map { (row, $0) } }
    Parallelism.forEach(pairs.count) { index in
      let (row, column) = pairs[index]
      TilePair(
        distances: distances, rows: tiles[row], columns: tiles[column], ofRows: lists[row],
        ofColumns: lists[column]
      ).visit()
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

/// The pairs of the rows of two tiles of one set, or of one tile.
private struct TilePair {
  let distances: SinglePrecisionDistances
  let rows: Range<Int>
  let columns: Range<Int>
  let ofRows: NearestLists
  let ofColumns: NearestLists

  /// The rows after which precision is chosen anew: also those of a tile in double precision.
  private static let stripRows = 256

  private var isOneTile: Bool { rows == columns }

  private var isBlurred: Bool { ofRows.isBlurred || ofColumns.isBlurred }

  /// Offers all pairs to the lists of both.
  func visit() {
    let strips = Parallelism.blocks(of: rows.count, size: Self.stripRows).map {
      rows.lowerBound + $0.lowerBound..<rows.lowerBound + $0.upperBound
    }
    let sharp = isBlurred ? 0 : visitInSinglePrecision(strips)
    visitInDoublePrecision(strips[sharp...])
  }

  /// Visits strips until too many pairs are left open.
  ///
  /// - Returns: The number of strips visited.
  private func visitInSinglePrecision(_ strips: [Range<Int>]) -> Int {
    var tile = [Float](repeating: 0, count: rows.count * columns.count)
    if isOneTile {
      distances.fillPairs(&tile, of: rows)
    } else {
      distances.fill(&tile, rows: rows, columns: columns)
    }
    for (index, strip) in strips.enumerated() {
      if isBlurred { return index }
      offer(
        tile, from: (strip.lowerBound - rows.lowerBound) * columns.count, distances.single,
        rows: strip, columns: columns)
    }
    return strips.count
  }

  private func visitInDoublePrecision(_ strips: ArraySlice<Range<Int>>) {
    guard !strips.isEmpty else { return }
    let size = SinglePrecisionDistances.tileSize
    var tile = [Double](repeating: 0, count: Self.stripRows * size)
    for strip in strips {
      let start = isOneTile ? strip.lowerBound : columns.lowerBound
      for block in Parallelism.blocks(of: columns.upperBound - start, size: size) {
        let part = start + block.lowerBound..<start + block.upperBound
        distances.exact.fill(&tile, rows: strip, columns: part)
        if isOneTile {
          for (position, row) in strip.enumerated() where row >= part.lowerBound {
            for index in 0...min(row - part.lowerBound, part.count - 1) {
              tile[position * part.count + index] = .nan
            }
          }
        }
        offer(tile, from: 0, distances.double, rows: strip, columns: part)
      }
    }
  }

  private func offer<Scalar: TileScalar>(
    _ tile: [Scalar], from start: Int, _ precision: TilePrecision, rows: Range<Int>,
    columns: Range<Int>
  ) {
    for (lists, byColumn) in [(ofRows, false), (ofColumns, true)] {
      lists.change {
        $0.offer(
          tile, from: start, precision, distances.exact, rows: rows, columns: columns,
          byColumn: byColumn)
      }
    }
  }
}
