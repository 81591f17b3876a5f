public import LinearAlgebra

/// Three further answers to the question whether a model hands out its training samples.
public struct MemorisationEvidence: Equatable, Sendable {
  /// The standardised Mann-Whitney statistic of the distances to the nearest training sample, of
  /// generated against test samples: below -3 the generated ones lie closer than chance explains.
  ///
  /// Tied distances have middle ranks; the mean is corrected by a half for continuity. (Meehan,
  /// Chaudhuri and Dasgupta 2020, <https://arxiv.org/abs/2004.05675>: Z_U over one cell.)
  public let rankScore: Double

  /// The share of generated samples that are farther from their nearest training sample than that
  /// one is from its own nearest.
  ///
  /// (AuthPct; Alaa et al. 2022, <https://arxiv.org/abs/2102.08921>.)
  public let authentic: NeighbourScores.Share

  /// The mean over generated samples of the distance to the nearest training sample over that to the
  /// second nearest; `nil` where the second is 0 everywhere.
  public let neighbourRatio: Estimate?

  /// The generated samples that equal a training sample in every feature.
  public let exactCopies: NeighbourScores.Share
}

/// Compares generated and test samples by their nearest training samples.
///
/// - Parameters:
///   - train: The samples that the model was fitted to, `(l, d)`, `l >= 2`.
///   - test: Real samples that it was not fitted to, `(n, d)`, `n >= 2`.
///   - generated: Samples of the model, `(m, d)`, `m >= 2`.
/// - Throws: ``MetricsError`` if a set is too small, an entry is not finite or the dimensions differ.
/// - Complexity: O(l (l + n + m) d) time; memory does not grow with the pairs.
public func memorisationEvidence(
  train: Matrix, test: Matrix, generated: Matrix
) throws(MetricsError) -> MemorisationEvidence {
  try train.requireSamples(.train)
  try train.requireDimension(.train, of: test, .test)
  try train.requireDimension(.train, of: generated, .generated)
  try test.requireSamples(.test)
  try generated.requireSamples(.generated)
  return MemorisationEvidence(
    train: train, ownRadii: NeighbourRadii(of: train, count: 1),
    testToTrain: NearestNeighbours(of: test, in: train), generated: generated)
}

extension MemorisationEvidence {
  /// From what is known of the training and the test set.
  init(
    train: Matrix, ownRadii: NeighbourRadii, testToTrain: NearestNeighbours, generated: Matrix
  ) {
    let nearest = NearestNeighbours(of: generated, in: train)
    rankScore = Self.rankScore(nearest.squares, testToTrain.squares)
    let total = nearest.indices.count
    authentic = NeighbourScores.Share(
      count: nearest.indices.indices.count {
        nearest.squares[$0] > ownRadii.square(nearest.indices[$0], neighbour: 1)
      }, total: total)
    exactCopies = NeighbourScores.Share(count: nearest.squares.count { $0 == 0 }, total: total)
    let seconds = NearestNeighbours.seconds(of: generated, in: train, nearest: nearest)
    let ratios = zip(nearest.squares, seconds).compactMap { first, second in
      second > 0 && second.isFinite ? (first / second).squareRoot() : nil
    }
    neighbourRatio =
      ratios.isEmpty
      ? nil
      : Estimate(
        value: ratios.reduce(0, +) / Double(ratios.count),
        standardError: standardErrorOfMean(ratios))
  }

  /// The standardised rank sum of the first numbers among both.
  static func rankScore(_ first: [Double], _ second: [Double]) -> Double {
    let pooled = (first.map { ($0, true) } + second.map { ($0, false) }).sorted { $0.0 < $1.0 }
    var rankSum = 0.0
    var start = 0
    while start < pooled.count {
      var end = start
      var own = 0
      while end < pooled.count, pooled[end].0 == pooled[start].0 {
        own += pooled[end].1 ? 1 : 0
        end += 1
      }
      rankSum += Double(own) * Double(start + end + 1) / 2
      start = end
    }
    let (n, m) = (Double(first.count), Double(second.count))
    let u = rankSum - n * (n + 1) / 2
    return (u - (n * m - 1) / 2) / (n * m * (n + m + 1) / 12).squareRoot()
  }
}
