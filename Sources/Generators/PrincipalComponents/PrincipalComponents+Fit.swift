public import LinearAlgebra

/// A direction counts as one in which the samples vary if its variance exceeds this share of the
/// largest: below it, rounding decides the direction.
private let rankTolerance = 1e-13

/// Subspace iteration replaces the full eigenproblem where its order exceeds this many times the
/// number of vectors carried: measured, they cost the same at 2.5 times.
private let iterationAdvantage = 3

extension PrincipalComponents {
  /// Returns the leading principal components of samples and the coordinates of the samples in them.
  ///
  /// The covariance is divided by `n`. The number of components is `min(dimensions, n - 1, D)`, or fewer
  /// where the samples span fewer directions; the residual variance is the trace that the components
  /// leave, spread evenly over the other dimensions.
  ///
  /// The eigenproblem is solved on the smaller side: the Gram matrix of the centred samples if
  /// `n <= D`, else the covariance. Where the components wanted are few beside it, randomised
  /// subspace iteration takes its place (see ``SubspaceIteration``); the components are then the
  /// principal ones of the subspace found, with their exact variances, so the trace is kept.
  ///
  /// - Parameters:
  ///   - rows: The samples, of shape `(n, D)`, finite, at least one.
  ///   - dimensions: The most components to keep.
  ///   - weights: How often each sample counts in the mean and the covariance: `n` positive numbers, of
  ///     which only the ratios matter; `nil` for once each.
  /// - Returns: The components and the coordinates, of shape `(n, d)`, with (weighted) mean 0.
  /// - Throws: ``LinearAlgebraError`` if a value is not finite or LAPACK did not converge.
  /// - Complexity: O(n·D·min(n, D)).
  public static func fit(
    _ rows: Matrix, dimensions: Int, weights: [Double]? = nil
  ) throws(LinearAlgebraError) -> (model: PrincipalComponents, coordinates: Matrix) {
    try fit(RowSource(rows), dimensions: dimensions, weights: weights)
  }

  /// Returns the same for samples that arrive in blocks.
  ///
  /// With more samples than numbers in each, memory holds one block, the covariance and the
  /// coordinates, never the samples.
  public static func fit(
    _ rows: RowSource, dimensions: Int, weights: [Double]? = nil
  ) throws(LinearAlgebraError) -> (model: PrincipalComponents, coordinates: Matrix) {
    precondition(rows.rowCount > 0, "principal components of no samples")
    guard rows.rowCount > rows.columnCount else {
      return try fromOuterGram(rows.matrix(), dimensions: dimensions, weights: weights)
    }
    let model = try fromCovariance(rows, dimensions: dimensions, weights: weights)
    var elements: [Double] = []
    elements.reserveCapacity(rows.rowCount * model.count)
    for block in rows.blocks { elements += model.project(rows.rows(block)).elements }
    return (
      model, Matrix(rowCount: rows.rowCount, columnCount: model.count, elements: elements)
    )
  }

  /// Returns the principal components alone.
  public static func model(
    _ rows: RowSource, dimensions: Int, weights: [Double]? = nil
  ) throws(LinearAlgebraError) -> PrincipalComponents {
    rows.rowCount > rows.columnCount
      ? try fromCovariance(rows, dimensions: dimensions, weights: weights)
      : try fit(rows, dimensions: dimensions, weights: weights).model
  }

  private static func wanted(_ dimensions: Int, n: Int, dimension: Int) -> Int {
    max(0, min(dimensions, n - 1, dimension))
  }

  /// Whether samples differ: identical ones leave only the rounding of their mean.
  private static func varies(trace: Double, mean: [Double]) -> Bool {
    trace > 1e-28 * mean.reduce(0) { $0 + $1 * $1 } && trace > 0
  }

  /// The model of these components; what they leave of the trace is spread over the rest.
  private init(mean: [Double], components: Matrix, eigenvalues: [Double], trace: Double) {
    let remaining = mean.count - components.rowCount
    self.init(
      mean: mean, components: components, eigenvalues: eigenvalues,
      residualVariance: remaining > 0
        ? max(0, trace - eigenvalues.reduce(0, +)) / Double(remaining) : 0)
  }

  /// The mean square of every column: exactly the variance kept, whatever found the components.
  private static func meanSquares(_ coordinates: Matrix, weights: [Double]?) -> [Double] {
    var squares = coordinates
    for index in squares.elements.indices { squares.elements[index] *= squares.elements[index] }
    return squares.columnMeans(weights: weights)
  }

  /// From the Gram matrix `X Xᵀ`: its eigenvector `u` to the eigenvalue `g` gives the component
  /// `Xᵀu / √g` and the coordinates `u √g`.
  private static func fromOuterGram(
    _ rows: Matrix, dimensions: Int, weights: [Double]?
  ) throws(LinearAlgebraError) -> (model: PrincipalComponents, coordinates: Matrix) {
    let n = rows.rowCount
    let mean = rows.columnMeans(weights: weights)
    let centred = rows.subtractingFromRows(mean)
    let weighted = centred.scalingRows(byRootsOf: weights)
    let trace = weighted.squaredRowNorms().reduce(0, +) / (weights?.reduce(0, +) ?? Double(n))
    // A value that is not finite leaves no finite trace.
    if !trace.isFinite { try rows.requireFinite() }
    let wanted = wanted(dimensions, n: n, dimension: rows.columnCount)
    guard varies(trace: trace, mean: mean), wanted > 0 else {
      let none = Matrix(rowCount: 0, columnCount: rows.columnCount)
      let model = PrincipalComponents(mean: mean, components: none, eigenvalues: [], trace: 0)
      return (model, Matrix(rowCount: n, columnCount: 0))
    }
    var (components, coordinates) = try fromOuterGram(weighted, count: wanted)
    if weights != nil { coordinates = centred.times(transposeOf: components) }
    let model = PrincipalComponents(
      mean: mean, components: components,
      eigenvalues: meanSquares(coordinates, weights: weights), trace: trace)
    return (model, coordinates)
  }

  private static func fromOuterGram(
    _ centred: Matrix, count: Int
  ) throws(LinearAlgebraError) -> (components: Matrix, coordinates: Matrix) {
    let gram = centred.outerGram()
    if prefersIteration(count: count, order: gram.rowCount) {
      let basis = try SubspaceIteration.basis(count: count, order: gram.rowCount) {
        gram.times($0)
      }
      return try principal(
        count, of: centred, within: try centred.transposedTimes(basis).orthonormalColumns())
    }
    let eigen = try gram.symmetricEigen(largest: count)
    let rank = rank(of: eigen.values)
    let values = eigen.values.prefix(rank)
    let vectors = eigen.vectors.rows(0..<rank)
    let components = vectors.scalingRows(values.map { 1 / $0.squareRoot() }).times(centred)
    // Rounding tilts a component by about 1e-16 times the ratio of the largest variance to its own.
    if let first = values.first, let last = values.last, last < 1e-5 * first {
      let orthonormal = try components.transposed().orthonormalColumns().transposed()
      return (orthonormal, centred.times(transposeOf: orthonormal))
    }
    return (components, vectors.scalingRows(values.map { $0.squareRoot() }).transposed())
  }

  /// The principal components within the span of orthonormal columns (Rayleigh and Ritz).
  private static func principal(
    _ count: Int, of centred: Matrix, within basis: Matrix
  ) throws(LinearAlgebraError) -> (components: Matrix, coordinates: Matrix) {
    let coordinates = centred.times(basis)
    let eigen = try coordinates.gram().symmetricEigen(largest: count)
    let rotation = eigen.vectors.rows(0..<rank(of: eigen.values))
    return (rotation.times(transposeOf: basis), coordinates.times(transposeOf: rotation))
  }

  /// From the covariance, for more samples than numbers in each; the samples are read block by block.
  private static func fromCovariance(
    _ rows: RowSource, dimensions: Int, weights: [Double]?
  ) throws(LinearAlgebraError) -> PrincipalComponents {
    let n = weights?.reduce(0, +) ?? Double(rows.rowCount)
    let mean = try finiteMean(of: rows, weights: weights)
    let wanted = wanted(dimensions, n: rows.rowCount, dimension: rows.columnCount)
    let covariance = Covariance(
      rows, mean: mean, weights: weights,
      asMatrix: rows.columnCount <= 2 * SubspaceIteration.passes
        * SubspaceIteration.width(count: wanted, order: rows.columnCount))
    let trace = covariance.trace / n
    guard varies(trace: trace, mean: mean), wanted > 0 else {
      let none = Matrix(rowCount: 0, columnCount: rows.columnCount)
      return PrincipalComponents(mean: mean, components: none, eigenvalues: [], trace: 0)
    }
    var components: Matrix
    let eigen: Matrix.SymmetricEigen
    if let whole = covariance.matrix, !prefersIteration(count: wanted, order: whole.rowCount) {
      eigen = try whole.symmetricEigen(largest: wanted)
      components = eigen.vectors
    } else {
      let basis = try SubspaceIteration.basis(count: wanted, order: rows.columnCount) {
        covariance.times($0)
      }
      eigen = try basis.transposedTimes(covariance.times(basis)).symmetrized()
        .symmetricEigen(largest: wanted)
      components = eigen.vectors.times(transposeOf: basis)
    }
    let rank = rank(of: eigen.values)
    return PrincipalComponents(
      mean: mean, components: components.rows(0..<rank),
      eigenvalues: eigen.values.prefix(rank).map { $0 / n }, trace: trace)
  }

  private static func finiteMean(
    of rows: RowSource, weights: [Double]?
  ) throws(LinearAlgebraError) -> [Double] {
    var sums = [Double](repeating: 0, count: rows.columnCount)
    var total = 0.0
    for range in rows.blocks {
      let block = rows.rows(range)
      do {
        try block.requireFinite()
      } catch .notFinite(let row, let column) {
        throw .notFinite(row: range.lowerBound + row, column: column)
      }
      let part = weights.map { Array($0[range]) }
      let count = part?.reduce(0, +) ?? Double(range.count)
      for (column, mean) in block.columnMeans(weights: part).enumerated() {
        sums[column] += mean * count
      }
      total += count
    }
    return sums.map { $0 / total }
  }

  private static func prefersIteration(count: Int, order: Int) -> Bool {
    order > iterationAdvantage * SubspaceIteration.width(count: count, order: order)
  }

  /// How many of the descending eigenvalues stand out from rounding.
  private static func rank(of eigenvalues: [Double]) -> Int {
    guard let largest = eigenvalues.first, largest > 0 else { return 0 }
    return eigenvalues.firstIndex { $0 <= rankTolerance * largest } ?? eigenvalues.count
  }
}

extension Matrix {
  /// Every row times the square root of its weight; the matrix itself where there are no weights.
  fileprivate func scalingRows(byRootsOf weights: [Double]?) -> Matrix {
    weights.map { scalingRows($0.map { $0.squareRoot() }) } ?? self
  }
}

/// The (weighted) sum of `xᵀx` over centred samples, as a matrix or, where that would cost more than the products
/// with it, by reading the samples again for each product.
private struct Covariance {
  private let rows: RowSource
  private let mean: [Double]
  private let weights: [Double]?

  /// The sum; `nil` where it is not formed.
  let matrix: Matrix?

  /// The (weighted) sum of the squared deviations of all samples.
  let trace: Double

  init(_ rows: RowSource, mean: [Double], weights: [Double]?, asMatrix: Bool) {
    self.rows = rows
    self.mean = mean
    self.weights = weights
    guard asMatrix else {
      matrix = nil
      trace = rows.blocks.reduce(0) { sum, block in
        sum + Self.centred(rows, block, mean, weights).squaredRowNorms().reduce(0, +)
      }
      return
    }
    var sum = Matrix(rowCount: rows.columnCount, columnCount: rows.columnCount)
    for block in rows.blocks { sum.addGram(of: Self.centred(rows, block, mean, weights)) }
    let whole = sum.mirroringLowerTriangle()
    matrix = whole
    trace = whole.trace
  }

  /// A block of samples about the mean, each times the root of its weight.
  private static func centred(
    _ rows: RowSource, _ block: Range<Int>, _ mean: [Double], _ weights: [Double]?
  ) -> Matrix {
    rows.rows(block, minus: mean)
      .scalingRows(byRootsOf: weights.map { Array($0[block]) })
  }

  func times(_ other: Matrix) -> Matrix {
    if let matrix { return matrix.times(other) }
    var product = Matrix(rowCount: rows.columnCount, columnCount: other.columnCount)
    for block in rows.blocks {
      let centred = Self.centred(rows, block, mean, weights)
      product = product.adding(1, times: centred.transposedTimes(centred.times(other)))
    }
    return product
  }
}
