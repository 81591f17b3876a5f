public import LinearAlgebra

/// Returns one standard error of ``frechetDistance(real:generated:)``, over the sampling of both sets.
///
/// Where both covariances are regular it is the delta method's, from the influence of each sample on the
/// distance: one decomposition, and a spread over thousands of samples rather than over ten blocks. Where
/// one is singular, of too few samples or of a collapsed set, the distance has no gradient, and the error
/// is that of a 10-block jackknife.
///
/// - Returns: `nil` for fewer than three samples in a set.
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
  /// three samples in a set.
  func standardError(
    real: SetMoments, generated: SetMoments
  ) throws(MetricsError) -> Double? {
    let smallest = min(real.count, generated.count)
    guard smallest >= 3 else { return nil }
    if let error = try standardError(
      real: real.rows, real.count, generated: generated.rows, generated.count)
    {
      return error
    }
    guard let first = try real.leavingOut(smallestSet: smallest),
      let second = try generated.leavingOut(smallestSet: smallest)
    else { return nil }
    return try jackknifedFrechetError(real: first, generated: second)
  }
}

/// The standard error from the moments without each block, with as many blocks in both sets.
func jackknifedFrechetError(
  real: JackknifeMoments, generated: JackknifeMoments
) throws(MetricsError) -> Double {
  let pairs = zip(real.leavingOut, generated.leavingOut).map { (real: $0, generated: $1) }
  let distances = Parallelism.map(pairs.count) { block in
    Result { () throws(MetricsError) in
      try frechetDistance(real: pairs[block].real, generated: pairs[block].generated).value
    }
  }
  var values: [Double] = []
  for distance in distances { values.append(try distance.get()) }
  return Jackknife.standardError(leavingOut: values)
}
