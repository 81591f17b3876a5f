import COpenBLAS

/// The order of the blocks on the diagonal, which are factored one after another; what is beside and below
/// them is work for all threads.
private let blockOrder = 256

/// The rows, or the columns, that one task computes.
private let tileSize = 128

extension Matrix {
  /// Returns the upper triangular `R` with `Rᵀ · R = self`, from the upper triangle of `self`.
  ///
  /// Each block on the diagonal gives some rows of `R`, whose products are taken off what follows.
  ///
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(order:minor:)``, and if an entry is not finite.
  package func upperCholesky() throws(LinearAlgebraError) -> Matrix {
    precondition(rowCount == columnCount, "a \(rowCount)×\(columnCount) matrix is not symmetric")
    try requireFinite()
    var factor = self
    for block in Parallelism.blocks(of: rowCount, size: blockOrder) {
      try LAPACK.factorUpperCholesky(&factor, diagonal: block)
      let beside = factor.solveBeside(block)
      factor.subtractGram(of: beside, from: block.upperBound)
    }
    for row in 1..<max(1, rowCount) {
      for column in 0..<row { factor[row, column] = 0 }
    }
    return factor
  }

  /// Overwrites what is to the right of a block on the diagonal with those rows of `R`, and returns them.
  private mutating func solveBeside(_ block: Range<Int>) -> Matrix {
    let order = columnCount
    let columns = block.upperBound..<order
    let tiles = Parallelism.blocks(of: columns.count, size: tileSize)
    let solved = Parallelism.map(tiles.count) { [self] index -> Matrix in
      let tile = tiles[index]
      var part = Matrix(rowCount: block.count, columnCount: tile.count)
      for row in 0..<block.count {
        for column in 0..<tile.count {
          part[row, column] =
            self[
              block.lowerBound + row, columns.lowerBound + tile.lowerBound + column]
        }
      }
      unsafe part.elements.withUnsafeMutableBufferPointer { b in
        unsafe elements.withUnsafeBufferPointer { r in
          guard let b = b.baseAddress, let r = r.baseAddress else { return }
          unsafe BLAS.solveTransposed(
            upperTriangular: r + block.lowerBound * (order + 1), order: block.count, stride: order,
            b, columns: tile.count, stride: tile.count)
        }
      }
      return part
    }
    var beside = Matrix(rowCount: block.count, columnCount: columns.count)
    for (tile, part) in zip(tiles, solved) {
      for row in 0..<block.count {
        for column in 0..<tile.count {
          let value = part[row, column]
          beside[row, tile.lowerBound + column] = value
          self[block.lowerBound + row, columns.lowerBound + tile.lowerBound + column] = value
        }
      }
    }
    return beside
  }

  /// Subtracts `rowsᵀ · rows` from the upper triangle of the rows and columns from `start` on.
  private mutating func subtractGram(of rows: Matrix, from start: Int) {
    let order = columnCount
    let width = rows.columnCount
    let tiles = Parallelism.blocks(of: width, size: tileSize)
    unsafe elements.withUnsafeMutableBufferPointer { buffer in
      let output = unsafe DisjointTiles(buffer)
      // The longest tiles go first, so that no thread waits for one at the end.
      Parallelism.forEach(tiles.count) { index in
        let tile = tiles[index]
        let memory = unsafe output.tile(
          (start + tile.lowerBound) * order..<(start + tile.upperBound) * order)
        unsafe rows.elements.withUnsafeBufferPointer { a in
          guard let c = memory.baseAddress, let a = a.baseAddress else { return }
          unsafe BLAS.multiply(
            CblasTrans, CblasNoTrans, m: tile.count, n: width - tile.lowerBound, k: rows.rowCount,
            alpha: -1, a + tile.lowerBound, stride: width, a + tile.lowerBound, stride: width,
            beta: 1, into: c + start + tile.lowerBound, stride: order)
        }
      }
    }
  }
}
