import LinearAlgebra

/// What makes of the squared distance between two rows that between their directions:
/// `‖x/|x| - y/|y|‖² = (‖x - y‖² - (|x| - |y|)²) / (|x| |y|)`.
///
/// It loses no digits in sets that are narrow beside their distance from the origin, since the norms are kept as
/// differences from that of the centre.
struct UnitRowTerms: Sendable {
  /// The norm of every row, less that of the centre, and one over the norm.
  struct Row: Sendable {
    let excess: Double
    let inverse: Double
  }

  let rows: [Row]
  let columns: [Row]

  /// The most that a centred row's square, over the smallest square of a norm, may be of the mean squared
  /// distance between directions: of so many times their own size distances between directions are differences.
  private static let largestCancellation = 1000.0

  /// Prepares two sets, whose centred rows have these squared norms.
  ///
  /// - Returns: `nil` if directions are so near each other beside the lengths of rows, or some rows so short, that
  ///   digits would be lost.
  init?(
    _ first: Matrix, _ second: Matrix, centre: [Double], firstNorms: [Double], secondNorms: [Double]
  ) {
    let origin = [Double](repeating: 0, count: centre.count)
    let squares = [first, second].map { $0.squaredRowNorms(about: origin) }
    let smallest = squares.lazy.joined().min() ?? 0
    let largest = squares.lazy.joined().max() ?? 0
    // Squares of numbers too small or too large for them are no measure of a row.
    guard smallest > 1e-280, largest < 1e280 else { return nil }
    let means = [first.meanDirection(squares[0]), second.meanDirection(squares[1])]
    let distance = 2 - 2 * zip(means[0], means[1]).reduce(0) { $0 + $1.0 * $1.1 }
    let longest = max(firstNorms.max() ?? 0, secondNorms.max() ?? 0)
    guard distance > 1e-12, longest / smallest <= Self.largestCancellation * distance else {
      return nil
    }
    let square = centre.reduce(0) { $0 + $1 * $1 }
    func terms(_ set: Matrix, _ squares: [Double], _ centredSquares: [Double]) -> [Row] {
      let products = set.products(about: centre, with: centre)
      return (0..<set.rowCount).map { row in
        let norm = squares[row].squareRoot()
        // |x|² - |μ|² over |x| + |μ|
        let excess = (centredSquares[row] + 2 * products[row]) / (norm + square.squareRoot())
        return Row(excess: excess, inverse: 1 / norm)
      }
    }
    rows = terms(first, squares[0], firstNorms)
    columns = terms(second, squares[1], secondNorms)
  }
}

extension Matrix {
  /// The mean of the rows over their norms, whose squares are given.
  fileprivate func meanDirection(_ squares: [Double]) -> [Double] {
    let d = columnCount
    var mean = [Double](repeating: 0, count: d)
    for (row, square) in squares.enumerated() {
      let scale = 1 / (square.squareRoot() * Double(squares.count))
      for column in 0..<d { mean[column] += scale * elements[row * d + column] }
    }
    return mean
  }
}
