public import LinearAlgebra

/// Returns the realism of every generated sample: the largest ratio of a real sample's radius, its distance
/// to its `k`-th nearest other real sample, to its distance from the generated one.
///
/// It is at least 1 (but for the `1e-5` that is added to distances) where the sample lies inside a real ball,
/// and says of samples outside how far out they are.
///
/// - Parameters:
///   - real: The real samples, `(n, d)`, `n >= k + 1`.
///   - generated: The generated samples, `(m, d)`, `m >= 2`.
///   - k: The number of neighbours, at least 1; 3 as published.
/// - Returns: The scores, shape `(m)`; their mean is what programs report.
/// - Throws: ``MetricsError`` if a set is too small, an entry is not finite or the dimensions differ.
/// - Complexity: O((n + m) n d) time; memory does not grow with the pairs.
/// - Note: Kynkäänniemi et al. 2019, equation 3, <https://arxiv.org/abs/1904.06991>; without the pruning of
///   wide balls that the paper mentions and its program leaves out.
public func realismScores(
  of generated: Matrix, among real: Matrix, k: Int = 3
) throws(MetricsError) -> [Double] {
  precondition(k > 0, "no ball holds \(k) neighbours")
  try real.requireDimension(.real, of: generated, .generated)
  try real.requireSamples(.real, atLeast: k + 1)
  try generated.requireSamples(.generated)
  let fold = SupportFold(reaches: [NeighbourRadii(of: real, count: k).reach(neighbour: k)])
  return fold.scores(real: real, generated: generated).realism[0]
}

extension NeighbourRadii {
  /// The distance of every row from its `k`-th nearest other row.
  func reach(neighbour k: Int) -> [Double] {
    (0..<squares.count / count).map { square($0, neighbour: k).squareRoot() }
  }
}
