/// A dense matrix of doubles, stored row by row.
///
/// A design matrix holds one sample a row: its shape is `(n, d)`.
public struct Matrix: Equatable, Sendable {
  /// The number of rows.
  public let rowCount: Int

  /// The number of columns.
  public let columnCount: Int

  /// The entries, row after row: `rowCount * columnCount` of them.
  public var elements: [Double]

  /// Creates a matrix from its entries, row after row.
  public init(rowCount: Int, columnCount: Int, elements: [Double]) {
    precondition(
      elements.count == rowCount * columnCount,
      "a \(rowCount)×\(columnCount) matrix has not \(elements.count) entries")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }

  /// Creates a matrix whose entries are all `value`.
  public init(rowCount: Int, columnCount: Int, repeating value: Double = 0) {
    self.init(
      rowCount: rowCount, columnCount: columnCount,
      elements: Array(repeating: value, count: rowCount * columnCount))
  }

  /// Creates a matrix from single-precision entries, row after row.
  public init(rowCount: Int, columnCount: Int, floats: [Float]) {
    precondition(
      floats.count == rowCount * columnCount,
      "a \(rowCount)×\(columnCount) matrix has not \(floats.count) entries")
    self.init(rowCount: rowCount, columnCount: columnCount, tileRows: 256) { rows, out in
      let start = rows.lowerBound * columnCount
      for index in 0..<rows.count * columnCount { out[index] = Double(floats[start + index]) }
    }
  }

  /// Creates a matrix from rows of equal length.
  public init(rows: [[Double]]) {
    let columnCount = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columnCount }, "rows of unequal length")
    self.init(rowCount: rows.count, columnCount: columnCount, elements: rows.flatMap { $0 })
  }

  /// Returns the identity of the given order.
  public static func identity(_ order: Int) -> Matrix {
    diagonal(Array(repeating: 1, count: order))
  }

  /// Returns the square matrix with these entries on its diagonal and 0 elsewhere.
  public static func diagonal(_ values: [Double]) -> Matrix {
    var matrix = Matrix(rowCount: values.count, columnCount: values.count)
    for (index, value) in values.enumerated() { matrix[index, index] = value }
    return matrix
  }

  /// The entry in a row and a column, counted from 0.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * columnCount + column] }
    set { elements[row * columnCount + column] = newValue }
  }
}

extension Matrix {
  /// One row, shape `(columnCount)`.
  public func row(_ index: Int) -> ArraySlice<Double> {
    elements[index * columnCount..<(index + 1) * columnCount]
  }

  /// Consecutive rows as a matrix of their own.
  public func rows(_ range: Range<Int>) -> Matrix {
    if range == 0..<rowCount { return self }
    return Matrix(
      rowCount: range.count, columnCount: columnCount,
      elements: Array(elements[range.lowerBound * columnCount..<range.upperBound * columnCount]))
  }

  /// The rows with these indices, in this order; an index may repeat.
  public func gatheringRows(_ indices: [Int]) -> Matrix {
    var gathered: [Double] = []
    gathered.reserveCapacity(indices.count * columnCount)
    for index in indices { gathered.append(contentsOf: row(index)) }
    return Matrix(rowCount: indices.count, columnCount: columnCount, elements: gathered)
  }

  /// The leading columns as a matrix of their own.
  public func leadingColumns(_ count: Int) -> Matrix {
    Matrix(rowCount: rowCount, columnCount: count, tileRows: 256) { rows, out in
      for (position, row) in rows.enumerated() {
        for column in 0..<count { out[position * count + column] = self[row, column] }
      }
    }
  }

  /// The rows of `self` followed by those of `other`.
  public func appendingRows(of other: Matrix) -> Matrix {
    precondition(
      columnCount == other.columnCount,
      "cannot put \(other.columnCount) columns under \(columnCount)")
    return Matrix(
      rowCount: rowCount + other.rowCount, columnCount: columnCount,
      elements: elements + other.elements)
  }

  /// The transpose, of shape `(columnCount, rowCount)`.
  public func transposed() -> Matrix {
    Matrix(rowCount: columnCount, columnCount: rowCount, tileRows: 64) { rows, out in
      for (position, row) in rows.enumerated() {
        for column in 0..<rowCount { out[position * rowCount + column] = self[column, row] }
      }
    }
  }

  /// The sum of the diagonal.
  public var trace: Double {
    var sum = 0.0
    for index in 0..<min(rowCount, columnCount) { sum += self[index, index] }
    return sum
  }

  /// The mean of the rows, shape `(columnCount)`: zeros where there is no row.
  public func columnMeans() -> [Double] {
    guard rowCount > 0 else { return Array(repeating: 0, count: columnCount) }
    let scale = 1 / Double(rowCount)
    return sumInOrder(columnSums()).map { $0 * scale }
  }

  /// The sums of the columns over every 256 rows.
  ///
  /// Partial sums of a fixed block of rows keep the rounding error flat in the number of rows.
  func columnSums() -> [[Double]] {
    let blocks = Parallelism.blocks(of: rowCount, size: 256)
    return Parallelism.map(blocks.count) { index in
      var partial = [Double](repeating: 0, count: columnCount)
      for row in blocks[index] {
        let start = row * columnCount
        for column in 0..<columnCount { partial[column] += elements[start + column] }
      }
      return partial
    }
  }

  /// The mean of the rows, each counted as often as its weight says, which need not be whole.
  ///
  /// - Parameter weights: One for each row, not negative, with a positive sum; `nil` for the plain mean.
  public func columnMeans(weights: [Double]?) -> [Double] {
    guard let weights else { return columnMeans() }
    let column = Matrix(rowCount: rowCount, columnCount: 1, elements: weights)
    let scale = 1 / weights.reduce(0, +)
    return transposedTimes(column).elements.map { $0 * scale }
  }

  /// The trace of the covariance of the rows, divided by `rowCount`; 0 where there is no row.
  public func totalVariance() -> Double {
    var variance = StreamingVariance()
    variance.append(self)
    return variance.total
  }

  /// Every row minus the same vector of shape `(columnCount)`.
  public func subtractingFromRows(_ offset: [Double]) -> Matrix {
    rows(0..<rowCount, minus: offset)
  }

  /// Consecutive rows, each minus the same vector of shape `(columnCount)`.
  public func rows(_ range: Range<Int>, minus offset: [Double]) -> Matrix {
    precondition(offset.count == columnCount, "\(offset.count) offsets, \(columnCount) columns")
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rowCount, "no rows \(range) of \(rowCount)")
    return Matrix(rowCount: range.count, columnCount: columnCount, tileRows: 256) { rows, out in
      let start = (range.lowerBound + rows.lowerBound) * columnCount
      for position in 0..<rows.count {
        for column in 0..<columnCount {
          let index = position * columnCount + column
          out[index] = elements[start + index] - offset[column]
        }
      }
    }
  }

  /// Every column times its own factor; `factors` has shape `(columnCount)`.
  public func scalingColumns(_ factors: [Double]) -> Matrix {
    precondition(factors.count == columnCount, "\(factors.count) factors, \(columnCount) columns")
    return Matrix(rowCount: rowCount, columnCount: columnCount, tileRows: 256) { rows, out in
      let start = rows.lowerBound * columnCount
      for position in 0..<rows.count {
        for column in 0..<columnCount {
          let index = position * columnCount + column
          out[index] = elements[start + index] * factors[column]
        }
      }
    }
  }

  /// The squared Euclidean norm of every row, shape `(rowCount)`.
  public func squaredRowNorms() -> [Double] {
    Matrix(rowCount: rowCount, columnCount: 1, tileRows: 256) { rows, out in
      for (position, row) in rows.enumerated() {
        var sum = 0.0
        for index in row * columnCount..<(row + 1) * columnCount {
          sum += elements[index] * elements[index]
        }
        out[position] = sum
      }
    }.elements
  }
}
