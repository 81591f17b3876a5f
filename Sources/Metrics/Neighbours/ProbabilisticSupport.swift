public import LinearAlgebra

/// Precision and recall without a border: how probably a sample lies in the support of the other set, where
/// every ball of a set has the same radius and a sample in it belongs to it the more the nearer it is to
/// the centre.
///
/// One outlier with a wide ball cannot raise it, as it raises recall.
///
/// - Note: Park and Kim 2023, <https://arxiv.org/abs/2309.01590> (P-precision and P-recall).
public struct ProbabilisticSupport: Equatable, Sendable {
  /// The mean over generated samples of the probability that they lie in the real support; `nil` where the
  /// real radius is 0.
  public let precision: Estimate?

  /// The mean over real samples of the probability that they lie in the generated support; `nil` where the
  /// generated radius is 0.
  public let recall: Estimate?

  /// The radius of the real samples' balls, in feature units.
  public let realRadius: Double

  /// The radius of the generated samples' balls, in feature units.
  public let generatedRadius: Double

  /// The neighbours whose mean distance is the radius.
  public static let neighbours = 4

  /// The radius over that mean distance.
  public static let reach = 1.2
}

/// Returns the probabilities that samples of each of two sets lie in the support of the other.
///
/// With the radius `R = 1.2 E‖x - x⁽⁴⁾‖`, `x⁽⁴⁾` being the fourth nearest other sample of the set, a
/// sample `y` lies in the support with the probability `1 - ∏ min(1, ‖x - y‖ / R)` over the set. Standard
/// errors are over the samples whose probabilities are averaged.
///
/// - Parameters:
///   - real: The real samples, `(n, d)`, `n >= 5`.
///   - generated: The generated samples, `(m, d)`, `m >= 5`.
/// - Throws: ``MetricsError`` if a set is too small, an entry is not finite or the dimensions differ.
/// - Complexity: O((n + m)² d) time; O(n + m) memory a tile.
public func probabilisticSupport(
  real: Matrix, generated: Matrix
) throws(MetricsError) -> ProbabilisticSupport {
  try real.requireDimension(.real, of: generated, .generated)
  try real.requireSamples(.real, atLeast: ProbabilisticSupport.neighbours + 1)
  try generated.requireSamples(.generated, atLeast: ProbabilisticSupport.neighbours + 1)
  let count = ProbabilisticSupport.neighbours
  let realRadius = ProbabilisticSupport.radius(NeighbourRadii(of: real, count: count))
  let generatedRadius = ProbabilisticSupport.radius(NeighbourRadii(of: generated, count: count))
  let fold = SupportFold(reaches: [], realRadius: realRadius, generatedRadius: generatedRadius)
  return ProbabilisticSupport(
    realRadius: realRadius, generatedRadius: generatedRadius,
    scores: fold.scores(real: real, generated: generated))
}

extension ProbabilisticSupport {
  /// From the radii of both sets and the products of relative distances.
  init(realRadius: Double, generatedRadius: Double, scores: SupportFold.Scores) {
    self.realRadius = realRadius
    self.generatedRadius = generatedRadius
    precision = realRadius > 0 ? Self.mean(scores.generatedProducts) : nil
    recall = generatedRadius > 0 ? Self.mean(scores.realProducts) : nil
  }

  /// The radius of a set's balls.
  static func radius(_ radii: NeighbourRadii) -> Double {
    reach * radii.meanRadius(neighbour: neighbours)
  }

  private static func mean(_ products: [Double]) -> Estimate {
    let probabilities = products.map { 1 - $0 }
    return Estimate(
      value: probabilities.reduce(0, +) / Double(probabilities.count),
      standardError: standardErrorOfMean(probabilities))
  }
}

extension NeighbourRadii {
  /// The mean distance from a row to its `k`-th nearest other row.
  fileprivate func meanRadius(neighbour k: Int) -> Double {
    let n = squares.count / count
    return (0..<n).reduce(0) { $0 + square($1, neighbour: k).squareRoot() } / Double(n)
  }
}
