import LinearAlgebra

/// What is asked of single samples' places in the other set's support.
struct SupportQuestions: Sendable {
  /// The numbers of neighbours for which realism is asked.
  var neighbours: [Int] = []

  /// Whether the probabilities of lying in it are asked for.
  var isProbabilistic = false

  /// Whether nothing is asked.
  var isEmpty: Bool { neighbours.isEmpty && !isProbabilistic }

  /// The most neighbours that sets must know.
  var largestNeighbour: Int {
    max(neighbours.max() ?? 0, isProbabilistic ? ProbabilisticSupport.neighbours : 0)
  }

  /// Those numbers of neighbours that the real samples have.
  func usable(_ real: FeatureSet) -> [Int] {
    neighbours.filter { $0 < real.paired.rowCount }
  }

  /// The radii of the probabilities; `nil` if they are not asked for, or a set is too small.
  func radii(
    real: FeatureSet, generated: FeatureSet
  ) -> (real: Double, generated: Double)? {
    let smallest = min(real.paired.rowCount, generated.paired.rowCount)
    guard isProbabilistic, smallest > ProbabilisticSupport.neighbours else { return nil }
    return (
      ProbabilisticSupport.radius(real.radii), ProbabilisticSupport.radius(generated.radii)
    )
  }
}
