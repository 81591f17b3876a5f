import LinearAlgebra

/// The nearest row of one set for every row of another.
struct NearestNeighbours: Equatable, Sendable {
  /// The row of the reference set, the first of several equally near.
  private(set) var indices: [Int]

  /// The squared distance to it, as differences give it: 0 exactly for copies.
  private(set) var squares: [Double]

  /// The distances.
  var distances: [Double] { squares.map { $0.squareRoot() } }

  /// Rows of which nothing is known yet.
  init(unknown count: Int) {
    indices = Array(repeating: -1, count: count)
    squares = Array(repeating: .infinity, count: count)
  }

  /// The nearest rows and the squared distances to them, found before.
  init(_ found: (squares: [Double], rows: [Int])) {
    (indices, squares) = (found.rows, found.squares)
  }

  /// Finds the nearest row of `reference`, which has at least one, for every query.
  ///
  /// - Complexity: O(n m d) time, O(m + tile) memory.
  init(of queries: Matrix, in reference: Matrix) {
    precondition(reference.rowCount > 0, "no row is nearest among none")
    let distances = PairDistances(reference, queries)
    let size = PairDistances.tileSize
    let rowTiles = Parallelism.blocks(of: reference.rowCount, size: size)
    let columnTiles = Parallelism.blocks(of: queries.rowCount, size: size)
    let parts = Parallelism.map(columnTiles.count) { index in
      let columns = columnTiles[index]
      var nearest = NearestNeighbours(unknown: columns.count)
      var tile = [Double](repeating: 0, count: size * size)
      for rows in rowTiles {
        distances.fill(&tile, rows: rows, columns: columns)
        for (position, row) in rows.enumerated() {
          for index in 0..<columns.count {
            nearest.offer(
              tile[position * columns.count + index], distances, row: row, columns: columns,
              index: index)
          }
        }
      }
      return nearest
    }
    indices = parts.flatMap(\.indices)
    squares = parts.flatMap(\.squares)
  }

  /// Takes a pair into account, rows in ascending order.
  @inline(__always)
  private mutating func offer(
    _ square: Double, _ distances: PairDistances, row: Int, columns: Range<Int>, index: Int
  ) {
    let best = squares[index]
    let column = columns.lowerBound + index
    guard best > 0, square - distances.errorBound(row, column) <= best else { return }
    let exact = distances.squaredDistance(row, column)
    guard exact < best else { return }
    squares[index] = exact
    indices[index] = row
  }

  /// Appends what was found for further rows.
  mutating func append(_ other: NearestNeighbours) {
    indices += other.indices
    squares += other.squares
  }
}
