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
  /// - Returns: The components and the coordinates, of shape `(n, d)`, with mean 0.
  /// - Throws: ``LinearAlgebraError`` if a value is not finite or LAPACK did not converge.
  /// - Complexity: O(n·D·min(n, D)).
  public static func fit(
    _ rows: Matrix, dimensions: Int
  ) throws(LinearAlgebraError) -> (model: PrincipalComponents, coordinates: Matrix) {
    precondition(rows.rowCount > 0, "principal components of no samples")
    try rows.requireFinite()
    let n = rows.rowCount
    let dimension = rows.columnCount
    let mean = rows.columnMeans()
    let centred = rows.subtractingFromRows(mean)
    let trace = centred.squaredRowNorms().reduce(0, +) / Double(n)
    let wanted = max(0, min(dimensions, n - 1, dimension))
    // Identical samples leave only the rounding of their mean.
    let offset = mean.reduce(0) { $0 + $1 * $1 }
    let varies = trace > 1e-28 * offset && trace > 0
    var components = Matrix(rowCount: 0, columnCount: dimension)
    var coordinates = Matrix(rowCount: n, columnCount: 0)
    if varies, wanted > 0 {
      (components, coordinates) =
        n <= dimension
        ? try fromOuterGram(centred, count: wanted) : try fromCovariance(centred, count: wanted)
    }
    let eigenvalues = meanSquares(coordinates)
    let remaining = dimension - components.rowCount
    let residual = varies ? max(0, trace - eigenvalues.reduce(0, +)) : 0
    let model = PrincipalComponents(
      mean: mean, components: components, eigenvalues: eigenvalues,
      residualVariance: remaining > 0 ? residual / Double(remaining) : 0)
    return (model, coordinates)
  }

  /// The mean square of every column: exactly the variance kept, whatever found the components.
  private static func meanSquares(_ coordinates: Matrix) -> [Double] {
    var squares = coordinates
    for index in squares.elements.indices { squares.elements[index] *= squares.elements[index] }
    return squares.columnMeans()
  }

  private typealias Parts = (components: Matrix, coordinates: Matrix)

  /// From the Gram matrix `X Xᵀ`: its eigenvector `u` to the eigenvalue `g` gives the component
  /// `Xᵀu / √g` and the coordinates `u √g`.
  private static func fromOuterGram(
    _ centred: Matrix, count: Int
  ) throws(LinearAlgebraError) -> Parts {
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

  /// From the covariance `Xᵀ X`, or, where forming it costs more, from products with `X` alone.
  private static func fromCovariance(
    _ centred: Matrix, count: Int
  ) throws(LinearAlgebraError) -> Parts {
    let order = centred.columnCount
    guard prefersIteration(count: count, order: order) else {
      let eigen = try centred.gram().symmetricEigen(largest: count)
      let components = eigen.vectors.rows(0..<rank(of: eigen.values))
      return (components, centred.times(transposeOf: components))
    }
    let width = SubspaceIteration.width(count: count, order: order)
    let basis: Matrix
    if order > 2 * SubspaceIteration.passes * width {
      basis = try SubspaceIteration.basis(count: count, order: order) {
        centred.transposedTimes(centred.times($0))
      }
    } else {
      let gram = centred.gram()
      basis = try SubspaceIteration.basis(count: count, order: order) { gram.times($0) }
    }
    return try principal(count, of: centred, within: basis)
  }

  /// The principal components within the span of orthonormal columns (Rayleigh and Ritz).
  private static func principal(
    _ count: Int, of centred: Matrix, within basis: Matrix
  ) throws(LinearAlgebraError) -> Parts {
    let coordinates = centred.times(basis)
    let eigen = try coordinates.gram().symmetricEigen(largest: count)
    let rotation = eigen.vectors.rows(0..<rank(of: eigen.values))
    return (rotation.times(transposeOf: basis), coordinates.times(transposeOf: rotation))
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
