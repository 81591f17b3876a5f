import COpenBLAS

/// The rows, and the columns, of a tile of a product of triangular matrices.
private let tileSize = 256

/// Upper triangular matrices, as factors `Rᵀ R` of covariances.
extension Matrix {
  /// Returns the inverse of an upper triangular matrix.
  ///
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(order:minor:)`` for a 0 on the diagonal, and if an
  ///   entry is not finite.
  package func upperTriangularInverse() throws(LinearAlgebraError) -> Matrix {
    try requireFinite()
    return try LAPACK.upperTriangularInverse(self)
  }

  /// Returns `self · otherᵀ` for upper triangular matrices of one order, a third of the cost of others.
  package func upperTriangularTimes(transposeOfUpperTriangular other: Matrix) -> Matrix {
    let order = rowCount
    precondition(
      columnCount == order && other.rowCount == order && other.columnCount == order,
      "a \(order)×\(columnCount) and a \(other.rowCount)×\(other.columnCount) matrix")
    let columnTiles = Parallelism.blocks(of: order, size: tileSize)
    return Matrix(rowCount: order, columnCount: order, tileRows: tileSize) { rows, out in
      unsafe out.withUnsafeMutableBufferPointer { c in
        unsafe elements.withUnsafeBufferPointer { a in
          unsafe other.elements.withUnsafeBufferPointer { b in
            guard let c = c.baseAddress, let a = a.baseAddress, let b = b.baseAddress else {
              return
            }
            for columns in columnTiles {
              // Before the later of both diagonals one of the factors is 0.
              let first = max(rows.lowerBound, columns.lowerBound)
              unsafe BLAS.multiply(
                CblasNoTrans, CblasTrans, m: rows.count, n: columns.count, k: order - first,
                alpha: 1, a + rows.lowerBound * order + first, stride: order,
                b + columns.lowerBound * order + first, stride: order, beta: 0,
                into: c + columns.lowerBound, stride: order)
            }
          }
        }
      }
    }
  }
}
