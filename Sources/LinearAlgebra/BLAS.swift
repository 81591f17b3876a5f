import COpenBLAS

/// The only door to BLAS.
///
/// OpenBLAS is held to one thread a call: its own threads change the bits of a result with their
/// number and are slower on tall, narrow matrices than tiles of rows on our threads.
enum BLAS {
  /// Holds OpenBLAS to one thread, once; touched before every call, also those of LAPACK on top of it.
  static let singleThreaded: Void = openblas_set_num_threads(1)

  /// Whether an operand enters a product as stored or transposed.
  typealias Transposition = CBLAS_TRANSPOSE

  /// `c = alpha * op(a) * op(b) + beta * c`, all row-major (`dgemm`).
  static func multiply(
    _ transposeA: Transposition, _ transposeB: Transposition, m: Int, n: Int, k: Int,
    alpha: Double, _ a: UnsafePointer<Double>, stride lda: Int,
    _ b: UnsafePointer<Double>, stride ldb: Int, beta: Double,
    into c: UnsafeMutablePointer<Double>, stride ldc: Int
  ) {
    singleThreaded
    unsafe cblas_dgemm(
      CblasRowMajor, transposeA, transposeB, Int32(m), Int32(n), Int32(k), alpha, a, Int32(lda), b,
      Int32(ldb), beta, c, Int32(ldc))
  }

  /// `c = alpha * op(a) * op(b) + beta * c` in single precision, all row-major (`sgemm`).
  static func multiply(
    _ transposeA: Transposition, _ transposeB: Transposition, m: Int, n: Int, k: Int,
    alpha: Float = 1, _ a: UnsafePointer<Float>, stride lda: Int, _ b: UnsafePointer<Float>,
    stride ldb: Int, beta: Float = 0, into c: UnsafeMutablePointer<Float>, stride ldc: Int
  ) {
    singleThreaded
    unsafe cblas_sgemm(
      CblasRowMajor, transposeA, transposeB, Int32(m), Int32(n), Int32(k), alpha, a, Int32(lda), b,
      Int32(ldb), beta, c, Int32(ldc))
  }

  /// The upper triangle of `c = alpha * a aᵀ + c` in single precision for `a` of shape `(order, columns)`,
  /// row-major (`ssyrk`).
  static func addGram(
    upperTriangleOf order: Int, columns: Int, alpha: Float, _ a: UnsafePointer<Float>,
    stride lda: Int, into c: UnsafeMutablePointer<Float>, stride ldc: Int
  ) {
    singleThreaded
    unsafe cblas_ssyrk(
      CblasRowMajor, CblasUpper, CblasNoTrans, Int32(order), Int32(columns), alpha, a, Int32(lda),
      1, c, Int32(ldc))
  }

  /// The lower triangle of `c = aᵀ a + c` for `a` of shape `(rows, order)`, row-major (`dsyrk`).
  static func addGram(
    order: Int, rows: Int, _ a: UnsafePointer<Double>, stride lda: Int,
    into c: UnsafeMutablePointer<Double>, stride ldc: Int
  ) {
    singleThreaded
    unsafe cblas_dsyrk(
      CblasRowMajor, CblasLower, CblasTrans, Int32(order), Int32(rows), 1, a, Int32(lda), 1, c,
      Int32(ldc))
  }

  /// `b = R⁻ᵀ b` for an upper triangular `R` of an order and `b` of some columns, row-major (`dtrsm`).
  static func solveTransposed(
    upperTriangular r: UnsafePointer<Double>, order: Int, stride ldr: Int,
    _ b: UnsafeMutablePointer<Double>, columns: Int, stride ldb: Int
  ) {
    singleThreaded
    unsafe cblas_dtrsm(
      CblasRowMajor, CblasLeft, CblasUpper, CblasTrans, CblasNonUnit, Int32(order), Int32(columns),
      1, r, Int32(ldr), b, Int32(ldb))
  }

  /// `y = alpha * op(a) * x + beta * y` for a column-major `a` of shape `(rows, columns)` and an `x` of which
  /// every `step`-th number counts (`dgemv`); without columns, `y` stays as it is, whatever `beta`.
  static func addProduct(
    _ transpose: Transposition, rows: Int, columns: Int, alpha: Double,
    _ a: UnsafePointer<Double>, stride lda: Int, _ x: UnsafePointer<Double>, step: Int,
    beta: Double, into y: UnsafeMutablePointer<Double>
  ) {
    singleThreaded
    unsafe cblas_dgemv(
      CblasColMajor, transpose, Int32(rows), Int32(columns), alpha, a, Int32(lda), x, Int32(step),
      beta, y, 1)
  }

  /// `y = a * x` for a symmetric column-major `a`, of which the lower triangle is read (`dsymv`).
  static func multiply(
    lowerTriangle a: UnsafePointer<Double>, order: Int, stride lda: Int,
    _ x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>
  ) {
    singleThreaded
    unsafe cblas_dsymv(
      CblasColMajor, CblasLower, Int32(order), 1, a, Int32(lda), x, 1, 0, y, 1)
  }

  /// The name of the kernels that OpenBLAS chose for this processor; results may differ between them.
  static var kernelName: String {
    singleThreaded
    return unsafe String(cString: openblas_get_corename())
  }
}
