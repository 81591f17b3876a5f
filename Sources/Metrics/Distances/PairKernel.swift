import LinearAlgebra
import Randomness

/// A function of two samples that is summed over all pairs.
enum PairKernel: Hashable, Sendable {
  /// `(x·y/d + 1)³`, of the samples as they are: it changes when both sets are translated.
  case cubicPolynomial

  /// `‖x - y‖`.
  case distance

  /// `exp(-‖x - y‖² / 2σ²)`.
  case gaussian(sigma: Double)

  /// `exp(-‖x - y‖² / 200) - 1`, of rows with norms of at most 1. Discrepancies do not see the -1, and what is
  /// left of numbers so near 1 keeps its digits.
  case wideGaussianOfUnitRows
}

extension PairKernel {
  /// The kernels that some metrics need; a Gaussian one only where there is a bandwidth.
  static func needed(
    byKernelDistance: Bool, byEnergyDistance: Bool, byDiscrepancy: Bool, bandwidth: Double?
  ) -> [PairKernel] {
    let kernels: [PairKernel?] = [
      byKernelDistance ? .cubicPolynomial : nil,
      byDiscrepancy ? bandwidth.map { .gaussian(sigma: $0) } : nil,
      byEnergyDistance ? .distance : nil,
    ]
    return kernels.compactMap { $0 }
  }
}

/// Kernels between two sets, evaluated tile by tile: all from the same products.
struct PairEvaluation: Sendable {
  private enum Source {
    case centredProducts(CentredProducts)
    case distances(PairDistances, InnerProductTerms?)
  }

  /// A distance is recomputed from the differences where its square is not known to this relative
  /// error, which leaves half of it in the distance.
  private static let tolerance = 2e-10

  private let kernels: [PairKernel]
  private let source: Source

  init(_ kernels: [PairKernel], _ first: Matrix, _ second: Matrix) {
    self.kernels = kernels
    // Where distances are computed anyway, in double precision, inner products come with them.
    source =
      kernels == [.cubicPolynomial] && CentredProducts.suffice(first, second)
      ? .centredProducts(CentredProducts(first, second))
      : .distances(PairDistances(first, second), Self.terms(kernels, first, second))
  }

  init(_ kernels: [PairKernel], within samples: Matrix) {
    guard kernels != [.cubicPolynomial] else {
      self = PairEvaluation(kernels, samples, samples)
      return
    }
    self.kernels = kernels
    source = .distances(PairDistances(within: samples), Self.terms(kernels, samples, samples))
  }

  private static func terms(
    _ kernels: [PairKernel], _ first: Matrix, _ second: Matrix
  ) -> InnerProductTerms? {
    kernels.contains(.cubicPolynomial)
      ? InnerProductTerms(first, second, mean: first.stableColumnMeans()) : nil
  }

  /// The rows, and the columns, of one tile.
  var tileSize: Int {
    if case .centredProducts = source {
      SinglePrecisionDistances.tileSize
    } else {
      PairDistances.tileSize
    }
  }

  /// Hands the values of each kernel for some rows of both sets to `body`, row after row, with the kernel's
  /// place in the list.
  func evaluate(
    _ tiles: inout PairTiles, rows: Range<Int>, columns: Range<Int>,
    _ body: (Int, inout [Double]) -> Void
  ) {
    switch source {
    case .centredProducts(let products):
      products.fill(&tiles.values, rows: rows, columns: columns) { product in
        let base = product + 1
        return base * base * base
      }
      body(0, &tiles.values)
    case .distances(let distances, let terms):
      distances.fill(&tiles.squares, rows: rows, columns: columns)
      for (index, kernel) in kernels.enumerated() {
        apply(kernel, to: &tiles, distances, terms, rows: rows, columns: columns)
        body(index, &tiles.values)
      }
    }
  }

  private func apply(
    _ kernel: PairKernel, to tiles: inout PairTiles, _ distances: PairDistances,
    _ terms: InnerProductTerms?, rows: Range<Int>, columns: Range<Int>
  ) {
    switch kernel {
    case .gaussian(let sigma):
      let count = rows.count * columns.count
      let rate = -1 / (2 * sigma * sigma)
      for index in 0..<count { tiles.values[index] = rate * max(0, tiles.squares[index]) }
      ElementaryFunctions.applyExponential(to: &tiles.values, 0..<count)
    case .wideGaussianOfUnitRows:
      for index in 0..<rows.count * columns.count {
        tiles.values[index] = Self.wideGaussian(max(0, tiles.squares[index]))
      }
    case .distance:
      takeRoots(&tiles, distances, rows: rows, columns: columns)
    case .cubicPolynomial:
      terms?.takeCubes(&tiles, distances, rows: rows, columns: columns)
    }
  }

  /// `exp(-s / 200) - 1` for squared distances up to 4: eight terms of the series are right to the last digit.
  @inline(__always)
  private static func wideGaussian(_ square: Double) -> Double {
    let x = square / 200
    var series = 1 - x / 8
    for term in [7.0, 6.0, 5.0, 4.0, 3.0, 2.0] { series = 1 - x / term * series }
    return -x * series
  }

  private func takeRoots(
    _ tiles: inout PairTiles, _ distances: PairDistances, rows: Range<Int>, columns: Range<Int>
  ) {
    let largestNorm = distances.secondNorms[columns].max() ?? 0
    let factor = distances.relativeError / Self.tolerance
    for (position, row) in rows.enumerated() {
      let start = position * columns.count
      let tile = start..<start + columns.count
      let suspicious = factor * (distances.firstNorms[row] + largestNorm)
      var suspects = 0
      for index in tile { suspects += tiles.squares[index] <= suspicious ? 1 : 0 }
      for index in tile { tiles.values[index] = max(0, tiles.squares[index]).squareRoot() }
      guard suspects > 0 else { continue }
      for (index, column) in zip(tile, columns)
      where tiles.squares[index] <= distances.errorBound(row, column) / Self.tolerance {
        tiles.values[index] = distances.squaredDistance(row, column).squareRoot()
      }
    }
  }
}

extension InnerProductTerms {
  /// Writes `(x·y/d + 1)³`, with `x·y = u·v + u·μ + μ·y` and `u·v = (|u|² + |v|² - |u - v|²)/2`.
  fileprivate func takeCubes(
    _ tiles: inout PairTiles, _ distances: PairDistances, rows: Range<Int>, columns: Range<Int>
  ) {
    let half = 0.5 * share
    let ends = columns.map { self.columns[$0] + half * distances.secondNorms[$0] }
    for (position, row) in rows.enumerated() {
      let start = position * columns.count
      let begin = 1 + self.rows[row] + half * distances.firstNorms[row]
      for index in ends.indices {
        let base = begin + ends[index] - half * tiles.squares[start + index]
        tiles.values[start + index] = base * base * base
      }
    }
  }
}

/// The room for one tile, of as many rows as columns, to be used again for the next.
struct PairTiles {
  /// The squared distances.
  fileprivate var squares: [Double]

  /// What a kernel makes of them.
  fileprivate var values: [Double]

  init(of evaluation: PairEvaluation) {
    let count = evaluation.tileSize * evaluation.tileSize
    squares = [Double](repeating: 0, count: count)
    values = squares
  }
}
