import LinearAlgebra

/// The samples that carry the distance between two sets: real ones that are no longer covered, and
/// generated ones outside the real support.
///
/// A real sample is *lost* if no generated ball (to the k-th nearest other generated sample, open) holds
/// it, as recall counts it; a generated sample is *hallucinated* if no real ball holds it, as precision
/// counts it. Of two identical laws both sets have some: read their numbers against the null band of
/// recall and precision.
public struct Attribution: Equatable, Sendable {
  /// A sample that the other set does not reach.
  public struct Sample: Equatable, Sendable {
    /// Its row in its own set.
    public let row: Int

    /// The distance to the nearest sample of the other set, in feature units.
    public let distance: Double

    /// The row of that sample in the other set.
    public let nearest: Int

    /// The distance to the k-th nearest sample of its own set: a sample that lies as far from its own
    /// kind is rare rather than lost.
    public let spacing: Double

    /// ``distance`` over ``spacing``; `nil` for a sample with k copies.
    public var ratio: Double? { spacing > 0 ? distance / spacing : nil }
  }

  /// The number of neighbours that make a ball.
  public let k: Int

  /// The real samples that were compared.
  public let realCount: Int

  /// The generated samples that were compared.
  public let generatedCount: Int

  /// The real samples outside all generated balls, the most distant first.
  public let lost: [Sample]

  /// The generated samples outside all real balls, the most distant first.
  public let hallucinated: [Sample]

  /// Ranks the samples that a pass over the neighbours found outside.
  ///
  /// - Parameters:
  ///   - neighbours: The pass over the same two sets, for `k` neighbours alone.
  ///   - real: The real samples, with the balls of at least `k` neighbours.
  ///   - generated: The generated samples, likewise.
  /// - Complexity: beyond the pass, O(l m d) for the l samples that are lost.
  init?(_ neighbours: NeighbourMetrics, real: FeatureSet, generated: FeatureSet, k: Int) {
    guard neighbours.recalled.count == real.paired.rowCount,
      neighbours.supported.count == generated.paired.rowCount
    else { return nil }
    self.k = k
    realCount = neighbours.recalled.count
    generatedCount = neighbours.supported.count
    let lostRows = neighbours.recalled.indices.filter { !neighbours.recalled[$0] }
    let toGenerated = NearestNeighbours(
      of: real.paired.gatheringRows(lostRows), in: generated.paired)
    lost = Self.ranked(
      zip(lostRows, zip(toGenerated.distances, toGenerated.indices)).map { row, nearest in
        Sample(
          row: real.row(ofPaired: row), distance: nearest.0,
          nearest: generated.row(ofPaired: nearest.1),
          spacing: real.radii.square(row, neighbour: k).squareRoot())
      })
    hallucinated = Self.ranked(
      neighbours.supported.indices.filter { !neighbours.supported[$0] }.map { row in
        Sample(
          row: generated.row(ofPaired: row), distance: neighbours.nearestDistances[row],
          nearest: real.row(ofPaired: neighbours.nearestReal[row]),
          spacing: generated.radii.square(row, neighbour: k).squareRoot())
      })
  }

  private static func ranked(_ samples: [Sample]) -> [Sample] {
    samples.sorted { $0.distance == $1.distance ? $0.row < $1.row : $0.distance > $1.distance }
  }
}
