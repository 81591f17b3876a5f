/// Returns Kendall's coefficient of concordance `W` of several rankings of the same things, from 0 for
/// rankings that cancel each other to 1 for equal ones; equal places share their mean.
///
/// Of `m` rankings at random it is `1/m` on average, not 0.
///
/// `W = 12 Σ (Rᵢ − R̄)² / (m²(k³ − k) − m Σ T)` with `T = Σ (t³ − t)` over the ties of a ranking.
///
/// - Note: Kendall and Babington Smith, Ann. Math. Stat. 10 (1939) 275–287.
///
/// - Parameter scores: A row for each of `m` judges with a score for each of `k` things; the lowest comes
///   first.
/// - Returns: `nil` for fewer than two judges or things, or where nobody tells any from another.
public func concordance(_ scores: [[Double]]) -> Double? {
  guard scores.count > 1, let count = scores.first?.count, count > 1 else { return nil }
  let (m, k) = (Double(scores.count), Double(count))
  var sums = [Double](repeating: 0, count: count)
  var ties = 0.0
  for row in scores {
    precondition(row.count == count, "\(row.count) scores where the first judge has \(count)")
    for (index, rank) in midranks(row).enumerated() { sums[index] += rank }
    for group in Dictionary(grouping: row, by: { $0 }).values {
      let t = Double(group.count)
      ties += t * t * t - t
    }
  }
  let spread = sums.reduce(0) { $0 + ($1 - sums.mean) * ($1 - sums.mean) }
  let denominator = m * m * (k * k * k - k) - m * ties
  return denominator > 0 ? 12 * spread / denominator : nil
}

/// Returns the ranks of values from 1 for the lowest on; equal values share the mean of theirs.
public func midranks(_ values: [Double]) -> [Double] {
  values.map { value in
    let below = values.count { $0 < value }
    let equal = values.count { $0 == value }
    return Double(below) + Double(equal + 1) / 2
  }
}
