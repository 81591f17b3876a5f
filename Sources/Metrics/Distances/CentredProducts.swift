import LinearAlgebra

/// The cubic kernel of all rows of two sets, a tile at a time, for sums over very many pairs.
///
/// Of a kernel of rows about a centre, the product of the rows about the mean of the first set alone is taken
/// for every pair, in single precision, and the other terms once for a row in double precision. What is
/// left are rounding errors of either sign, some `6e-8/√d` of both rows' norms, which many features make
/// small and many pairs average: where both are at hand the mean kernel is right to 1e-10 of its largest
/// value, or of 1. In few features clusters have errors in common, and copies in any number of them: single
/// precision then is not enough.
struct CentredProducts: Sendable {
  private static let leastPairs = 1 << 24
  private static let leastDimension = 512

  /// The rows of each set of which the pairs are taken in both precisions.
  private static let triedRows = 1024

  /// The largest error of their mean kernel, relative to its largest value and the 1 in its definition.
  private static let tolerance = 5e-11

  /// Whether the sum over the pairs of two sets can be taken in this way: so it can of some of their rows,
  /// from which errors that many pairs have in common cannot hide.
  static func suffice(_ first: Matrix, _ second: Matrix, about centre: [Double]) -> Bool {
    guard first.columnCount >= leastDimension,
      first.rowCount * second.rowCount >= leastPairs
    else { return false }
    // Within one set no row meets itself.
    let (rows, columns) = (
      first.spreadRows(triedRows, from: 0), second.spreadRows(triedRows, from: 1)
    )
    let products = CentredProducts(rows, columns, about: centre)
    let terms = products.terms
    let centred = columns.subtractingFromRows(centre)
    let blocks = Parallelism.blocks(of: rows.rowCount, size: 256)
    let parts = Parallelism.map(blocks.count) { index -> (error: Double, largest: Double) in
      let exact = rows.rows(blocks[index], minus: centre).times(transposeOf: centred)
      var tile = exact.elements
      products.fill(&tile, rows: blocks[index], columns: 0..<columns.rowCount)
      var (error, largest) = (0.0, 0.0)
      for (position, row) in blocks[index].enumerated() {
        for column in 0..<columns.rowCount {
          let expected = terms.kernel(
            terms.share * exact[position, column], terms.rows.linear[row],
            terms.columns.linear[column])
          error += tile[position * columns.rowCount + column] - expected
          largest = max(largest, abs(expected))
        }
      }
      return (error, largest)
    }
    let largest = parts.reduce(0) { max($0, $1.largest) }
    let error = parts.reduce(0) { $0 + $1.error } / Double(rows.rowCount * columns.rowCount)
    return abs(error) <= tolerance * (1 + largest)
  }

  private let first: FloatMatrix
  private let second: FloatMatrix

  /// What a 1 among the products of the rounded rows stands for, over the dimension.
  private let unit: Double

  private let terms: CubicTerms

  init(_ first: Matrix, _ second: Matrix, about centre: [Double]) {
    let mean = first.stableColumnMeans()
    let largest = max(
      first.squaredRowNorms(about: mean).max() ?? 0, second.squaredRowNorms(about: mean).max() ?? 0)
    // Squares of norms of at most 2 cannot overflow.
    let exponent = largest > 0 ? largest.squareRoot().exponent : 0
    let scale = Double(sign: .plus, exponent: -exponent, significand: 1)
    unit =
      Double(sign: .plus, exponent: 2 * exponent, significand: 1) / Double(first.columnCount)
    self.first = first.roundedRows(about: mean, scale: scale)
    self.second = second.roundedRows(about: mean, scale: scale)
    terms = CubicTerms(first, second, about: centre, productsAbout: mean)
  }

  /// Writes the kernel of some rows of both sets to the front of `tile`, row after row.
  func fill(_ tile: inout [Double], rows: Range<Int>, columns: Range<Int>) {
    var products = [Float](repeating: 0, count: rows.count * columns.count)
    first.multiply(rows: rows, byTransposed: columns, of: second, into: &products)
    let ends = terms.columns.inner.span.extracting(columns)
    let linear = terms.columns.linear.span.extracting(columns)
    for (position, row) in rows.enumerated() {
      let start = position * columns.count
      let values = products.span.extracting(start..<start + columns.count)
      let (begin, u) = (terms.rows.inner[row], terms.rows.linear[row])
      for index in values.indices {
        let w = unit * Double(values[index]) + (begin + ends[index])
        tile[start + index] = terms.kernel(w, u, linear[index])
      }
    }
  }
}

extension Matrix {
  /// So many rows at equal steps, or all, from the first or the second half of the first step.
  fileprivate func spreadRows(_ most: Int, from half: Int) -> Matrix {
    let count = Swift.min(most, rowCount)
    return gatheringRows((0..<count).map { (2 * $0 + half) * rowCount / (2 * count) })
  }

  /// All rows, minus a centre and times a scale, in single precision.
  fileprivate func roundedRows(about centre: [Double], scale: Double) -> FloatMatrix {
    FloatMatrix(rowCount: rowCount, columnCount: columnCount, tileRows: 256) { rows, out in
      for (position, row) in rows.enumerated() {
        for column in 0..<columnCount {
          let value = elements[row * columnCount + column] - centre[column]
          out[position * columnCount + column] = Float(scale * value)
        }
      }
    }
  }
}
