public import Storage

/// Rows that arrive in blocks and are read many times: kept in memory where they are few, else in a
/// temporary file.
public struct RowWriter {
  private let columnCount: Int
  private var writer: SpillWriter<Double>
  private var rowCount = 0

  /// Prepares for about `expected` rows.
  ///
  /// - Parameter leastFileBytes: The bytes from which on the rows are a file.
  public init(
    expecting expected: Int, columnCount: Int,
    leastFileBytes: Int = SpillWriter<Double>.leastFileBytes
  ) {
    self.columnCount = columnCount
    writer = SpillWriter(expecting: expected * columnCount, leastFileBytes: leastFileBytes)
  }

  /// Puts rows after those before.
  public mutating func append(_ rows: Matrix) {
    precondition(
      rows.columnCount == columnCount, "\(rows.columnCount) columns under \(columnCount)")
    writer.append(rows.elements)
    rowCount += rows.rowCount
  }

  /// The rows put together.
  public consuming func finish() -> RowSource {
    let (rowCount, columnCount) = (rowCount, columnCount)
    let elements = writer.finish()
    guard elements.isInFile else {
      return RowSource(
        Matrix(
          rowCount: rowCount, columnCount: columnCount, elements: elements[0..<elements.count]))
    }
    return RowSource(
      rowCount: rowCount, columnCount: columnCount,
      compute: { range in
        Matrix(
          rowCount: range.count, columnCount: columnCount,
          elements: elements[range.lowerBound * columnCount..<range.upperBound * columnCount])
      },
      gather: { indices in
        var gathered: [Double] = []
        gathered.reserveCapacity(indices.count * columnCount)
        elements.appendRows(indices, width: columnCount, to: &gathered)
        return Matrix(rowCount: indices.count, columnCount: columnCount, elements: gathered)
      })
  }
}
