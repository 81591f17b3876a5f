import LinearAlgebra

/// How many samples a space takes at once on one thread.
///
/// All tiles have the same number of rows, whatever the number of samples: products of a tile then have
/// one shape, and a sample's features one value, whatever is beside it.
struct FeatureTiles: Sendable {
  /// The rows of a tile.
  let rowCount: Int

  /// Returns a number of rows for each of `count` samples, of shape `(count, columnCount)`.
  ///
  /// - Parameter tile: Receives the numbers of some samples and returns a whole tile, `rowCount` rows:
  ///   those of the samples first, and of the last tile some more that do not count.
  func rows(
    of count: Int, columnCount: Int, tile: @Sendable (_ samples: Range<Int>) -> Matrix
  ) -> Matrix {
    Matrix(rowCount: count, columnCount: columnCount, tileRows: rowCount) { samples, out in
      let values = tile(samples)
      precondition(
        values.rowCount == rowCount && values.columnCount == columnCount,
        "\(values.rowCount)×\(values.columnCount) numbers are no tile")
      for index in 0..<samples.count * columnCount { out[index] = values.elements[index] }
    }
  }
}
