/// Returns the participation ratio `(Σ l)² / Σ l²` of a spectrum, or `nil` if no eigenvalue is
/// positive.
///
/// It is the number of equal eigenvalues that would be as spread out.
public func participationRatio(spectrum: [Double]) -> Double? {
  let sum = spectrum.reduce(0, +)
  let squares = spectrum.reduce(0) { $0 + $1 * $1 }
  return squares > 0 ? sum * sum / squares : nil
}

/// Returns the participation ratio of a Gaussian's covariance under replace, after 0 fits, 1 fit …
/// (A18, A22).
///
/// With `m = n − 1`, the expectations of `u = (tr Σ)²` and `v = tr Σ²` go to `u + 2v/m` and
/// `u/m + (1 + 1/m) v` with every fit; the result is their ratio. From an isotropic start it is
/// about `d / (1 + (d + 1) t / (n − 1))`: the shape collapses long before the variance does.
///
/// - Parameters:
///   - spectrum: The eigenvalues of the real covariance, at least one of them positive.
///   - sampleCounts: The training samples of each fit, at least 2 each.
/// - Returns: `sampleCounts.count + 1` numbers, the first of them that of `spectrum`.
public func expectedParticipationRatio(
  spectrum: [Double], sampleCounts: [Int]
) -> [Double] {
  var v = spectrum.reduce(0) { $0 + $1 * $1 }
  precondition(v > 0, "no eigenvalue is positive")
  let sum = spectrum.reduce(0, +)
  var u = sum * sum
  var ratios = [u / v]
  for n in sampleCounts {
    precondition(n > 1, "a covariance needs 2 samples, not \(n)")
    let m = Double(n - 1)
    (u, v) = (u + 2 * v / m, u / m + (1 + 1 / m) * v)
    ratios.append(u / v)
  }
  return ratios
}

/// Returns the expectations of `(tr Σ)²` and `tr Σ²` of a Gaussian's covariance after some fits by
/// maximum likelihood under replace, exact for any spectrum (A18).
///
/// - Parameters:
///   - spectrum: The eigenvalues of the real covariance.
///   - sampleCount: The training samples `n` of each fit, at least 2.
///   - fits: The number of fits.
public func expectedTraceSquares(
  spectrum: [Double], sampleCount n: Int, fits: Int
) -> (squaredTrace: Double, traceOfSquare: Double) {
  precondition(n > 1, "a covariance needs 2 samples, not \(n)")
  let sum = spectrum.reduce(0, +)
  var (u, v) = (sum * sum, spectrum.reduce(0) { $0 + $1 * $1 })
  let m = Double(n - 1)
  let scale = (m / Double(n)) * (m / Double(n))
  for _ in 0..<fits { (u, v) = (scale * (u + 2 * v / m), scale * (u / m + (1 + 1 / m) * v)) }
  return (u, v)
}
