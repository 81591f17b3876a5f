import LinearAlgebra

/// The weight of a component is never below this many samples.
private let leastCount = 1e-6

extension PPCAMixture {
  /// The M-step: the mixture of the same size with the largest likelihood given the shares.
  ///
  /// The leading eigenvalues and the residual variance of each component are drawn towards the pooled
  /// ones, `(nₖ e + ν ē)/(nₖ + ν)`. The pooled ones average over components with the weights
  /// `nₖ/(nₖ + ν)`, not `nₖ`: that conserves `Σₖ nₖ tr Sₖ`, and with it the trace of the samples'
  /// covariance, exactly. A component without samples keeps its mean and its spectrum.
  ///
  /// - Parameter floor: The smallest residual variance: a maximum, never an addition, which would
  ///   hold the variance of a collapsing loop up.
  func maximized(
    _ rows: some DesignMatrix, _ shares: Shares, pseudoCounts: Double, floor: Double
  ) throws(LinearAlgebraError) -> PPCAMixture {
    let rank = rank
    let results = Parallelism.map(count) {
      k -> Result<Spectrum?, LinearAlgebraError> in
      Result { () throws(LinearAlgebraError) in
        try Spectrum(of: rows, shares.members[k], rank: rank)
      }
    }
    var spectra: [Spectrum?] = []
    for result in results { spectra.append(try result.get()) }
    let shrunken = Self.shrunken(spectra, pseudoCounts: pseudoCounts, rank: rank)
    var means = self.means
    var factors = self.factors
    var residuals = self.residualVariances
    for (k, spectrum) in shrunken.enumerated() {
      residuals[k] = max(residuals[k], floor)
      guard let spectrum else { continue }
      residuals[k] = max(spectrum.residual, floor)
      for j in 0..<dimension { means[k, j] = spectrum.mean[j] }
      for (row, eigenvalue) in spectrum.eigenvalues.enumerated() {
        let scale = max(0, eigenvalue - residuals[k]).squareRoot()
        for j in 0..<dimension { factors[k * rank + row, j] = scale * spectrum.axes[row, j] }
      }
    }
    let counts = spectra.map { max($0?.count ?? 0, leastCount) }
    let total = counts.reduce(0, +)
    return PPCAMixture(
      weights: counts.map { $0 / total }, means: means, factors: factors,
      residualVariances: residuals)
  }

  /// The spectra drawn towards the pooled one.
  private static func shrunken(
    _ spectra: [Spectrum?], pseudoCounts: Double, rank: Int
  ) -> [Spectrum?] {
    guard pseudoCounts > 0 else { return spectra }
    var pooled = [Double](repeating: 0, count: rank)
    var pooledResidual = 0.0
    var total = 0.0
    for case .some(let spectrum) in spectra {
      let weight = spectrum.count / (spectrum.count + pseudoCounts)
      total += weight
      pooledResidual += weight * spectrum.residual
      for j in 0..<rank { pooled[j] += weight * spectrum.eigenvalues[j] }
    }
    return spectra.map { spectrum in
      guard var spectrum else { return nil }
      let own = spectrum.count / (spectrum.count + pseudoCounts)
      spectrum.residual = own * spectrum.residual + (1 - own) * pooledResidual / total
      for j in 0..<rank {
        spectrum.eigenvalues[j] = own * spectrum.eigenvalues[j] + (1 - own) * pooled[j] / total
      }
      return spectrum
    }
  }

  /// The weighted count, mean and leading eigenpairs of the samples of one component.
  private struct Spectrum: Sendable {
    let count: Double
    let mean: [Double]

    /// Orthonormal rows, of shape `(q, d)`.
    let axes: Matrix

    /// The variance along each axis.
    var eigenvalues: [Double]

    /// The mean variance of the `d - q` other directions.
    var residual: Double

    /// - Returns: `nil` if the component has no samples.
    init?(
      of rows: some DesignMatrix, _ members: Shares.Members, rank: Int
    ) throws(LinearAlgebraError) {
      count = members.shares.reduce(0, +)
      guard count > 0 else { return nil }
      let d = rows.columnCount
      var gathered = rows.gatheringRows(members.rows)
      var mean = [Double](repeating: 0, count: d)
      for (row, share) in members.shares.enumerated() {
        for j in 0..<d { mean[j] += share * gathered.elements[row * d + j] }
      }
      for j in 0..<d { mean[j] /= count }
      for (row, share) in members.shares.enumerated() {
        let scale = (share / count).squareRoot()
        for j in 0..<d {
          gathered.elements[row * d + j] = scale * (gathered.elements[row * d + j] - mean[j])
        }
      }
      self.mean = mean
      let trace = gathered.squaredRowNorms().reduce(0, +)
      let leading = try Self.leadingAxes(of: gathered, count: rank)
      axes = leading.axes
      eigenvalues = leading.eigenvalues
      residual = d > rank ? max(0, trace - eigenvalues.reduce(0, +)) / Double(d - rank) : 0
    }

    /// The leading eigenpairs of `rowsᵀ rows`, from the smaller side.
    ///
    /// Axes that the rows do not determine have the eigenvalue 0 and follow the leading coordinates.
    private static func leadingAxes(
      of rows: Matrix, count: Int
    ) throws(LinearAlgebraError) -> (axes: Matrix, eigenvalues: [Double]) {
      let d = rows.columnCount
      let onSamples = rows.rowCount <= d
      let eigen = try (onSamples ? rows.outerGram() : rows.gram()).symmetricEigen(largest: count)
      let largest = eigen.values.first ?? 0
      let found = eigen.values.prefix { $0 > 1e-12 * largest && $0 > 0 }.count
      let vectors = eigen.vectors.rows(0..<found)
      let candidates = onSamples ? vectors.times(rows) : vectors
      var axes = Matrix(rowCount: count, columnCount: d)
      var filled = 0
      for row in 0..<found {
        var vector = Array(candidates.row(row))
        orthogonalize(&vector, against: axes, count: filled)
        axes.setRow(filled, towards: vector)
        filled += 1
      }
      var coordinate = 0
      while filled < count {
        var vector = [Double](repeating: 0, count: d)
        vector[coordinate] = 1
        coordinate += 1
        let left = orthogonalize(&vector, against: axes, count: filled)
        // The squares of what is left of all coordinates sum to d - filled, so one passes.
        guard left * left >= Double(d - filled) / Double(2 * d) else { continue }
        axes.setRow(filled, towards: vector)
        filled += 1
      }
      return (axes, eigen.values.prefix(found) + Array(repeating: 0, count: count - found))
    }

    /// Takes away what a vector shares with the leading rows of `axes`, twice for rounding's sake.
    ///
    /// - Returns: The length of what is left.
    @discardableResult
    private static func orthogonalize(
      _ vector: inout [Double], against axes: Matrix, count: Int
    ) -> Double {
      for _ in 0..<2 {
        for row in 0..<count {
          var product = 0.0
          for j in vector.indices { product += vector[j] * axes[row, j] }
          for j in vector.indices { vector[j] -= product * axes[row, j] }
        }
      }
      return vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
  }
}

extension Matrix {
  /// Overwrites a row with the unit vector in a direction.
  fileprivate mutating func setRow(_ row: Int, towards vector: [Double]) {
    let scale = 1 / vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for column in vector.indices { self[row, column] = scale * vector[column] }
  }
}
