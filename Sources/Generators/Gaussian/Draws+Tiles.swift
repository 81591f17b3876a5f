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
      let whole = draw(start..<start + tileRows)
      let wanted = samples.clamped(to: start..<start + tileRows)
      guard wanted.count < tileRows else { return whole }
      let rows = wanted.lowerBound - start..<wanted.upperBound - start
      return Draws(rows: whole.rows.rows(rows), components: Array(whole.components[rows]))
    }
    var elements: [Double] = []
    elements.reserveCapacity(samples.count * dimension)
    for tile in tiles { elements.append(contentsOf: tile.rows.elements) }
    return Draws(
      rows: Matrix(rowCount: samples.count, columnCount: dimension, elements: elements),
      components: tiles.flatMap(\.components))
  }
}
