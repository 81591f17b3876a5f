public import LinearAlgebra

/// Returns one standard error of ``frechetDistance(real:generated:)``, over the sampling of both sets.
///
/// A 10-block jackknife: the moments without a block are those of all samples minus the block's, so
/// that the samples are read once, and ten distances between moments are left.
///
/// - Returns: `nil` for fewer than three samples in a set.
/// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite or the
///   dimensions differ.
/// - Complexity: O(n d² + 10 d³).
public func frechetDistanceStandardError(
  real: Matrix, generated: Matrix
) throws(MetricsError) -> Double? {
  try real.requireComparable(with: generated)
  let smallest = min(real.rowCount, generated.rowCount)
  guard let realMoments = try JackknifeMoments(of: real, smallestSet: smallest),
    let generatedMoments = try JackknifeMoments(of: generated, smallestSet: smallest)
  else { return nil }
  return try frechetDistanceStandardError(real: realMoments, generated: generatedMoments)
}

/// The same from moments that were computed before, with as many blocks in both sets.
func frechetDistanceStandardError(
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
