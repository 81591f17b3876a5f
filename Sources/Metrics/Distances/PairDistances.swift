import LinearAlgebra

/// The squared distances between all rows of two sets, a tile at a time, by matrix products, with a
/// bound on their rounding error and an exact recomputation of the pairs for which it matters.
///
/// A product gives `|x|² + |y|² - 2 x·y`, which loses what is common to both rows. The centre is
/// therefore subtracted first (distances do not change), and a caller that has to decide between two
/// distances closer than ``errorBound(_:_:)``, or needs the digits of a small one, asks for
/// ``squaredDistance(_:_:)``: so counts, ties and copies come out as if every pair had been subtracted.
struct PairDistances: Sendable {
  /// The rows, and the columns, of one tile: two operands' panels and the tile fit the second-level
  /// cache.
  static let tileSize = 256

  private let first: Matrix
  private let second: Matrix

  /// Whether both sets are one.
  private let isOneSet: Bool

  /// What is subtracted from every row.
  let centre: [Double]

  /// The squared norms of the rows of the first set, about the centre.
  let firstNorms: [Double]

  /// The squared norms of the rows of the second set, about the centre.
  let secondNorms: [Double]

  /// What is known of a tile: the error relative to the sum of both squared norms is four times the
  /// first-order bound of an inner product of `d + 2` terms, and what numbers below 2⁻¹⁰²² lose on top of it,
  /// up to 2⁻¹⁰⁷⁵ each, comes from so many terms of the product, of both norms and of the difference.
  let precision: TilePrecision

  /// Prepares the distances between two sets, about the middle of the first.
  init(_ first: Matrix, _ second: Matrix) {
    precondition(
      first.columnCount == second.columnCount,
      "no distance from \(first.columnCount) to \(second.columnCount) features")
    self.first = first
    self.second = second
    isOneSet = false
    let centre = first.middle
    self.centre = centre
    firstNorms = first.squaredRowNorms(about: centre)
    secondNorms = second.squaredRowNorms(about: centre)
    precision = Self.precision(dimension: first.columnCount)
  }

  /// Prepares the distances within one set.
  init(within samples: Matrix) {
    first = samples
    second = samples
    isOneSet = true
    let centre = samples.middle
    self.centre = centre
    firstNorms = samples.squaredRowNorms(about: centre)
    secondNorms = firstNorms
    precision = Self.precision(dimension: samples.columnCount)
  }

  private static func precision(dimension: Int) -> TilePrecision {
    let terms = Double(dimension + 8)
    return TilePrecision(unit: 1, relativeError: terms * 0x1p-51, absoluteError: terms * 0x1p-1073)
  }

  /// The number of features.
  var dimension: Int { first.columnCount }

  /// Writes the squared distances between some rows of both sets to the front of `tile`, row after row.
  ///
  /// A small one may come out slightly negative. The rows are centred for each tile anew: against the product
  /// that costs little, and no copy of the sets is kept.
  func fill(_ tile: inout [Double], rows: Range<Int>, columns: Range<Int>) {
    fill(&tile, rowPanel(rows), columns: columns)
  }

  /// Some rows of the first set, ready for products with any of the second.
  func rowPanel(_ rows: Range<Int>) -> Matrix {
    // Two more columns make the product add the norms: (x, |x|², 1) · (-2y, 1, |y|²).
    first.panel(rows, about: centre, scale: 1) { SIMD2(firstNorms[$0], 1) }
  }

  /// The same from rows that were made ready.
  func fill(_ tile: inout [Double], _ left: Matrix, columns: Range<Int>) {
    let right = second.panel(columns, about: centre, scale: -2) { SIMD2(1, secondNorms[$0]) }
    left.multiply(
      rows: 0..<left.rowCount, byTransposed: 0..<columns.count, of: right, into: &tile)
  }

  /// What makes distances between directions of these; `nil` if it would lose digits.
  var unitRowTerms: UnitRowTerms? {
    UnitRowTerms(
      first, second, centre: centre, firstNorms: firstNorms, secondNorms: secondNorms)
  }

  /// The distances between the directions of the rows.
  var ofUnitRows: PairDistances {
    PairDistances(first.normalizingRows(), second.normalizingRows())
  }

  /// All rows of both sets, centred, times a scale, and rounded; those of one set within one set.
  func singlePrecisionRows(scale: Double) -> (FloatMatrix, FloatMatrix) {
    let rows = first.singlePrecision(about: centre, scale: scale)
    return (rows, isOneSet ? rows : second.singlePrecision(about: centre, scale: scale))
  }

  /// The largest error that ``fill(_:rows:columns:)`` can have made in one squared distance.
  @inline(__always)
  func errorBound(_ row: Int, _ column: Int) -> Double {
    precision.errorBound(firstNorms[row] + secondNorms[column])
  }

  /// The squared distance between two rows, from their differences: 0 exactly for equal rows, and equal
  /// for equal differences.
  func squaredDistance(_ row: Int, _ column: Int) -> Double {
    first.squaredDistance(fromRow: row, toRow: column, of: second)
  }

  /// The same between a row of one set and several of the other.
  func squaredDistances(_ row: Int, ofSecond: Bool, to others: [Int]) -> [Double] {
    ofSecond
      ? second.squaredDistances(fromRow: row, toRows: others, of: first)
      : first.squaredDistances(fromRow: row, toRows: others, of: second)
  }
}

extension DesignMatrix {
  /// The median of each column, of some rows spread over all; 0 where there is no row.
  ///
  /// A mean would follow a single outlier, and leave the digits of all other distances behind.
  var middle: [Double] {
    guard rowCount > 0 else { return Array(repeating: 0, count: columnCount) }
    let count = min(rowCount, 101)
    let chosen = gatheringRows((0..<count).map { $0 * rowCount / count })
    return (0..<columnCount).map { column in
      (0..<count).map { chosen[$0, column] }.sorted()[count / 2]
    }
  }
}

extension Matrix {

  /// Some rows, minus a centre and times a factor, each followed by two further numbers.
  fileprivate func panel(
    _ rows: Range<Int>, about centre: [Double], scale: Double, ending: (Int) -> SIMD2<Double>
  ) -> Matrix {
    let d = columnCount
    var panel: [Double] = []
    panel.reserveCapacity(rows.count * (d + 2))
    for row in rows {
      let values = elements.span.extracting(row * d..<(row + 1) * d)
      for column in values.indices { panel.append(scale * (values[column] - centre[column])) }
      let end = ending(row)
      panel.append(end.x)
      panel.append(end.y)
    }
    return Matrix(rowCount: rows.count, columnCount: d + 2, elements: panel)
  }

  /// All rows, minus a centre and times a factor, rounded to single precision.
  fileprivate func singlePrecision(about centre: [Double], scale: Double) -> FloatMatrix {
    let d = columnCount
    return FloatMatrix(rowCount: rowCount, columnCount: d, tileRows: 256) { rows, out in
      for (position, row) in rows.enumerated() {
        let values = elements.span.extracting(row * d..<(row + 1) * d)
        for column in values.indices {
          out[position * d + column] = Float(scale * (values[column] - centre[column]))
        }
      }
    }
  }
}

extension Matrix {
  /// The squared distance of every row from a centre.
  func squaredRowNorms(about centre: [Double]) -> [Double] {
    let origin = Matrix(rowCount: 1, columnCount: columnCount, elements: centre)
    let blocks = Parallelism.blocks(of: rowCount, size: 256)
    return Parallelism.map(blocks.count) {
      origin.squaredDistances(fromRow: 0, toRows: Array(blocks[$0]), of: self)
    }.flatMap { $0 }
  }
}

extension DesignMatrix {
  /// The squared distance of every row from a centre.
  func squaredRowNorms(about centre: [Double]) -> [Double] {
    let blocks = rowBlocks
    return Parallelism.map(blocks.count) { index -> [Double] in
      rows(blocks[index]).squaredRowNorms(about: centre)
    }.flatMap { $0 }
  }
}
