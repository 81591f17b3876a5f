import Theory

/// The weights of the samples of a training set whose parts have weights.
struct PartWeights {
  /// What each sample weighs, 1 on average; `nil` where all weigh the same.
  let ofSamples: [Double]?

  /// Shares the weight of each part out among its samples.
  ///
  /// - Parameters:
  ///   - weights: What each part weighs.
  ///   - counts: The samples of each part.
  init(_ weights: [PoolDraw.Weight?], counts: [Int]) {
    let total = counts.reduce(0, +)
    let given = zip(weights, counts).map { weight, count -> Double? in
      switch weight {
      case .share(let share): share
      case .golden where count == 0 || count == total: 1
      case .golden: goldenWeight(real: count, synthetic: total - count)
      case .rest, nil: nil
      }
    }
    let rest = max(0, 1 - given.reduce(0) { $0 + ($1 ?? 0) })
    let shares = zip(given, counts).map { share, count in count > 0 ? share ?? rest : 0 }
    let sum = shares.reduce(0, +)
    guard weights.contains(where: { $0 != nil }), sum > 0 else {
      ofSamples = nil
      return
    }
    let each = zip(shares, counts).map { share, count in
      count > 0 ? share / sum * Double(total) / Double(count) : 1
    }
    // Equal weights are no weights, whatever rounding makes of them.
    guard each.contains(where: { abs($0 - 1) > 1e-12 }) else {
      ofSamples = nil
      return
    }
    ofSamples = zip(each, counts).flatMap { Array(repeating: $0, count: $1) }
  }
}
