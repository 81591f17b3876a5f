import LinearAlgebra

extension PairEvaluation {
  /// Folds the values of the first kernel between all rows of both sets: each block of the second set's rows has
  /// a result of its own, which sees the blocks of the first set's in order, so that the threads change nothing.
  ///
  /// - Parameters:
  ///   - start: The result before anything was seen, for some of the second set's rows.
  ///   - take: Takes a tile into account, row after row.
  func foldingColumns<Partial: Sendable>(
    rowCount: Int, columnCount: Int, from start: @Sendable (Range<Int>) -> Partial,
    _ take: @Sendable (inout Partial, [Double], _ rows: Range<Int>, _ columns: Range<Int>) -> Void
  ) -> [Partial] {
    let rowBlocks = Parallelism.blocks(of: rowCount, size: tileSize)
    let columnBlocks = Parallelism.blocks(of: columnCount, size: tileSize)
    return Parallelism.map(columnBlocks.count) { index in
      let columns = columnBlocks[index]
      var partial = start(columns)
      var tiles = PairTiles(of: self)
      for rows in rowBlocks {
        evaluate(&tiles, rows: rows, columns: columns) { _, values in
          take(&partial, values, rows, columns)
        }
      }
      return partial
    }
  }
}
