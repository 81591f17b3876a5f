public import LinearAlgebra
import Randomness

/// Returns the kernel distance as a mean over pairs of subsets, as other programs report it: mean and
/// standard deviation (divided by their number) of ``kernelDistance(real:generated:)`` between subsets.
///
/// It is here for comparison with them; over all pairs the distance is known better.
///
/// - Parameters:
///   - real: The real samples, `(n, d)`.
///   - generated: The generated samples, `(m, d)`.
///   - subsets: The rows of each pair of subsets, at least 2 a side.
/// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite or the
///   dimensions differ.
public func kernelDistance(
  real: Matrix, generated: Matrix, subsets: [(real: [Int], generated: [Int])]
) throws(MetricsError) -> (mean: Double, deviation: Double) {
  try real.requireComparable(with: generated)
  precondition(!subsets.isEmpty, "no subsets")
  let values = Parallelism.map(subsets.count) { index in
    TwoSampleSums(
      .cubicPolynomial, real: real.gatheringRows(subsets[index].real),
      generated: generated.gatheringRows(subsets[index].generated)
    ).unbiased
  }
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, (squares / count).squareRoot())
}

/// Draws pairs of subsets without replacement, at most as large as the smaller set.
func randomSubsets(
  real: Int, generated: Int, size: Int, count: Int, seed: UInt64
) -> [(real: [Int], generated: [Int])] {
  let size = min(size, real, generated)
  return (0..<count).map { index in
    var stream = RandomStream(seed: seed, purpose: "metrics/kernel-subsets", sample: index)
    return (
      stream.sample(size, outOf: real), stream.sample(size, outOf: generated)
    )
  }
}
