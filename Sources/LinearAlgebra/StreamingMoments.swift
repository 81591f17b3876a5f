/// Mean and covariance of samples that arrive in blocks, in memory that does not grow with them.
///
/// Sums are taken about the mean of the first block, so that a common offset, however large, does
/// not cancel the digits of the covariance.
public struct StreamingMoments: Sendable {
  /// The number of features.
  public let dimension: Int

  /// The number of samples seen so far.
  public private(set) var count = 0

  private var origin: [Double]
  private var sums: [Double]
  private var products: Matrix

  /// Creates moments of no samples.
  public init(dimension: Int) {
    self.dimension = dimension
    origin = []
    sums = Array(repeating: 0, count: dimension)
    products = Matrix(rowCount: dimension, columnCount: dimension)
  }

  /// Creates the moments of a matrix of samples `(n, d)`, in blocks of 2048 rows.
  public init(of samples: Matrix) {
    self.init(dimension: samples.columnCount)
    for block in Parallelism.blocks(of: samples.rowCount, size: 2048) {
      append(samples.rows(block))
    }
  }

  /// Takes a block of samples `(m, d)` into account.
  ///
  /// The borders of the blocks decide the last bits.
  public mutating func append(_ block: Matrix) {
    precondition(
      block.columnCount == dimension,
      "\(block.columnCount) features where \(dimension) are expected")
    guard block.rowCount > 0 else { return }
    if count == 0 { origin = block.columnMeans() }
    let centred = block.subtractingFromRows(origin)
    let gram = centred.gram()
    let means = centred.columnMeans()
    for column in 0..<dimension { sums[column] += means[column] * Double(block.rowCount) }
    for index in gram.elements.indices { products.elements[index] += gram.elements[index] }
    count += block.rowCount
  }

  /// The mean, shape `(d)`.
  public var mean: [Double] {
    guard count > 0 else { return sums }
    return zip(origin, sums).map { $0 + $1 / Double(count) }
  }

  /// The covariance, shape `(d, d)`, divided by `count - ddof`; needs more than `ddof` samples.
  public func covariance(ddof: Int) -> Matrix {
    precondition(count > ddof, "a covariance with ddof \(ddof) needs more than \(count) samples")
    var covariance = products
    let n = Double(count)
    for row in 0..<dimension {
      for column in 0..<dimension {
        covariance[row, column] =
          (products[row, column] - sums[row] * sums[column] / n) / (n - Double(ddof))
      }
    }
    return covariance
  }
}
