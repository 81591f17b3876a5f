/// Returns the share of the real variance kept after some fits to the samples of the last generations,
/// the real ones being the first of them (C4).
///
/// Exact under the conservation law: the covariances of the means of all generations are followed. In
/// the end `ln E[S]` falls by `(2/(W + 1))²/n` with every fit.
///
/// - Parameters:
///   - window: The generations `W` that a fit sees, at least 1.
///   - n: The samples of each generation.
///   - fits: The number of fits, at least 1.
public func windowedVarianceShare(window: Int, sampleCount n: Int, fits: Int) -> Double {
  precondition(window > 0 && fits > 0, "\(fits) fits with a window of \(window)")
  // covariances[i][j]: of the means of the batches of samples i and j; batch 0 is real.
  var covariances = [[1 / Double(n)]]
  var drift = 0.0
  for fit in 0..<fits {
    let batches = max(0, fit + 1 - window)...fit
    let share = 1 / Double(batches.count)
    // The model's mean is the mean of its batches.
    let withBatches = covariances.indices.map { other in
      batches.reduce(0.0) { $0 + share * covariances[$1][other] }
    }
    drift = batches.reduce(0.0) { $0 + share * withBatches[$1] }
    for index in covariances.indices { covariances[index].append(withBatches[index]) }
    covariances.append(withBatches + [drift + (1 - drift) / Double(n)])
  }
  return 1 - drift
}
