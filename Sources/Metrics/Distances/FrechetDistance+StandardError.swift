public import LinearAlgebra

/// Returns one standard error of ``frechetDistance(real:generated:)``, over the sampling of both sets.
///
/// Where both covariances are regular it is the delta method's, from the influence of each sample on the
/// distance: one decomposition, and a spread over thousands of samples rather than over ten blocks. Where
/// one is singular, of too few samples or of a collapsed set, the distance has no gradient, and the error
/// is that of a 10-block jackknife.
///
/// - Returns: `nil` for fewer than six samples in a set.
/// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite or the
///   dimensions differ.
/// - Complexity: O(n d² + d³), ten times as much by the jackknife.
public func frechetDistanceStandardError(
  real: Matrix, generated: Matrix
) throws(MetricsError) -> Double? {
  try real.requireComparable(with: generated)
  let first = try SetMoments(of: RowSource(real), as: .real)
  let second = try SetMoments(of: RowSource(generated), as: .generated)
  return try GaussianTransport(real: first.statistics, generated: second.statistics)
    .standardError(real: first, generated: second)
}

extension GaussianTransport {
  /// One standard error of the distance between the sets whose Gaussians these are; `nil` for fewer than
  /// six samples in a set.
  func standardError(
    real: SetMoments, generated: SetMoments
  ) throws(MetricsError) -> Double? {
    try standardErrors(real: real, generated: generated)?.value
  }

  /// The same of the distance and of its parts.
  func standardErrors(
    real: SetMoments, generated: SetMoments
  ) throws(MetricsError) -> FrechetErrors? {
    let smallest = min(real.count, generated.count)
    guard smallest >= Jackknife.fewestSamples else { return nil }
    if let errors = try standardErrors(
      real: real.rows, real.count, generated: generated.rows, generated.count)
    {
      return errors
    }
    guard let first = try real.leavingOut(smallestSet: smallest),
      let second = try generated.leavingOut(smallestSet: smallest)
    else { return nil }
    return try jackknifedFrechetErrors(real: first, generated: second)
  }
}

/// The standard errors of the distance and of its parts from the moments without each block, with as many
/// blocks in both sets.
func jackknifedFrechetErrors(
  real: JackknifeMoments, generated: JackknifeMoments
) throws(MetricsError) -> FrechetErrors {
  let pairs = zip(real.leavingOut, generated.leavingOut).map { (real: $0, generated: $1) }
  let results = Parallelism.map(pairs.count) { block in
    Result { () throws(MetricsError) in
      try frechetDistance(real: pairs[block].real, generated: pairs[block].generated)
    }
  }
  var distances: [FrechetDistance] = []
  for result in results { distances.append(try result.get()) }
  func error(_ part: KeyPath<FrechetDistance, Double>) -> Double {
    Jackknife.standardError(leavingOut: distances.map { $0[keyPath: part] })
  }
  return FrechetErrors(
    value: error(\.value), meanTerm: error(\.meanTerm), cross: error(\.cross))
}

/// The standard errors of a Fréchet distance and of what both sets have a part in; those of the traces are
/// ``SetMoments/standardErrorOfTrace``.
struct FrechetErrors: Equatable, Sendable {
  let value: Double
  let meanTerm: Double
  let cross: Double
}
