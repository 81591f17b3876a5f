/// The total variance of samples that arrive in blocks.
///
/// Sums are taken about the mean of the first block, so that a common offset, however large, does not
/// cancel the digits of the variance.
public struct StreamingVariance: Sendable {
  /// The number of samples seen so far.
  public private(set) var count = 0

  private var origin: [Double] = []
  private var sums: [Double] = []
  private var squares = 0.0

  /// The rows of a task.
  private static let tileRows = 64

  /// Creates the variance of no samples.
  public init() {}

  /// Takes a block of samples `(m, d)` into account; all blocks have the same `d`.
  ///
  /// The borders of the blocks decide the last bits.
  public mutating func append(_ block: Matrix) {
    guard block.rowCount > 0 else { return }
    if count == 0 {
      origin = block.columnMeans()
      sums = Array(repeating: 0, count: block.columnCount)
    }
    precondition(
      block.columnCount == sums.count,
      "\(block.columnCount) numbers a sample where \(sums.count) are expected")
    let tiles = Parallelism.blocks(of: block.rowCount, size: Self.tileRows)
    let origin = self.origin
    let parts = Parallelism.map(tiles.count) { index in
      var sums = [Double](repeating: 0, count: origin.count)
      var squares = 0.0
      let elements = block.elements.span
      let origins = origin.span
      var totals = sums.mutableSpan
      let whole = origin.count & ~3
      for row in tiles[index] {
        let start = row * origin.count
        var square = SIMD4<Double>()
        for column in stride(from: 0, to: whole, by: 4) {
          let place = start + column
          let deviation =
            SIMD4(
              elements[place], elements[place + 1], elements[place + 2], elements[place + 3])
            - SIMD4(
              origins[column], origins[column + 1], origins[column + 2], origins[column + 3])
          for lane in 0..<4 { totals[column + lane] += deviation[lane] }
          square += deviation * deviation
        }
        squares += square.sum()
        for column in whole..<origin.count {
          let deviation = elements[start + column] - origins[column]
          totals[column] += deviation
          squares += deviation * deviation
        }
      }
      return (sums: sums, squares: squares)
    }
    for part in parts {
      for column in sums.indices { sums[column] += part.sums[column] }
      squares += part.squares
    }
    count += block.rowCount
  }

  /// Takes the samples of another variance into account, of the same `d`.
  public mutating func append(_ other: StreamingVariance) {
    guard count > 0, other.count > 0 else {
      if count == 0 { self = other }
      return
    }
    let m = Double(other.count)
    squares += other.squares
    for column in sums.indices {
      let shift = other.origin[column] - origin[column]
      sums[column] += other.sums[column] + m * shift
      squares += shift * (2 * other.sums[column] + m * shift)
    }
    count += other.count
  }

  /// The trace of the covariance, divided by the number of samples; 0 where there is none.
  public var total: Double {
    guard count > 0 else { return 0 }
    let n = Double(count)
    let offset = sums.reduce(0) { $0 + $1 * $1 } / n
    return max(0, squares - offset) / n
  }
}
