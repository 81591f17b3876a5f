public import Storage

/// Rows that are computed a block at a time, whenever they are asked for: a set of samples that need
/// not fit into memory as numbers.
public struct RowSource: DesignMatrix {
  /// The number of rows.
  public let rowCount: Int

  /// The number of columns.
  public let columnCount: Int

  private let compute: @Sendable (Range<Int>) -> Matrix

  private let gather: (@Sendable ([Int]) -> Matrix)?

  /// All rows, where they are in memory anyway.
  private let stored: Matrix?

  /// The entries of a block of ``blocks``, some 8 MB.
  private static let blockEntries = 1 << 20

  /// The entries of a source that ``keptIfSmall()`` keeps, some 128 MB.
  private static let keptEntries = 1 << 24

  /// Creates a source.
  ///
  /// - Parameters:
  ///   - compute: Returns consecutive rows, of shape `(range.count, columnCount)`; always the same
  ///     ones for the same range.
  ///   - gather: Returns rows in any order; without it they are computed one after the other.
  public init(
    rowCount: Int, columnCount: Int, compute: @escaping @Sendable (Range<Int>) -> Matrix,
    gather: (@Sendable ([Int]) -> Matrix)? = nil
  ) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.compute = compute
    self.gather = gather
    stored = nil
  }

  /// The rows of a matrix.
  public init(_ matrix: Matrix) {
    rowCount = matrix.rowCount
    columnCount = matrix.columnCount
    compute = { range in range == 0..<matrix.rowCount ? matrix : matrix.rows(range) }
    gather = matrix.gatheringRows
    stored = matrix
  }

  /// Consecutive rows, of shape `(range.count, columnCount)`.
  public func rows(_ range: Range<Int>) -> Matrix {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rowCount, "no rows \(range) of \(rowCount)")
    return compute(range)
  }

  /// Consecutive rows, each minus the same vector of shape `(columnCount)`.
  public func rows(_ range: Range<Int>, minus offset: [Double]) -> Matrix {
    stored?.rows(range, minus: offset) ?? rows(range).subtractingFromRows(offset)
  }

  /// The rows with these indices, in this order; an index may repeat.
  public func gatheringRows(_ indices: [Int]) -> Matrix {
    if let gather { return gather(indices) }
    return Matrix(
      rowCount: indices.count, columnCount: columnCount,
      elements: indices.flatMap { rows($0..<$0 + 1).elements })
  }

  /// The rows with these indices as a source of their own, kept in memory or in a temporary file.
  public func selecting(
    _ indices: ArraySlice<Int>, leastFileBytes: Int = SpillWriter<Double>.leastFileBytes
  ) -> RowSource {
    var writer = RowWriter(
      expecting: indices.count, columnCount: columnCount, leastFileBytes: leastFileBytes)
    for block in Parallelism.blocks(of: indices.count, size: 4096) {
      let start = indices.startIndex
      writer.append(
        gatheringRows(Array(indices[start + block.lowerBound..<start + block.upperBound])))
    }
    return writer.finish()
  }

  /// These rows followed by those of another source.
  public func appendingRows(of other: RowSource) -> RowSource {
    precondition(
      columnCount == other.columnCount,
      "cannot put \(other.columnCount) columns under \(columnCount)")
    let (first, count) = (self, rowCount)
    return RowSource(
      rowCount: count + other.rowCount, columnCount: columnCount,
      compute: { range in
        if range.upperBound <= count { return first.rows(range) }
        if range.lowerBound >= count {
          return other.rows(range.lowerBound - count..<range.upperBound - count)
        }
        return first.rows(range.lowerBound..<count)
          .appendingRows(of: other.rows(0..<range.upperBound - count))
      },
      gather: { indices in
        // Both are asked once, and their rows put into the places where they are wanted.
        let mine = first.gatheringRows(indices.filter { $0 < count })
        let theirs = other.gatheringRows(indices.filter { $0 >= count }.map { $0 - count })
        var elements: [Double] = []
        elements.reserveCapacity(indices.count * first.columnCount)
        var (next, nextOther) = (0, 0)
        for index in indices {
          if index < count {
            elements.append(contentsOf: mine.row(next))
            next += 1
          } else {
            elements.append(contentsOf: theirs.row(nextOther))
            nextOther += 1
          }
        }
        return Matrix(
          rowCount: indices.count, columnCount: first.columnCount, elements: elements)
      })
  }

  /// The mean of the rows, shape `(columnCount)`: bit for bit that of the same rows in a matrix.
  public func columnMeans() -> [Double] {
    guard rowCount > 0 else { return Array(repeating: 0, count: columnCount) }
    var sums: [Double]?
    for block in rowBlocks {
      for partial in rows(block).columnSums() {
        guard var total = sums.take() else {
          sums = partial
          continue
        }
        for column in total.indices { total[column] += partial[column] }
        sums = total
      }
    }
    let scale = 1 / Double(rowCount)
    return (sums ?? []).map { $0 * scale }
  }

  /// All rows, in blocks of bounded memory whose borders depend on the shape alone.
  public var blocks: [Range<Int>] {
    let rows = max(16, Self.blockEntries / max(1, columnCount) / 16 * 16)
    return Parallelism.blocks(of: rowCount, size: rows)
  }

  /// All rows as one matrix.
  public func matrix() -> Matrix {
    if let stored { return stored }
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

  /// Whether all rows are the same, number by number; a row with NaN is like none.
  public var hasEqualRows: Bool {
    guard rowCount > 0 else { return true }
    let first = rows(0..<1).elements
    return blocks.allSatisfy { block in
      let rows = rows(block)
      return (0..<rows.rowCount).allSatisfy { rows.row($0).elementsEqual(first) }
    }
  }

  /// The trace of the covariance of the rows, divided by `rowCount`; 0 where there is no row.
  public func totalVariance() -> Double {
    var variance = StreamingVariance()
    if let stored {
      variance.append(stored)
    } else {
      for block in blocks { variance.append(rows(block)) }
    }
    return variance.total
  }
}
