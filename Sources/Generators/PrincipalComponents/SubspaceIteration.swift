import LinearAlgebra
import Randomness

/// Randomised subspace iteration: a few orthonormal vectors that nearly span the leading eigenvectors
/// of a large symmetric matrix, found by products with it.
///
/// - Note: Halko, Martinsson and Tropp, SIAM Review 53 (2011) 217–288, algorithm 4.4.
enum SubspaceIteration {
  /// The vectors carried beyond those wanted: they sharpen the last of these.
  static let oversampling = 16

  /// The products with the matrix, each followed by an orthonormalisation.
  static let passes = 3

  /// The number of vectors carried to find `count` of a matrix of this order.
  static func width(count: Int, order: Int) -> Int { min(count + oversampling, order) }

  /// Returns orthonormal columns, of shape `(order, width)`, that nearly span the `count` leading
  /// eigenvectors of the positive semidefinite matrix by which `product` multiplies.
  ///
  /// The start is always the same random matrix, so the same data give the same basis.
  static func basis(
    count: Int, order: Int, product: (Matrix) -> Matrix
  ) throws(LinearAlgebraError) -> Matrix {
    let width = width(count: count, order: order)
    var basis = Matrix(rowCount: order, columnCount: width, tileRows: 256) { rows, out in
      for (position, row) in rows.enumerated() {
        var stream = RandomStream(seed: 0, purpose: "subspace iteration", sample: row)
        stream.fillNormals(&out, position * width..<(position + 1) * width)
      }
    }
    for _ in 0..<passes { basis = try product(basis).orthonormalColumns() }
    return basis
  }
}
