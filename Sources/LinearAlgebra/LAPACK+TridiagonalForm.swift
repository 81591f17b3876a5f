import COpenBLAS

/// The order from which on the reduction is work for all threads.
private let leastParallelOrder = 512

/// Symmetric matrices by way of their tridiagonal form.
extension LAPACK {
  private static let fromIdentity = CChar(UInt8(ascii: "I"))

  /// A symmetric matrix is its own transpose, so LAPACK's column-major eigenvectors, in columns, are
  /// our row-major eigenvectors, in rows: no copy is transposed.
  ///
  /// These are the steps of `dsyevd`, of which the last, back from the tridiagonal matrix, is taken for
  /// the wanted vectors alone.
  ///
  /// - Returns: The `count` largest eigenvalues, ascending, and their eigenvectors, in rows (`dsytrd`,
  ///   `dstedc`, `dormtr`).
  static func symmetricEigen(
    _ matrix: Matrix, count: Int
  ) throws(LinearAlgebraError) -> (values: [Double], vectors: Matrix) {
    guard count > 0 else { return ([], Matrix(rowCount: 0, columnCount: matrix.rowCount)) }
    // In one call each: a loop hands its last bits on from generation to generation, and those of runs that
    // were made before are these.
    var reduced = TridiagonalForm(unreduced: matrix)
    reduced.reduceRest(from: 0)
    try reduced.requireFinite()
    return try symmetricEigen(reduced, count: count, vectorsPerTask: count)
  }

  /// - Returns: The same from the matrix reduced to tridiagonal form, with so many vectors for a thread to
  ///   take back from it.
  static func symmetricEigen(
    _ form: TridiagonalForm, count: Int, vectorsPerTask: Int = 256
  ) throws(LinearAlgebraError) -> (values: [Double], vectors: Matrix) {
    let order = form.diagonal.count
    var reduced = form
    var vectors = [Double](repeating: 0, count: order * order)
    let status = unsafe LAPACKE_dstedc(
      LAPACK_COL_MAJOR, fromIdentity, Int32(order), &reduced.diagonal, &reduced.besideDiagonal,
      &vectors, Int32(order))
    try check(status, "dstedc", order)
    vectors.removeFirst((order - count) * order)
    form.reflect(&vectors, vectorsPerTask: vectorsPerTask)
    return (
      Array(reduced.diagonal.suffix(count)),
      Matrix(rowCount: count, columnCount: order, elements: vectors)
    )
  }

  /// Reduces a symmetric matrix of order 1 or more, a large one on all threads (`dsytrd`).
  ///
  /// Reads the lower triangle of the column-major matrix, the upper one of ours.
  static func tridiagonal(_ matrix: Matrix) throws(LinearAlgebraError) -> TridiagonalForm {
    var reduced = TridiagonalForm(unreduced: matrix)
    var first = 0
    while matrix.rowCount - first >= leastParallelOrder {
      reduced.reducePanel(from: first)
      first += TridiagonalForm.panelWidth
    }
    reduced.reduceRest(from: first)
    try reduced.requireFinite()
    return reduced
  }

  /// Calls a routine in the workspace that it asks for: its size decides the last bits.
  fileprivate static func withWorkspace(
    _ routine: String, _ call: (UnsafeMutablePointer<Double>?, Int32) -> Int32
  ) {
    var size = 1.0
    var status = unsafe call(&size, -1)
    precondition(status == 0, "\(routine) rejected argument \(-status)")
    status = unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: Int(size)) { work in
      unsafe call(work.baseAddress, Int32(size))
    }
    precondition(status == 0, "\(routine) rejected argument \(-status)")
  }
}

extension TridiagonalForm {
  /// Room for the form of a matrix, which is still to be reduced.
  fileprivate init(unreduced matrix: Matrix) {
    let order = matrix.rowCount
    diagonal = Array(repeating: 0, count: order)
    besideDiagonal = Array(repeating: 0, count: max(1, order - 1))
    reflectors = matrix.elements
    scales = Array(repeating: 0, count: max(1, order - 1))
    BLAS.singleThreaded
  }

  /// Throws if numbers have overflowed: one that has makes those after it NaN, down to the last ones.
  fileprivate func requireFinite() throws(LinearAlgebraError) {
    guard diagonal.allSatisfy(\.isFinite), besideDiagonal.allSatisfy(\.isFinite) else {
      throw LinearAlgebraError.didNotConverge(routine: "dsytrd", order: diagonal.count)
    }
  }

  /// Reduces the columns that are left, at least one, in one call, in the workspace that LAPACK asks for.
  fileprivate mutating func reduceRest(from first: Int) {
    let order = diagonal.count
    unsafe reflectors.withUnsafeMutableBufferPointer { a in
      unsafe diagonal.withUnsafeMutableBufferPointer { d in
        unsafe besideDiagonal.withUnsafeMutableBufferPointer { e in
          unsafe scales.withUnsafeMutableBufferPointer { tau in
            guard let a = a.baseAddress, let d = d.baseAddress, let e = e.baseAddress,
              let tau = tau.baseAddress
            else { return }
            unsafe LAPACK.withWorkspace("dsytrd") { work, size in
              unsafe LAPACKE_dsytrd_work(
                LAPACK_COL_MAJOR, LAPACK.lower, Int32(order - first), a + first * (order + 1),
                Int32(order), d + first, e + first, tau + first, work, size)
            }
          }
        }
      }
    }
  }

  /// Multiplies vectors of the tridiagonal matrix, one after another, by `Q` (`dormtr`).
  fileprivate func reflect(_ vectors: inout [Double], vectorsPerTask: Int) {
    let order = diagonal.count
    let tiles = Parallelism.blocks(of: vectors.count / order, size: vectorsPerTask)
    unsafe vectors.withUnsafeMutableBufferPointer { buffer in
      let output = unsafe DisjointTiles(buffer)
      Parallelism.forEach(tiles.count) { index in
        let tile = tiles[index]
        let memory = unsafe output.tile(tile.lowerBound * order..<tile.upperBound * order)
        unsafe reflect(memory, count: tile.count)
      }
    }
  }

  /// The same of the vectors of one task.
  private func reflect(_ vectors: UnsafeMutableBufferPointer<Double>, count: Int) {
    unsafe LAPACK.withWorkspace("dormtr") { work, size in
      unsafe LAPACKE_dormtr_work(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), LAPACK.lower, CChar(UInt8(ascii: "N")),
        Int32(diagonal.count), Int32(count), reflectors, Int32(diagonal.count), scales,
        vectors.baseAddress, Int32(diagonal.count), work, size)
    }
  }
}
