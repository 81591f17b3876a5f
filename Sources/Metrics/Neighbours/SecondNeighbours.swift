import LinearAlgebra

extension NearestNeighbours {
  /// Finds the squared distance from every query to its second nearest row of `reference`: infinite
  /// where there is only one.
  ///
  /// - Parameter nearest: The nearest rows, found before.
  /// - Complexity: O(n m d) time, O(m + tile) memory.
  static func seconds(
    of queries: Matrix, in reference: Matrix, nearest: NearestNeighbours
  ) -> [Double] {
    let distances = PairDistances(reference, queries)
    let size = PairDistances.tileSize
    let rowTiles = Parallelism.blocks(of: reference.rowCount, size: size)
    let columnTiles = Parallelism.blocks(of: queries.rowCount, size: size)
    return Parallelism.map(columnTiles.count) { index in
      let columns = columnTiles[index]
      var seconds = [Double](repeating: .infinity, count: columns.count)
      var tile = [Double](repeating: 0, count: size * size)
      for rows in rowTiles {
        distances.fill(&tile, rows: rows, columns: columns)
        for (position, row) in rows.enumerated() {
          for place in 0..<columns.count {
            let column = columns.lowerBound + place
            let product = tile[position * columns.count + place]
            guard product - distances.errorBound(row, column) < seconds[place],
              row != nearest.indices[column]
            else { continue }
            seconds[place] = min(seconds[place], distances.squaredDistance(row, column))
          }
        }
      }
      return seconds
    }.flatMap { $0 }
  }
}
