// Rows that are visited in no order wait for memory longer than they compute: hence plain memory, since the
// check of every index would halve what is on its way at a time, and several rows at once.
extension Matrix {
  /// Returns the squared distance between a row of this matrix and one of another, from their differences.
  package func squaredDistance(fromRow row: Int, toRow otherRow: Int, of other: Matrix) -> Double {
    squaredDistances(fromRow: row, to: [otherRow] as InlineArray<1, Int>, of: other)[0]
  }

  /// Returns the same to several rows of the other matrix.
  package func squaredDistances(
    fromRow row: Int, toRows otherRows: [Int], of other: Matrix
  ) -> [Double] {
    var squares: [Double] = []
    squares.reserveCapacity(otherRows.count)
    var next = 0
    while next + 4 <= otherRows.count {
      let some = squaredDistances(
        fromRow: row, to: InlineArray<4, Int> { otherRows[next + $0] }, of: other)
      for index in some.indices { squares.append(some[index]) }
      next += 4
    }
    for otherRow in otherRows[next...] {
      squares.append(squaredDistance(fromRow: row, toRow: otherRow, of: other))
    }
    return squares
  }

  private func squaredDistances<let count: Int>(
    fromRow row: Int, to otherRows: InlineArray<count, Int>, of other: Matrix
  ) -> InlineArray<count, Double> {
    let d = columnCount
    precondition(d == other.columnCount, "rows of length \(d) and of \(other.columnCount)")
    precondition(row >= 0 && row < rowCount, "no row \(row)")
    for index in otherRows.indices {
      precondition(
        otherRows[index] >= 0 && otherRows[index] < other.rowCount, "no row \(otherRows[index])")
    }
    return unsafe elements.withUnsafeBytes { first in
      unsafe other.elements.withUnsafeBytes { second in
        let width = MemoryLayout<Double>.stride
        let start = row * d * width
        // Four partial sums, since one would wait for every addition; the same four for every pair.
        var sums = InlineArray<count, SIMD4<Double>>(repeating: SIMD4())
        let whole = d / 4 * 4 * width
        for offset in stride(from: 0, to: whole, by: 4 * width) {
          let values = unsafe first.loadUnaligned(
            fromByteOffset: start + offset, as: SIMD4<Double>.self)
          for index in sums.indices {
            let others = unsafe second.loadUnaligned(
              fromByteOffset: otherRows[index] * d * width + offset, as: SIMD4<Double>.self)
            let difference = values - others
            sums[index] += difference * difference
          }
        }
        return InlineArray { index in
          var sum = (sums[index][0] + sums[index][1]) + (sums[index][2] + sums[index][3])
          for offset in stride(from: whole, to: d * width, by: width) {
            let value = unsafe first.load(fromByteOffset: start + offset, as: Double.self)
            let other = unsafe second.load(
              fromByteOffset: otherRows[index] * d * width + offset, as: Double.self)
            let difference = value - other
            sum += difference * difference
          }
          return sum
        }
      }
    }
  }
}
