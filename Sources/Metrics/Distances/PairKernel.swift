import LinearAlgebra
import Randomness

/// A function of two samples that is summed over all pairs.
enum PairKernel: Hashable, Sendable {
  /// `(x·y/d + 1)³` less what depends on one sample alone, about a centre: see ``CubicTerms``. Discrepancies are
  /// those of the samples as they are, whatever the centre, and change when both sets are translated.
  case cubicPolynomial(about: [Double])

  /// `‖x - y‖`.
  case distance

  /// `exp(-‖x - y‖² / 2σ²)`.
  case gaussian(sigma: Double)

  /// `exp(-‖x/|x| - y/|y|‖² / 200) - 1`, rows of zeros staying as they are. Discrepancies do not see the -1, and
  /// what is left of numbers so near 1 keeps its digits.
  case wideGaussianOfDirections
}

extension PairKernel {
  /// The centre of the cubic kernel; `nil` for the others.
  var centreOfCubic: [Double]? {
    if case .cubicPolynomial(let centre) = self { centre } else { nil }
  }

  /// The kernels that some metrics need; a Gaussian one only where there is a bandwidth.
  static func needed(
    byKernelDistance: Bool, about centre: [Double], byEnergyDistance: Bool, byDiscrepancy: Bool,
    bandwidth: Double?, byDirections: Bool = false
  ) -> [PairKernel] {
    let kernels: [PairKernel?] = [
      byKernelDistance ? .cubicPolynomial(about: centre) : nil,
      byDiscrepancy ? bandwidth.map { .gaussian(sigma: $0) } : nil,
      byEnergyDistance ? .distance : nil,
      byDirections ? .wideGaussianOfDirections : nil,
    ]
    return kernels.compactMap { $0 }
  }
}

/// Kernels between two sets, evaluated tile by tile: all from the same products.
struct PairEvaluation: Sendable {
  private enum Source {
    case centredProducts(CentredProducts)
    case distances(PairDistances, Terms)
  }

  /// What some kernels need beside the squared distances.
  private struct Terms: Sendable {
    var cubic: CubicTerms?
    var directions: Directions?
  }

  /// Where distances between directions come from.
  private enum Directions: Sendable {
    case terms(UnitRowTerms)
    case products(PairDistances)
  }

  /// A distance is recomputed from the differences where its square is not known to this relative
  /// error, which leaves half of it in the distance.
  private static let tolerance = 2e-10

  private let kernels: [PairKernel]
  private let source: Source

  init(_ kernels: [PairKernel], _ first: Matrix, _ second: Matrix) {
    self.kernels = kernels
    if let centre = Self.onlyCentre(kernels),
      CentredProducts.suffice(first, second, about: centre)
    {
      source = .centredProducts(CentredProducts(first, second, about: centre))
    } else {
      // Where distances are computed anyway, in double precision, inner products come with them.
      let distances = PairDistances(first, second)
      source = .distances(distances, Self.terms(kernels, first, second, distances))
    }
  }

  init(_ kernels: [PairKernel], within samples: Matrix) {
    guard Self.onlyCentre(kernels) == nil else {
      self = PairEvaluation(kernels, samples, samples)
      return
    }
    self.kernels = kernels
    let distances = PairDistances(within: samples)
    source = .distances(distances, Self.terms(kernels, samples, samples, distances))
  }

  /// The centre of the cubic kernel, if it is the only one.
  private static func onlyCentre(_ kernels: [PairKernel]) -> [Double]? {
    kernels.count == 1 ? kernels[0].centreOfCubic : nil
  }

  private static func terms(
    _ kernels: [PairKernel], _ first: Matrix, _ second: Matrix, _ distances: PairDistances
  ) -> Terms {
    var terms = Terms()
    if let centre = kernels.lazy.compactMap(\.centreOfCubic).first {
      terms.cubic = CubicTerms(
        first, second, about: centre, productsAbout: distances.centre)
    }
    if kernels.contains(.wideGaussianOfDirections) {
      terms.directions =
        distances.unitRowTerms.map { .terms($0) } ?? .products(distances.ofUnitRows)
    }
    return terms
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
      products.fill(&tiles.values, rows: rows, columns: columns)
      body(0, &tiles.values)
    case .distances(let distances, let terms):
      distances.fill(&tiles.squares, tiles.panel(rows, of: distances), columns: columns)
      for (index, kernel) in kernels.enumerated() {
        apply(kernel, to: &tiles, distances, terms, rows: rows, columns: columns)
        body(index, &tiles.values)
      }
    }
  }

  private func apply(
    _ kernel: PairKernel, to tiles: inout PairTiles, _ distances: PairDistances,
    _ terms: Terms, rows: Range<Int>, columns: Range<Int>
  ) {
    switch kernel {
    case .gaussian(let sigma):
      let count = rows.count * columns.count
      let rate = -1 / (2 * sigma * sigma)
      for index in 0..<count { tiles.values[index] = rate * max(0, tiles.squares[index]) }
      ElementaryFunctions.applyExponential(to: &tiles.values, 0..<count)
    case .wideGaussianOfDirections:
      switch terms.directions {
      case .terms(let directions):
        directions.takeSquares(&tiles, rows: rows, columns: columns)
      case .products(let distances):
        distances.fill(&tiles.values, rows: rows, columns: columns)
      case nil: preconditionFailure("no directions were prepared")
      }
      for index in 0..<rows.count * columns.count {
        tiles.values[index] = Self.wideGaussian(max(0, tiles.values[index]))
      }
    case .distance:
      takeRoots(&tiles, distances, rows: rows, columns: columns)
    case .cubicPolynomial:
      terms.cubic?.takeKernel(&tiles, distances, rows: rows, columns: columns)
    }
  }

  /// `exp(-s / 200) - 1` for squared distances up to 4: eight terms of the series are right to the last digit.
  @inline(__always)
  private static func wideGaussian(_ square: Double) -> Double {
    let x = square * (1 / 200)
    var series = 1 - x * (1 / 8)
    series = 1 - x * (1 / 7) * series
    series = 1 - x * (1 / 6) * series
    series = 1 - x * (1 / 5) * series
    series = 1 - x * (1 / 4) * series
    series = 1 - x * (1 / 3) * series
    series = 1 - x * (1 / 2) * series
    return -x * series
  }

  private func takeRoots(
    _ tiles: inout PairTiles, _ distances: PairDistances, rows: Range<Int>, columns: Range<Int>
  ) {
    let largestNorm = distances.secondNorms[columns].max() ?? 0
    for (position, row) in rows.enumerated() {
      let start = position * columns.count
      let tile = start..<start + columns.count
      let suspicious =
        distances.precision.errorBound(distances.firstNorms[row] + largestNorm) / Self.tolerance
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

extension CubicTerms {
  /// Writes the kernel, with `e·e' = (|e|² + |e'|² - |e - e'|²)/2`.
  fileprivate func takeKernel(
    _ tiles: inout PairTiles, _ distances: PairDistances, rows: Range<Int>, columns: Range<Int>
  ) {
    let half = 0.5 * share
    let ends = columns.map { self.columns.inner[$0] + half * distances.secondNorms[$0] }
    let linear = self.columns.linear.span.extracting(columns)
    for (position, row) in rows.enumerated() {
      let start = position * columns.count
      let begin = self.rows.inner[row] + half * distances.firstNorms[row]
      let u = self.rows.linear[row]
      for index in ends.indices {
        let w = begin + ends[index] - half * tiles.squares[start + index]
        tiles.values[start + index] = kernel(w, u, linear[index])
      }
    }
  }
}

extension UnitRowTerms {
  /// Writes the squared distances between directions.
  fileprivate func takeSquares(
    _ tiles: inout PairTiles, rows: Range<Int>, columns: Range<Int>
  ) {
    let excesses = columns.map { self.columns[$0].excess }
    let inverses = columns.map { self.columns[$0].inverse }
    for (position, row) in rows.enumerated() {
      let start = position * columns.count
      let term = self.rows[row]
      for index in excesses.indices {
        let difference = term.excess - excesses[index]
        tiles.values[start + index] =
          (tiles.squares[start + index] - difference * difference)
          * (term.inverse * inverses[index])
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

  /// The rows that were last made ready for products: a pass takes many tiles of the same rows.
  private var ready: (rows: Range<Int>, panel: Matrix)?

  init(of evaluation: PairEvaluation) {
    let count = evaluation.tileSize * evaluation.tileSize
    squares = [Double](repeating: 0, count: count)
    values = squares
  }

  /// Some rows, ready for products; those of the tile before are kept.
  fileprivate mutating func panel(_ rows: Range<Int>, of distances: PairDistances) -> Matrix {
    if let ready, ready.rows == rows { return ready.panel }
    let panel = distances.rowPanel(rows)
    ready = (rows, panel)
    return panel
  }
}
