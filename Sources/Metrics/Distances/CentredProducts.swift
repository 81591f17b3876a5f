import LinearAlgebra

/// The inner products of all rows of two sets over their dimension, `x·y/d`, a tile at a time, for sums over
/// very many pairs.
///
/// With rows `x = μ + u` and `y = μ + v` about the mean `μ` of the first set, `x·y = u·v + u·μ + μ·y`. The
/// first term alone is taken for every pair, in single precision, and the others once for a row in
/// double precision, so that a common offset costs no digits. What is left are rounding errors of either
/// sign, some `6e-8/√d` of `|u||v|`, which many features make small and many pairs average: where both are
/// at hand the mean of a cubic kernel is right to 1e-10 of its largest value. In few features clusters
/// have errors in common, and copies in any number of them: single precision then is not enough.
struct CentredProducts: Sendable {
  private static let leastPairs = 1 << 24
  private static let leastDimension = 512

  /// The rows of each set of which the pairs are taken in both precisions.
  private static let triedRows = 1024

  /// The largest error of their mean kernel, relative to its largest value.
  private static let tolerance = 5e-11

  /// Whether the sum over the pairs of two sets can be taken in this way: so it can of some of their rows,
  /// from which errors that many pairs have in common cannot hide.
  static func suffice(_ first: Matrix, _ second: Matrix) -> Bool {
    guard first.columnCount >= leastDimension,
      first.rowCount * second.rowCount >= leastPairs
    else { return false }
    // Within one set no row meets itself.
    let (rows, columns) = (
      first.spreadRows(triedRows, from: 0), second.spreadRows(triedRows, from: 1)
    )
    let products = CentredProducts(rows, columns)
    let blocks = Parallelism.blocks(of: rows.rowCount, size: 256)
    let parts = Parallelism.map(blocks.count) { index in
      let exact = rows.rows(blocks[index]).times(transposeOf: columns)
      var tile = exact.elements
      products.fill(&tile, rows: blocks[index], columns: 0..<columns.rowCount) { cube($0 + 1) }
      var (error, largest) = (0.0, 0.0)
      for (value, product) in zip(tile, exact.elements) {
        let expected = cube(product * products.terms.share + 1)
        error += value - expected
        largest = max(largest, abs(expected))
      }
      return (error: error, largest: largest)
    }
    let error = parts.reduce(0) { $0 + $1.error } / Double(rows.rowCount * columns.rowCount)
    return abs(error) <= tolerance * (1 + parts.reduce(0) { max($0, $1.largest) })
  }

  private static func cube(_ base: Double) -> Double { base * base * base }

  private let first: FloatMatrix
  private let second: FloatMatrix

  /// What a 1 among the products of the rounded rows stands for, over the dimension.
  private let unit: Double

  private let terms: InnerProductTerms

  init(_ first: Matrix, _ second: Matrix) {
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
    terms = InnerProductTerms(first, second, centre: mean)
  }

  /// Writes a function of the products of some rows of both sets to the front of `tile`, row after row.
  @inline(__always)
  func fill(
    _ tile: inout [Double], rows: Range<Int>, columns: Range<Int>, _ body: (Double) -> Double
  ) {
    var products = [Float](repeating: 0, count: rows.count * columns.count)
    first.multiply(rows: rows, byTransposed: columns, of: second, into: &products)
    let ends = terms.columns.span.extracting(columns)
    for (position, row) in rows.enumerated() {
      let start = position * columns.count
      let values = products.span.extracting(start..<start + columns.count)
      for index in values.indices {
        tile[start + index] = body(
          unit * Double(values[index]) + (terms.rows[row] + ends[index]))
      }
    }
  }
}

/// What the centre `μ` adds to the inner products of centred rows, over the dimension:
/// `u·μ/d` of every row of the first set, and `μ·y/d` of every row of the second.
struct InnerProductTerms: Sendable {
  /// One over the dimension.
  let share: Double

  let rows: [Double]
  let columns: [Double]

  init(_ first: Matrix, _ second: Matrix, centre: [Double]) {
    let share = 1 / Double(first.columnCount)
    let square = centre.reduce(0) { $0 + $1 * $1 }
    let column = Matrix(rowCount: centre.count, columnCount: 1, elements: centre)
    self.share = share
    rows = first.times(column).elements.map { share * ($0 - square) }
    columns = second.times(column).elements.map { share * $0 }
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
