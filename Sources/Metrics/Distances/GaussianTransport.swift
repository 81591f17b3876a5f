import LinearAlgebra

/// The optimal transport between two Gaussians: their Fréchet distance, and how it moves with them.
///
/// With factors `Σ = Fᵀ F`, `tr (Σ₁ Σ₂)^½` is the sum of the singular values of `M = F₁ F₂ᵀ`. Between
/// regular covariances they are the roots of the eigenvalues of `M Mᵀ`, at a third of the cost of a
/// decomposition of `M`; squaring loses the digits of small ones, so that these roots are taken only as
/// long as that cannot be seen in the sum.
struct GaussianTransport: Sendable {
  /// The distance and its parts.
  let distance: FrechetDistance

  /// `m₁ - m₂`.
  private let meanGap: [Double]

  /// What the error needs; `nil` where the distance has no gradient that could be trusted.
  private let regular: Regular?

  /// The factors of two regular covariances and `M Mᵀ` in tridiagonal form.
  private struct Regular: Sendable {
    let realFactor: Matrix
    let generatedFactor: Matrix
    let form: TridiagonalForm
  }

  /// The largest error that the roots of eigenvalues may have, relative to the traces.
  private static let tolerance = 1e-12

  /// Computes the distance.
  ///
  /// - Throws: ``MetricsError`` if the dimensions differ.
  init(real: SampleStatistics, generated: SampleStatistics) throws(MetricsError) {
    guard real.dimension == generated.dimension else {
      throw .unequalDimensions(
        set: .real, dimension: real.dimension, other: .generated,
        otherDimension: generated.dimension)
    }
    let traceReal = real.covariance.trace
    let traceGenerated = generated.covariance.trace
    let traces = traceReal + traceGenerated
    let (cross, regular) = try MetricsError.wrapping { () throws(LinearAlgebraError) in
      try Self.cross(real, generated, largestError: Self.tolerance * traces)
    }
    meanGap = zip(real.mean, generated.mean).map { $0 - $1 }
    let meanTerm = meanGap.reduce(0) { $0 + $1 * $1 }
    let raw = meanTerm + traces - 2 * cross
    distance = FrechetDistance(
      value: raw < 0 && raw > -1e-10 * traces ? 0 : raw, meanTerm: meanTerm,
      traceReal: traceReal, traceGenerated: traceGenerated, cross: cross)
    self.regular = regular
  }

  /// `tr (Σ₁ Σ₂)^½`.
  private static func cross(
    _ real: SampleStatistics, _ generated: SampleStatistics, largestError: Double
  ) throws(LinearAlgebraError) -> (Double, Regular?) {
    guard real.isRegular, generated.isRegular else {
      return (
        try real.factor.times(transposeOf: generated.factor).singularValues().reduce(0, +), nil
      )
    }
    let product = real.factor.upperTriangularTimes(
      transposeOfUpperTriangular: generated.factor)
    let form = try product.outerGram().tridiagonalForm()
    let eigenvalues = try form.eigenvalues()
    let regular = Regular(
      realFactor: real.factor, generatedFactor: generated.factor, form: form)
    // A perturbation E of the matrix A moves the trace of its root by tr(A^-½ E)/2; that of rounding is
    // some ε‖A‖ in every entry, of either sign.
    let largest = eigenvalues.last ?? 0
    let inverses = eigenvalues.reduce(0) { $0 + 1 / max($1, .leastNormalMagnitude) }
    let error = 0x1p-54 * largest * inverses.squareRoot()
    guard (eigenvalues.first ?? 0) > 0, error <= largestError else {
      return (try product.singularValues().reduce(0, +), nil)
    }
    return (eigenvalues.reduce(0) { $0 + $1.squareRoot() }, regular)
  }
}

extension GaussianTransport {
  /// The most samples of a set whose influences are computed: their spread is known to some per cent from
  /// a thousand of them, and from all of a small set.
  static func influentialSamples(dimension: Int) -> Int {
    max(1024, (1 << 20) / max(1, dimension))
  }

  /// One standard error of the distance and of its parts, over the sampling of both sets, by the
  /// delta method: the spread of the samples' influences on it.
  ///
  /// With the maps `T₁ = F₁⁻¹ (M Mᵀ)^½ F₁⁻ᵀ` of the real Gaussian to the generated one and
  /// `T₂ = T₁⁻¹ = F₁ᵀ (M Mᵀ)^-½ F₁` back, the gradients of the distance by the covariances are `1 - T₁`
  /// and `1 - T₂`, so that a sample at `u` from its mean has the influence
  /// `±2 u·(m₁ - m₂) + uᵀ(1 - T)u`, less its mean. Both sets are independent: the variances add. Between
  /// sets of one law the gradient vanishes, and the error is that of the next order, some 1.5 times too
  /// large, as that of the jackknife is.
  ///
  /// - Parameters:
  ///   - real: Real samples, or some of them at random.
  ///   - realCount: How many there are in all.
  /// - Returns: `nil` where a covariance is singular, or nearly so, and there is no gradient.
  /// - Throws: ``MetricsError`` if a decomposition fails.
  /// - Complexity: O(d³ + r d²) for `r` samples.
  /// - Note: Rippl, Munk and Sturm, J. Multivariate Analysis 151 (2016) 90–109, with the samples' own
  ///   fourth moments in place of a Gaussian's.
  func standardErrors(
    real: Matrix, _ realCount: Int, generated: Matrix, _ generatedCount: Int
  ) throws(MetricsError) -> FrechetErrors? {
    guard let regular else { return nil }
    let (eigen, inverse) = try MetricsError.wrapping { () throws(LinearAlgebraError) in
      (try regular.form.eigen(), try regular.realFactor.upperTriangularInverse())
    }
    // uᵀ T u as a sum of squares, of coordinates in the eigenvectors' basis.
    let roots = eigen.values.map { $0.squareRoot() }
    let (first, second) = Parallelism.both(
      {
        influences(
          of: real, sign: 1, through: inverse, eigen.vectors, weights: roots)
      },
      {
        influences(
          of: generated, sign: -1, through: regular.realFactor.transposed(), eigen.vectors,
          weights: roots.map { 1 / $0 })
      })
    func error(_ part: KeyPath<Influences, [Double]>) -> Double? {
      guard let a = standardErrorOfMean(first[keyPath: part]),
        let b = standardErrorOfMean(second[keyPath: part])
      else { return nil }
      // Of those samples whose influences are known, to all.
      return
        (a * a * Double(real.rowCount) / Double(realCount)
        + b * b * Double(generated.rowCount) / Double(generatedCount)).squareRoot()
    }
    guard let value = error(\.value), let mean = error(\.mean), let cross = error(\.cross)
    else { return nil }
    return FrechetErrors(value: value, meanTerm: mean, cross: cross)
  }

  /// What each sample of a set adds to the distance, to the mean term and to the cross term.
  private struct Influences: Sendable {
    var value: [Double] = []
    var mean: [Double] = []
    var cross: [Double] = []
  }

  private func influences(
    of samples: Matrix, sign: Double, through factor: Matrix, _ vectors: Matrix,
    weights: [Double]
  ) -> Influences {
    let centred = samples.subtractingFromRows(samples.stableColumnMeans())
    let coordinates = centred.times(factor).times(transposeOf: vectors)
    let d = centred.columnCount
    var influences = Influences()
    for row in 0..<centred.rowCount {
      var (linear, square, transported) = (0.0, 0.0, 0.0)
      for index in 0..<d {
        let value = centred.elements[row * d + index]
        let coordinate = coordinates.elements[row * d + index]
        linear += meanGap[index] * value
        square += value * value
        transported += weights[index] * (coordinate * coordinate)
      }
      influences.value.append(2 * sign * linear + square - transported)
      influences.mean.append(2 * sign * linear)
      influences.cross.append(transported / 2)
    }
    return influences
  }
}
