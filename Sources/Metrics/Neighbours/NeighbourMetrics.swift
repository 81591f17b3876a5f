public import LinearAlgebra

/// Precision, recall, density and coverage of generated samples, for several numbers of neighbours, and
/// the nearest real sample of each generated one.
public struct NeighbourMetrics: Equatable, Sendable {
  /// The metrics for each number of neighbours asked for, in the same order.
  public let results: [NeighbourResult]

  /// The row of the real sample nearest to each generated one, the first of several equally near.
  public let nearestReal: [Int]

  /// The distance from each generated sample to it, in feature units: 0 exactly for copies.
  public let nearestDistances: [Double]

  /// The number of different real samples that are nearest to some generated one: how many real
  /// pictures the generated set still stands for.
  public let distinctNearest: Int

  /// For each real sample, whether it lies in the open ball of a generated one, for the fewest
  /// neighbours asked for; empty where a set is too small.
  let recalled: [Bool]

  /// For each generated sample, whether it lies in the open ball of a real one, likewise.
  let supported: [Bool]

  /// The metrics for `k` neighbours; `nil` if they were not asked for or a set is too small.
  public subscript(k k: Int) -> NeighbourScores? {
    guard let result = results.first(where: { $0.k == k }),
      case .scores(let scores) = result.outcome
    else { return nil }
    return scores
  }

  /// Computes all metrics for all numbers of neighbours in one pass over the tiles of pairs within the
  /// real set, within the generated set and between them.
  ///
  /// Distances come from products in single precision of the centred sets; wherever the rounding error of
  /// a product could decide a comparison, the pair is subtracted in double precision instead, so that the
  /// counts are those of exact differences, ties and copies included.
  ///
  /// - Parameters:
  ///   - real: The real samples, `(n, d)`, `n >= 2`.
  ///   - generated: The generated samples, `(m, d)`, `m >= 2`.
  ///   - ks: The numbers of neighbours, each at least 1.
  /// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite or the
  ///   dimensions differ.
  /// - Complexity: O((n + m)² d) time; O((n + m) · (ks + d) + tile) memory.
  public static func compute(
    real: Matrix, generated: Matrix, ks: [Int]
  ) throws(MetricsError) -> NeighbourMetrics {
    precondition(ks.allSatisfy { $0 > 0 }, "no ball holds fewer than one neighbour: \(ks)")
    try real.requireComparable(with: generated)
    let smallest = min(real.rowCount, generated.rowCount)
    let usable = Set(ks.filter { $0 < smallest }).sorted()
    return NeighbourMetrics(
      real, generated, ks: ks, usable: usable,
      realRadii: NeighbourRadii(of: real, count: usable.last ?? 0),
      generatedRadii: NeighbourRadii(of: generated, count: usable.last ?? 0))
  }

}

extension NeighbourMetrics {
  /// The metrics for these numbers of neighbours, with the balls that the sets have already.
  init(real: FeatureSet, generated: FeatureSet, ks: [Int] = [Comparison.neighbours]) {
    let smallest = min(real.paired.rowCount, generated.paired.rowCount)
    self.init(
      real.paired, generated.paired, ks: ks, usable: ks.filter { $0 < smallest },
      realRadii: real.radii, generatedRadii: generated.radii)
  }

  /// From the balls of both sets, of at least the largest of the `usable` numbers of neighbours.
  private init(
    _ real: Matrix, _ generated: Matrix, ks: [Int], usable: [Int], realRadii: NeighbourRadii,
    generatedRadii: NeighbourRadii
  ) {
    let pass = NeighbourPass(
      distances: SinglePrecisionDistances(PairDistances(real, generated)), ks: usable,
      realRadii: realRadii,
      generatedRadii: generatedRadii
    ).run()
    self.init(
      results: ks.map { k in
        guard let position = usable.firstIndex(of: k) else {
          let (role, count) =
            real.rowCount <= k
            ? (SampleRole.real, real.rowCount) : (.generated, generated.rowCount)
          return NeighbourResult(
            k: k,
            outcome: .tooFewSamples(
              MetricsError.tooFewSamples(set: role, count: count, required: k + 1).description))
        }
        return NeighbourResult(k: k, outcome: .scores(pass.scores(position, k: k)))
      },
      nearestReal: pass.nearest.indices, nearestDistances: pass.nearest.distances,
      distinctNearest: Set(pass.nearest.indices).count,
      recalled: usable.isEmpty ? [] : pass.recalled,
      supported: usable.isEmpty ? [] : pass.supported)
  }
}

/// What came of one number of neighbours.
public struct NeighbourResult: Equatable, Sendable {
  /// The number of neighbours.
  public let k: Int

  /// The metrics, or why there are none.
  public let outcome: Outcome

  /// Metrics or a reason.
  public enum Outcome: Equatable, Sendable {
    /// The metrics.
    case scores(NeighbourScores)

    /// A set has no `k + 1` samples, as this sentence says.
    case tooFewSamples(String)
  }
}
