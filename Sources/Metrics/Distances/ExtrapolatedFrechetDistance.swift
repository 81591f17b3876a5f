public import LinearAlgebra

/// The Fréchet distance extrapolated to infinitely many generated samples.
public struct ExtrapolatedFrechetDistance: Equatable, Sendable {
  /// The intercept of the least-squares line through the distances over `1 / size`.
  public let value: Double

  /// The slope of that line: what a finite size adds, times the size.
  public let slope: Double

  /// The numbers of generated samples at which the distance was taken, ascending.
  public let sizes: [Int]

  /// The distance at each size.
  public let distances: [Double]
}

/// Returns the Fréchet distance at infinitely many generated samples: from the distances of 15 leading
/// parts of the generated set, a tenth to all of it, to the whole real set.
///
/// The parts are the leading rows, so the rows must be in random order: a set sorted by class
/// would be extrapolated from its first classes.
///
/// - Parameters:
///   - real: The moments of the real samples.
///   - generated: The generated samples, `(m, d)`, `m >= 20`.
/// - Throws: ``MetricsError`` if a set has too few samples, an entry is not finite or the dimensions
///   differ.
/// - Complexity: O(m d² + 15 d³).
/// - Note: Chong and Forsyth 2020, <https://arxiv.org/abs/1911.07023>.
public func frechetDistanceAtInfiniteSize(
  real: SampleStatistics, generated: some DesignMatrix
) throws(MetricsError) -> ExtrapolatedFrechetDistance {
  let count = generated.rowCount
  try generated.requireSamples(.generated, atLeast: 20)
  let steps = 14
  let smallest = count / 10
  let sizes = (0...steps).map { smallest + $0 * (count - smallest) / steps }
  let results = Parallelism.map(sizes.count) { index in
    Result { () throws(MetricsError) in
      try frechetDistance(
        real: real,
        generated: SampleStatistics(of: generated.rows(0..<sizes[index]), as: .generated)
      ).value
    }
  }
  var distances: [Double] = []
  for result in results { distances.append(try result.get()) }
  let inverses = sizes.map { 1 / Double($0) }
  let n = Double(sizes.count)
  let meanInverse = inverses.reduce(0, +) / n
  let meanDistance = distances.reduce(0, +) / n
  var (squares, products) = (0.0, 0.0)
  for (inverse, distance) in zip(inverses, distances) {
    squares += (inverse - meanInverse) * (inverse - meanInverse)
    products += (inverse - meanInverse) * (distance - meanDistance)
  }
  let slope = products / squares
  return ExtrapolatedFrechetDistance(
    value: meanDistance - slope * meanInverse, slope: slope, sizes: sizes, distances: distances)
}
