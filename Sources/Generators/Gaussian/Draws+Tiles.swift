import LinearAlgebra

extension Draws {
  /// Puts together draws of whole tiles of samples, counted from sample 0.
  ///
  /// A product rounds a row differently in matrices of different sizes. As a sample is always drawn in
  /// the same tile at the same place, it has the same bits whatever else is drawn.
  static func tiled(
    _ samples: Range<Int>, dimension: Int, tileRows: Int, _ draw: @Sendable (Range<Int>) -> Draws
  ) -> Draws {
    guard !samples.isEmpty else {
      return Draws(rows: Matrix(rowCount: 0, columnCount: dimension), components: [])
    }
    let first = samples.lowerBound / tileRows
    let last = (samples.upperBound - 1) / tileRows
    let tiles = Parallelism.map(last - first + 1) { index -> Draws in
      let start = (first + index) * tileRows
      return draw(start..<start + tileRows)
    }
    @Sendable func place(_ sample: Int) -> (tile: Int, row: Int) {
      (sample / tileRows - first, sample % tileRows)
    }
    let rows = Matrix(
      rowCount: samples.count, columnCount: dimension, tileRows: tileRows
    ) { rows, out in
      for (position, row) in rows.enumerated() {
        let place = place(samples.lowerBound + row)
        let tile = tiles[place.tile].rows.elements
        let elements = tile.span
        for column in 0..<dimension {
          out[position * dimension + column] = elements[place.row * dimension + column]
        }
      }
    }
    let components = samples.map { sample in
      let place = place(sample)
      return tiles[place.tile].components[place.row]
    }
    return Draws(rows: rows, components: components)
  }
}
