extension Matrix {
  /// Creates a matrix by filling tiles of consecutive rows, on all threads.
  ///
  /// - Parameters:
  ///   - tileRows: The rows in a tile. It decides the borders of the tasks, whatever the threads.
  ///   - fill: Receives the rows of a tile and its entries, row after row, all 0, to be overwritten.
  public init(
    rowCount: Int, columnCount: Int, tileRows: Int,
    fill: @Sendable (_ rows: Range<Int>, _ out: inout MutableSpan<Double>) -> Void
  ) {
    self.init(
      rowCount: rowCount, columnCount: columnCount,
      elements: Array(rowCount, columnCount, tileRows: tileRows, fill: fill))
  }
}

extension FloatMatrix {
  /// Creates a matrix by filling tiles of consecutive rows, on all threads, as a ``Matrix``.
  package init(
    rowCount: Int, columnCount: Int, tileRows: Int,
    fill: @Sendable (_ rows: Range<Int>, _ out: inout MutableSpan<Float>) -> Void
  ) {
    self.init(
      rowCount: rowCount, columnCount: columnCount,
      elements: Array(rowCount, columnCount, tileRows: tileRows, fill: fill))
  }
}

extension Array where Element: BLASScalar {
  /// The entries of a matrix, from tiles of consecutive rows.
  fileprivate init(
    _ rowCount: Int, _ columnCount: Int, tileRows: Int,
    fill: @Sendable (_ rows: Range<Int>, _ out: inout MutableSpan<Element>) -> Void
  ) {
    let tiles = Parallelism.blocks(of: rowCount, size: tileRows)
    self = unsafe [Element](unsafeUninitializedCapacity: rowCount * columnCount) {
      buffer, count in
      count = rowCount * columnCount
      let output = unsafe DisjointTiles(buffer)
      Parallelism.forEach(tiles.count) { index in
        let tile = tiles[index]
        let range = tile.lowerBound * columnCount..<tile.upperBound * columnCount
        let memory = unsafe output.tile(range)
        // Each task touches its own memory first: no serial pass over the whole, and a warm cache.
        unsafe memory.initialize(repeating: 0)
        var span = unsafe memory.mutableSpan
        fill(tile, &span)
      }
    }
  }
}

/// Memory that several threads write, each its own part.
@safe struct DisjointTiles<Scalar>: @unchecked Sendable {
  private let buffer: UnsafeMutableBufferPointer<Scalar>

  init(_ buffer: UnsafeMutableBufferPointer<Scalar>) {
    unsafe self.buffer = buffer
  }

  /// The part that one task alone may touch.
  func tile(_ range: Range<Int>) -> UnsafeMutableBufferPointer<Scalar> {
    unsafe UnsafeMutableBufferPointer(rebasing: buffer[range])
  }
}
