/// Rows that are computed a block at a time, whenever they are asked for: a set of samples that need
/// not fit into memory as numbers.
public struct RowSource: Sendable {
  /// The number of rows.
  public let rowCount: Int

  /// The number of columns.
  public let columnCount: Int

  private let compute: @Sendable (Range<Int>) -> Matrix

  /// The entries of a block of ``blocks``, some 32 MB.
  private static let blockEntries = 1 << 22

  /// The entries of a source that ``keptIfSmall()`` keeps, some 128 MB.
  private static let keptEntries = 1 << 24

  /// Creates a source.
  ///
  /// - Parameter compute: Returns consecutive rows, of shape `(range.count, columnCount)`; always the
  ///   same ones for the same range.
  public init(
    rowCount: Int, columnCount: Int, compute: @escaping @Sendable (Range<Int>) -> Matrix
  ) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.compute = compute
  }

  /// The rows of a matrix.
  public init(_ matrix: Matrix) {
    self.init(rowCount: matrix.rowCount, columnCount: matrix.columnCount) { range in
      range == 0..<matrix.rowCount ? matrix : matrix.rows(range)
    }
  }

  /// Consecutive rows, of shape `(range.count, columnCount)`.
  public func rows(_ range: Range<Int>) -> Matrix {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rowCount, "no rows \(range) of \(rowCount)")
    return compute(range)
  }

  /// All rows, in blocks of bounded memory whose borders depend on the shape alone.
  public var blocks: [Range<Int>] {
    let rows = max(16, Self.blockEntries / max(1, columnCount) / 16 * 16)
    return Parallelism.blocks(of: rowCount, size: rows)
  }

  /// All rows as one matrix.
  public func matrix() -> Matrix {
    let blocks = blocks
    guard blocks.count > 1 else { return rows(0..<rowCount) }
    var elements: [Double] = []
    elements.reserveCapacity(rowCount * columnCount)
    for block in blocks { elements.append(contentsOf: rows(block).elements) }
    return Matrix(rowCount: rowCount, columnCount: columnCount, elements: elements)
  }

  /// The rows with these numbers, which ascend, each still computed when it is asked for.
  public func selecting(_ numbers: [Int]) -> RowSource {
    RowSource(rowCount: numbers.count, columnCount: columnCount) { range in
      var elements: [Double] = []
      elements.reserveCapacity(range.count * columnCount)
      var next = range.lowerBound
      while next < range.upperBound {
        let first = next
        repeat { next += 1 } while next < range.upperBound && numbers[next] == numbers[next - 1] + 1
        elements += rows(numbers[first]..<numbers[next - 1] + 1).elements
      }
      return Matrix(rowCount: range.count, columnCount: columnCount, elements: elements)
    }
  }

  /// The same rows, computed once and kept if that takes no more than 128 MB.
  public func keptIfSmall() -> RowSource {
    rowCount * columnCount <= Self.keptEntries ? RowSource(rows(0..<rowCount)) : self
  }

  /// The trace of the covariance of the rows, divided by `rowCount`; 0 where there is no row.
  public func totalVariance() -> Double {
    var variance = StreamingVariance()
    for block in blocks { variance.append(rows(block)) }
    return variance.total
  }
}
