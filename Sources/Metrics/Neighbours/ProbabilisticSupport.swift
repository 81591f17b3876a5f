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
/// - Complexity: O((n + m)² d) time; O(n m / tile) memory.
public func probabilisticSupport(
  real: Matrix, generated: Matrix
) throws(MetricsError) -> ProbabilisticSupport {
  try real.requireDimension(.real, of: generated, .generated)
  try real.requireSamples(.real, atLeast: ProbabilisticSupport.neighbours + 1)
  try generated.requireSamples(.generated, atLeast: ProbabilisticSupport.neighbours + 1)
  let count = ProbabilisticSupport.neighbours
  return ProbabilisticSupport(
    real, NeighbourRadii(of: real, count: count), generated,
    NeighbourRadii(of: generated, count: count))
}

extension ProbabilisticSupport {
  /// The products of relative distances, of the generated samples of a tile and of all real ones.
  private struct Products: Sendable {
    var generated: [Double]
    var real: [Double]
  }

  /// From the balls of both sets, of at least ``neighbours`` neighbours.
  init(
    _ real: Matrix, _ realRadii: NeighbourRadii, _ generated: Matrix,
    _ generatedRadii: NeighbourRadii
  ) {
    let realRadius = Self.reach * realRadii.meanRadius(neighbour: Self.neighbours)
    let generatedRadius = Self.reach * generatedRadii.meanRadius(neighbour: Self.neighbours)
    let n = real.rowCount
    let parts = PairEvaluation([.distance], real, generated).foldingColumns(
      rowCount: n, columnCount: generated.rowCount
    ) {
      Products(
        generated: Array(repeating: 1, count: $0.count), real: Array(repeating: 1, count: n))
    } _: { products, tile, rows, columns in
      for (position, row) in rows.enumerated() {
        let start = position * columns.count
        var product = 1.0
        for index in 0..<columns.count {
          let distance = tile[start + index]
          if distance < realRadius { products.generated[index] *= distance / realRadius }
          if distance < generatedRadius { product *= distance / generatedRadius }
        }
        products.real[row] *= product
      }
    }
    var ofReal = [Double](repeating: 1, count: n)
    for part in parts {
      for row in ofReal.indices { ofReal[row] *= part.real[row] }
    }
    self.realRadius = realRadius
    self.generatedRadius = generatedRadius
    precision = realRadius > 0 ? Self.mean(parts.flatMap(\.generated)) : nil
    recall = generatedRadius > 0 ? Self.mean(ofReal) : nil
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
  func meanRadius(neighbour k: Int) -> Double {
    let n = squares.count / count
    return (0..<n).reduce(0) { $0 + square($1, neighbour: k).squareRoot() } / Double(n)
  }
}
