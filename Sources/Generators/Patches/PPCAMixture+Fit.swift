import LinearAlgebra

extension PPCAMixture {
  /// How a mixture is fitted.
  struct Settings: Equatable, Sendable {
    /// The number of components, `K`.
    var components: Int

    /// The factors of a component, `q`; at most `d - 1` are used.
    var rank: Int

    /// The largest number of EM steps.
    var steps = 3

    /// A fit stops when the mean log-likelihood gains less than this, per coordinate, in a step.
    var tolerance = 1e-3

    /// Shares of a sample in a component below this are dropped.
    var threshold = 1e-3

    /// The pseudo-counts `ν` with which the pooled spectrum enters each component's.
    var pseudoCounts = 5.0

    /// The smallest residual variance, as a share of the mean variance of a coordinate.
    var floor = 1e-4
  }

  /// A fitted mixture and how the mean log-likelihood rose: one number before each EM step.
  struct Fit: Sendable {
    let mixture: PPCAMixture
    let logLikelihoods: [Double]
  }

  /// Fits rows of shape `(n, d)` with (weighted) mean 0 by expectation maximisation.
  ///
  /// A cold start is a hard assignment by ``RecursiveBisection``. Where it finds fewer clusters than
  /// components are asked for (samples that repeat), the others stay without samples, as components
  /// that lose theirs do: re-seeding them would hide a collapse.
  ///
  /// - Parameters:
  ///   - weights: How often each row counts in the likelihood, `(n)` positive numbers, scaled so that the
  ///     pseudo-counts compare with their sum; `nil` for once each.
  ///   - start: The mixture that the first E-step uses; `nil` for a cold start.
  static func fit(
    _ rows: some DesignMatrix, weights: [Double]? = nil, settings: Settings,
    start: PPCAMixture? = nil
  ) throws(LinearAlgebraError) -> Fit {
    let (n, d) = (rows.rowCount, rows.columnCount)
    let squares = rows.squaredRowNorms()
    let meanVariance =
      weights.map { weights in
        zip(squares, weights).reduce(0) { $0 + $1.0 * $1.1 }
          / (weights.reduce(0, +) * Double(max(1, d)))
      } ?? squares.reduce(0, +) / Double(max(1, n * d))
    let floor = settings.floor * meanVariance
    var mixture: PPCAMixture
    if let start {
      mixture = start
    } else {
      let q = max(0, min(settings.rank, d - 1))
      let clusters = RecursiveBisection.clusters(
        of: rows, weights: weights, count: settings.components)
      let unused = [[Int]](repeating: [], count: settings.components - clusters.count)
      let blank = PPCAMixture(
        weights: Array(repeating: 0, count: settings.components),
        means: Matrix(rowCount: settings.components, columnCount: d),
        factors: Matrix(rowCount: settings.components * q, columnCount: d),
        residualVariances: Array(repeating: meanVariance, count: settings.components))
      mixture = try blank.maximized(
        rows, Shares(clusters: clusters + unused, weights: weights),
        pseudoCounts: settings.pseudoCounts, floor: floor)
    }
    var logLikelihoods: [Double] = []
    for _ in 0..<settings.steps where d > 0 {
      let shares = Shares(
        of: rows, weights: weights, under: mixture, threshold: settings.threshold)
      let gain = shares.meanLogLikelihood - (logLikelihoods.last ?? -.infinity)
      logLikelihoods.append(shares.meanLogLikelihood)
      guard gain >= settings.tolerance * Double(d) else { break }
      mixture = try mixture.maximized(
        rows, shares, pseudoCounts: settings.pseudoCounts, floor: floor)
    }
    return Fit(mixture: mixture, logLikelihoods: logLikelihoods)
  }
}
