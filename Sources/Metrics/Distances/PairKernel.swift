import LinearAlgebra
import Randomness

/// A function of two samples that is summed over all pairs.
enum PairKernel: Sendable {
  /// `(x·y/d + 1)³`, of the samples as they are: it changes when both sets are translated.
  case cubicPolynomial

  /// `‖x - y‖`.
  case distance

  /// `exp(-‖x - y‖² / 2σ²)`.
  case gaussian(sigma: Double)
}

/// A kernel between two sets, evaluated tile by tile.
struct PairEvaluation: Sendable {
  private enum Source {
    case products(Matrix, Matrix)
    case centredProducts(CentredProducts)
    case distances(PairDistances)
  }

  /// A distance is recomputed from the differences where its square is not known to this relative
  /// error, which leaves half of it in the distance.
  private static let tolerance = 2e-10

  private let kernel: PairKernel
  private let source: Source

  init(_ kernel: PairKernel, _ first: Matrix, _ second: Matrix) {
    self.kernel = kernel
    switch kernel {
    case .cubicPolynomial:
      source =
        CentredProducts.suffice(first, second)
        ? .centredProducts(CentredProducts(first, second)) : .products(first, second)
    case .distance, .gaussian: source = .distances(PairDistances(first, second))
    }
  }

  init(_ kernel: PairKernel, within samples: Matrix) {
    guard case .cubicPolynomial = kernel else {
      self.kernel = kernel
      source = .distances(PairDistances(within: samples))
      return
    }
    self = PairEvaluation(kernel, samples, samples)
  }

  /// The rows, and the columns, of one tile.
  var tileSize: Int {
    if case .centredProducts = source {
      SinglePrecisionDistances.tileSize
    } else {
      PairDistances.tileSize
    }
  }

  /// Writes the values for some rows of both sets to the front of `tile`, row after row.
  func fill(_ tile: inout [Double], rows: Range<Int>, columns: Range<Int>) {
    let count = rows.count * columns.count
    switch source {
    case .products(let first, let second):
      first.multiply(rows: rows, byTransposed: columns, of: second, into: &tile)
      let scale = 1 / Double(first.columnCount)
      for index in 0..<count {
        let base = tile[index] * scale + 1
        tile[index] = base * base * base
      }
    case .centredProducts(let products):
      products.fill(&tile, rows: rows, columns: columns) { product in
        let base = product + 1
        return base * base * base
      }
    case .distances(let distances):
      distances.fill(&tile, rows: rows, columns: columns)
      switch kernel {
      case .gaussian(let sigma):
        let rate = -1 / (2 * sigma * sigma)
        for index in 0..<count { tile[index] = rate * max(0, tile[index]) }
        ElementaryFunctions.applyExponential(to: &tile, 0..<count)
      case .distance, .cubicPolynomial:
        takeRoots(&tile, distances, rows: rows, columns: columns)
      }
    }
  }

  private func takeRoots(
    _ tile: inout [Double], _ distances: PairDistances, rows: Range<Int>, columns: Range<Int>
  ) {
    let largestNorm = distances.secondNorms[columns].max() ?? 0
    let factor = distances.relativeError / Self.tolerance
    for (position, row) in rows.enumerated() {
      let start = position * columns.count
      let suspicious = factor * (distances.firstNorms[row] + largestNorm)
      var suspects = 0
      for index in start..<start + columns.count { suspects += tile[index] <= suspicious ? 1 : 0 }
      if suspects > 0 {
        for (index, column) in columns.enumerated()
        where tile[start + index] <= distances.errorBound(row, column) / Self.tolerance {
          tile[start + index] = distances.squaredDistance(row, column)
        }
      }
      for index in start..<start + columns.count { tile[index] = tile[index].squareRoot() }
    }
  }
}
