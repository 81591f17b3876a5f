import COpenBLAS

/// The rows of an output that one task computes: large enough for the peak rate of a product, small
/// enough that the tile and the operands' panels stay in the second-level cache.
private let tileRows = 256

/// The rows of the operands that one partial sum of a reduction over rows covers.
private let reductionRows = 2048

extension Matrix {
  /// Returns `self · other`, of shape `(rowCount, other.columnCount)`.
  public func times(_ other: Matrix) -> Matrix {
    precondition(
      columnCount == other.rowCount,
      "cannot multiply \(rowCount)×\(columnCount) by \(other.rowCount)×\(other.columnCount)")
    return product(with: other, CblasNoTrans, columnCount: other.columnCount)
  }

  /// Returns `self · otherᵀ`, of shape `(rowCount, other.rowCount)`.
  public func times(transposeOf other: Matrix) -> Matrix {
    precondition(
      columnCount == other.columnCount,
      "cannot multiply \(rowCount)×\(columnCount) by \(other.rowCount)×\(other.columnCount) transposed"
    )
    return product(with: other, CblasTrans, columnCount: other.rowCount)
  }

  private func product(
    with other: Matrix, _ transposition: BLAS.Transposition, columnCount n: Int
  ) -> Matrix {
    let k = columnCount
    guard k > 0, n > 0 else { return Matrix(rowCount: rowCount, columnCount: n) }
    return Matrix(rowCount: rowCount, columnCount: n, tileRows: tileRows) { rows, out in
      unsafe out.withUnsafeMutableBufferPointer { c in
        unsafe elements.withUnsafeBufferPointer { a in
          unsafe other.elements.withUnsafeBufferPointer { b in
            guard let c = c.baseAddress, let a = a.baseAddress, let b = b.baseAddress else {
              return
            }
            unsafe BLAS.multiply(
              CblasNoTrans, transposition, m: rows.count, n: n, k: k, alpha: 1,
              a + rows.lowerBound * k, stride: k, b, stride: other.columnCount, beta: 0, into: c,
              stride: n)
          }
        }
      }
    }
  }

  /// Returns `selfᵀ · other`, of shape `(columnCount, other.columnCount)`: a sum over rows.
  ///
  /// Partial sums over fixed blocks of rows are added in block order.
  public func transposedTimes(_ other: Matrix) -> Matrix {
    precondition(
      rowCount == other.rowCount,
      "cannot multiply \(rowCount)×\(columnCount) transposed by \(other.rowCount)×\(other.columnCount)"
    )
    let m = columnCount
    let n = other.columnCount
    guard rowCount > 0, m > 0, n > 0 else { return Matrix(rowCount: m, columnCount: n) }
    if m >= 2 * tileRows {
      // Tall output: tiles of it are independent, and each sums over all rows in one call.
      return Matrix(rowCount: m, columnCount: n, tileRows: tileRows) { rows, out in
        unsafe out.withUnsafeMutableBufferPointer { c in
          unsafe addTransposedProduct(
            columns: rows, rows: 0..<rowCount, other: other, into: c)
        }
      }
    }
    let blocks = Parallelism.blocks(of: rowCount, size: reductionRows)
    let partials = Parallelism.map(blocks.count) { index in
      var partial = [Double](repeating: 0, count: m * n)
      unsafe partial.withUnsafeMutableBufferPointer { c in
        unsafe addTransposedProduct(columns: 0..<m, rows: blocks[index], other: other, into: c)
      }
      return partial
    }
    return Matrix(rowCount: m, columnCount: n, elements: sumInOrder(partials))
  }

  /// Adds `self[rows, columns]ᵀ · other[rows, :]` to `output`.
  private func addTransposedProduct(
    columns: Range<Int>, rows: Range<Int>, other: Matrix,
    into output: UnsafeMutableBufferPointer<Double>
  ) {
    let n = other.columnCount
    unsafe elements.withUnsafeBufferPointer { a in
      unsafe other.elements.withUnsafeBufferPointer { b in
        guard let c = output.baseAddress, let a = a.baseAddress, let b = b.baseAddress else {
          return
        }
        unsafe BLAS.multiply(
          CblasTrans, CblasNoTrans, m: columns.count, n: n, k: rows.count, alpha: 1,
          a + rows.lowerBound * columnCount + columns.lowerBound, stride: columnCount,
          b + rows.lowerBound * n, stride: n, beta: 1, into: c, stride: n)
      }
    }
  }

  /// Returns `selfᵀ · self`, of shape `(columnCount, columnCount)`, exactly symmetric.
  public func gram() -> Matrix {
    let d = columnCount
    guard rowCount > 0, d > 0 else { return Matrix(rowCount: d, columnCount: d) }
    if d >= 2 * tileRows {
      var sum = Matrix(rowCount: d, columnCount: d)
      sum.addGram(of: self)
      return sum.mirroringLowerTriangle()
    }
    let blocks = Parallelism.blocks(of: rowCount, size: reductionRows)
    let partials = Parallelism.map(blocks.count) { index in
      let block = blocks[index]
      var partial = [Double](repeating: 0, count: d * d)
      unsafe partial.withUnsafeMutableBufferPointer { c in
        unsafe elements.withUnsafeBufferPointer { a in
          guard let c = c.baseAddress, let a = a.baseAddress else { return }
          unsafe BLAS.addGram(
            order: d, rows: block.count, a + block.lowerBound * d, stride: d, into: c, stride: d)
        }
      }
      return partial
    }
    return Matrix(rowCount: d, columnCount: d, elements: sumInOrder(partials))
      .mirroringLowerTriangle()
  }

  /// Adds `rowsᵀ · rows` to the lower triangle of `self`, of shape `(d, d)`; the upper one is left for
  /// ``mirroringLowerTriangle()``.
  public mutating func addGram(of rows: Matrix) {
    let d = columnCount
    precondition(
      rowCount == d && rows.columnCount == d,
      "the products of \(rows.columnCount) columns in a \(rowCount)×\(d) matrix")
    guard rows.rowCount > 0, d > 0 else { return }
    let tiles = Parallelism.blocks(of: d, size: tileRows)
    unsafe elements.withUnsafeMutableBufferPointer { buffer in
      let output = unsafe DisjointTiles(buffer)
      // The lowest tiles are the longest: they go first, so that no thread waits for one at the end.
      Parallelism.forEach(tiles.count) { index in
        let tile = tiles[tiles.count - 1 - index]
        let memory = unsafe output.tile(tile.lowerBound * d..<tile.upperBound * d)
        unsafe rows.elements.withUnsafeBufferPointer { a in
          guard let c = memory.baseAddress, let a = a.baseAddress else { return }
          if tile.lowerBound > 0 {
            unsafe BLAS.multiply(
              CblasTrans, CblasNoTrans, m: tile.count, n: tile.lowerBound, k: rows.rowCount,
              alpha: 1, a + tile.lowerBound, stride: d, a, stride: d, beta: 1, into: c, stride: d)
          }
          // Of the tile on the diagonal half is enough as well.
          unsafe BLAS.addGram(
            order: tile.count, rows: rows.rowCount, a + tile.lowerBound, stride: d,
            into: c + tile.lowerBound, stride: d)
        }
      }
    }
  }

  /// Returns `self · selfᵀ`, of shape `(rowCount, rowCount)`, exactly symmetric.
  public func outerGram() -> Matrix {
    let k = columnCount
    guard k > 0 else { return Matrix(rowCount: rowCount, columnCount: rowCount) }
    // Each tile stops at its own last row: half of the square is the other half's mirror image.
    return Matrix(rowCount: rowCount, columnCount: rowCount, tileRows: tileRows / 2) {
      rows, out in
      unsafe out.withUnsafeMutableBufferPointer { c in
        unsafe elements.withUnsafeBufferPointer { a in
          guard let c = c.baseAddress, let a = a.baseAddress else { return }
          unsafe BLAS.multiply(
            CblasNoTrans, CblasTrans, m: rows.count, n: rows.upperBound, k: k, alpha: 1,
            a + rows.lowerBound * k, stride: k, a, stride: k, beta: 0, into: c, stride: rowCount)
        }
      }
    }.mirroringLowerTriangle()
  }

  /// The sum of equally long vectors, in their order.
  func sumInOrder(_ partials: [[Double]]) -> [Double] {
    var total = partials[0]
    for partial in partials.dropFirst() {
      for index in total.indices { total[index] += partial[index] }
    }
    return total
  }

  /// The square matrix whose upper triangle repeats the lower one.
  public func mirroringLowerTriangle() -> Matrix {
    Matrix(rowCount: rowCount, columnCount: columnCount, tileRows: 64) { rows, out in
      for (position, row) in rows.enumerated() {
        let start = position * columnCount
        for column in 0...row { out[start + column] = elements[row * columnCount + column] }
        for column in (row + 1)..<max(columnCount, row + 1) {
          out[start + column] = elements[column * columnCount + row]
        }
      }
    }
  }

  /// The mean of a square matrix and its transpose, which rounding may have set apart.
  public func symmetrized() -> Matrix {
    var symmetric = self
    for row in 0..<rowCount {
      for column in 0..<row {
        let mean = (self[row, column] + self[column, row]) / 2
        symmetric[row, column] = mean
        symmetric[column, row] = mean
      }
    }
    return symmetric
  }
}

/// The name of the BLAS kernels in use: part of what decides the last bits of every number.
public var blasKernelName: String { BLAS.kernelName }
