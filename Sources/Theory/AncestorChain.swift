/// Returns the expected number of generations until all of `n` samples descend from one original, where
/// each generation is drawn with replacement from the one before (E5).
///
/// Exact, by the number of ancestors counted backwards: `i` samples have `j` different parents among
/// `n` with the probability `S(i, j) n!/((n − j)! nⁱ)`, with Stirling numbers of the second kind. About
/// `2n(1 − 1/n)`.
///
/// - Parameter n: The samples of a generation, at least 1.
/// - Complexity: O(n³).
/// - Note: Kingman, J. Appl. Prob. 19A (1982) 27–43, before his limit.
public func expectedTimeToCommonAncestor(sampleCount n: Int) -> Double {
  let size = Double(n)
  // parents[j]: the probability that the samples taken so far have j different parents.
  var parents = [1.0] + Array(repeating: 0, count: n)
  var times = [0.0, 0.0]
  for count in 1...n {
    var next = [Double](repeating: 0, count: n + 1)
    for j in 0..<n where parents[j] > 0 {
      next[j] += parents[j] * Double(j) / size
      next[j + 1] += parents[j] * (size - Double(j)) / size
    }
    next[n] += parents[n]
    parents = next
    guard count > 1 else { continue }
    // T(i) = 1 + Σ_j P(i → j) T(j), with j = i on both sides.
    let waiting = (1..<count).reduce(1.0) { $0 + parents[$1] * times[$1] }
    times.append(waiting / (1 - parents[count]))
  }
  return times[n]
}
